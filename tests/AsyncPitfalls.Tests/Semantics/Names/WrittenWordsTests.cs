using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Semantics.Names;

public sealed class WrittenWordsTests
{
    [Theory]
    [InlineData("class C { void Run() { Run(); } }", "Run", 2)]
    [InlineData("class C { int runner; void Run() { } }", "run", 0)]
    [InlineData("class @class { }", "class", 1)]
    [InlineData("class C { }", "class", 0)]
    [InlineData("class C { void M() { while (true) { } } }", "while", 1)]
    [InlineData("class C { /* Run */ string s = \"Run\"; }", "Run", 2)]
    [InlineData("class C {\n    // Run it\n    void Run() { } }", "Run", 1)]
    [InlineData("class C {\r\n\t/// Run it\r\n\tvoid Run() { } }", "Run", 1)]
    [InlineData("// Run", "Run", 0)]
    [InlineData("class C { } // Run", "Run", 1)]
    [InlineData("class C { int x = 1\n / Run; }", "Run", 1)]
    [InlineData("class C { string s = @\"\n// \" + Run(); }", "Run", 1)]
    [InlineData("class C { string s = $@\"\n// {Run()}\n\"; }", "Run", 1)]
    [InlineData("class C { /*\n// */ void Run() { } }", "Run", 1)]
    [InlineData("// it\rclass C { void Run() { } }", "Run", 1)]
    [InlineData("// it\u2028class C { void Run() { } }", "Run", 1)]
    [InlineData("class C { int Größe => 1; }", "Größe", 1)]
    [InlineData("class C { int x1 = 12; }", "x1", 1)]
    [InlineData("class C { int x1 = 12; }", "12", 0)]
    public void Words_are_found_where_they_begin(string code, string word, int times)
    {
        var positions = Read(code).PositionsOf(word);
        Assert.Equal(times, positions.Count);
        Assert.All(positions, position => Assert.StartsWith(word, code[position..], StringComparison.Ordinal));
        Assert.Equal(times > 0, Read(code).Has(word));
    }

    [Theory]
    [InlineData("a[0] = b[1];", WrittenWords.Indexer, 2)]
    [InlineData("C c = new();", WrittenWords.UntoldNew, 1)]
    [InlineData("C c = new /* it */ ();", WrittenWords.UntoldNew, 1)]
    [InlineData("C c = new\n// it\n();", WrittenWords.UntoldNew, 1)]
    [InlineData("C c = new C();", WrittenWords.UntoldNew, 0)]
    [InlineData("C() : this(1) { }", WrittenWords.CalledThis, 1)]
    [InlineData("this.x = 1;", WrittenWords.CalledThis, 0)]
    [InlineData("stream.EndRead(result);", WrittenWords.EndOfPair, 1)]
    [InlineData("stream.Endless(); stream.End(); x.TheEndRead();", WrittenWords.EndOfPair, 0)]
    public void What_has_no_name_of_its_own_is_found_by_what_stands_for_it(string code, string word, int times) =>
        Assert.Equal(times, Read(code).PositionsOf(word).Count);

    [Theory]
    [InlineData("class C { void R\\u0075n() { } }")]
    [InlineData("class C { void \\u0052un() { } }")]
    [InlineData("class C { void Ru\u200Dn() { } }")]
    public void Names_are_found_that_are_written_otherwise_than_they_are_named(string code)
    {
        Assert.True(Read(code).Has("Run"));
        Assert.Equal([code.IndexOf("void", StringComparison.Ordinal) + "void ".Length], Read(code).PositionsOf("Run"));
    }

    [Fact]
    public void A_word_across_the_parts_in_which_a_text_is_read_is_one()
    {
        var code = string.Join(" ", Enumerable.Range(0, 2_000).Select(number => "word" + number + ";"));
        var words = Read(code);
        Assert.All(Enumerable.Range(0, 2_000), number => Assert.Equal([code.IndexOf("word" + number + ";", StringComparison.Ordinal)], words.PositionsOf("word" + number)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(510)]
    [InlineData(512)]
    [InlineData(5_000)]
    public void A_comment_of_any_length_ends_with_its_line(int length)
    {
        var words = Read($"class C {{ }}\n    // {new string('x', length)} Run\nclass D {{ }}");
        Assert.False(words.Has("Run"));
        Assert.True(words.Has("D"));
    }

    [Theory]
    [InlineData(2_047)]
    [InlineData(2_048)]
    [InlineData(50_000)]
    public void A_word_of_any_length_is_one(int length)
    {
        var word = new string('w', length);
        Assert.Equal([3], Read($"a; {word}").PositionsOf(word));
        Assert.Equal([3], Read($"a; {word}; End{word}").PositionsOf(word));
    }

    [Fact]
    public void A_file_is_read_once()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { }");
        Assert.Same(WrittenWords.In(tree, default), WrittenWords.In(tree, default));
    }

    [Fact]
    public void Reading_can_be_cancelled_and_is_not_remembered_then()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { }");
        Assert.Throws<OperationCanceledException>(() => WrittenWords.In(tree, new CancellationToken(canceled: true)));
        Assert.True(WrittenWords.In(tree, default).Has("C"));
    }

    [Theory]
    [InlineData('{', '}', OversizedBodies.MostBlocks)]
    [InlineData('(', ')', OversizedBodies.MostLevels)]
    public void Code_looks_deep_only_past_the_bound(char open, char close, int most)
    {
        Assert.False(Read(Nested(most)).LooksDeep);
        Assert.True(Read(Nested(most + 1)).LooksDeep);
        string Nested(int levels) => new string(open, levels) + "x" + new string(close, levels);
    }

    [Fact]
    public void Code_one_after_the_other_does_not_look_deep() =>
        Assert.False(Read(string.Concat(Enumerable.Repeat("{ x = (a + b); }", OversizedBodies.MostLevels))).LooksDeep);

    private static WrittenWords Read(string code) => WrittenWords.In(CSharpSyntaxTree.ParseText(code), default);
}
