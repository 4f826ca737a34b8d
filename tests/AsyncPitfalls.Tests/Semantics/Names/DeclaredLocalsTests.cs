using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics.Names;

public sealed class DeclaredLocalsTests
{
    [Theory]
    [InlineData("void M(Reader x) { x.Use(); }", "Reader")]
    [InlineData("void M() { Reader x = Make(), y = Make(); x.Use(); }", "Reader")]
    [InlineData("void M() { System.IO.Reader? x = Make(); x.Use(); }", "Reader")]
    [InlineData("void M() { Reader<int> x = Make(); x.Use(); }", "Reader")]
    [InlineData("void M() { Reader @x = Make(); x.Use(); }", "Reader")]
    [InlineData(@"void M() { Reader \u0078 = Make(); x.Use(); }", "Reader")]
    [InlineData("void M() { using Reader x = Make(); x.Use(); }", "Reader")]
    [InlineData("void M() { foreach (Reader x in all) x.Use(); }", "Reader")]
    [InlineData("void M() { try { } catch (Fault x) { x.Use(); } }", "Fault")]
    [InlineData("void M() { Run((Reader x) => x.Use()); }", "Reader")]
    [InlineData("void M() { void Inner(Reader x) => x.Use(); }", "Reader")]
    [InlineData("void M() { var x = Make(); x.Use(); }", null)]
    [InlineData("void M() { var x = new Reader(); x.Use(); }", "Reader")]
    [InlineData("void M() { using var x = new System.IO.Reader { }; x.Use(); }", "Reader")]
    [InlineData("void M() { Reader[] x = Make(); x.Use(); }", "[]")]
    [InlineData("void M(string? x) { x.Use(); }", "string")]
    [InlineData("void M(object x) { x.Use(); }", null)]
    [InlineData("void M(dynamic x) { x.Use(); }", "dynamic")]
    [InlineData("void M() { var x = (Reader)Make(); x.Use(); }", null)]
    [InlineData("Reader P { set { value.Use(); } }", "Reader", "value")]
    [InlineData("Reader P { get => made; init => value.Use(); }", "Reader", "value")]
    [InlineData("Reader this[int index] { set { Run(() => value.Use()); } }", "Reader", "value")]
    [InlineData("event Handler E { add { value.Use(); } remove { } }", "Handler", "value")]
    [InlineData("Reader P { set { Run((Writer value) => value.Use()); } }", null, "value")]
    [InlineData("void M<T>(T x) { x.Use(); }", null)]
    [InlineData("void M() { Run(x => x.Use()); }", null)]
    [InlineData("void M() { if (o is Reader x) x.Use(); }", null)]
    [InlineData("void M() { Try(out var x); x.Use(); }", null)]
    [InlineData("void M() { var (x, y) = Pair(); x.Use(); }", null)]
    [InlineData("void M() { _ = from x in all select x.Use(); }", null)]
    [InlineData("void M() { _ = from y in all let x = y select x.Use(); }", null)]
    [InlineData("void M() { _ = from y in all join x in others on y equals 1 select x.Use(); }", null)]
    [InlineData("void M() { _ = from y in all join z in others on y equals z into x select x.Use(); }", null)]
    [InlineData("void M() { _ = from y in all select y into x select x.Use(); }", null)]
    // Declared twice in one member, so that nobody can tell which is meant.
    [InlineData("void M() { { Reader x = Make(); } { Writer x = Make(); x.Use(); } }", null)]
    [InlineData("void M() { { Reader x = Make(); } { Reader x = Make(); x.Use(); } }", "Reader")]
    [InlineData("void M() { { Reader x = Make(); } { Writer x = Make(); } { Reader x = Make(); x.Use(); } }", null)]
    public void A_local_is_of_the_type_that_is_written(string member, string? type, string name = "x")
    {
        Assert.True(Have(member, out var told, name));
        Assert.Equal(type, told);
    }

    [Theory]
    [InlineData("void M() { x.Use(); }")]
    [InlineData("void M() { /* Reader x */ x.Use(); }")]
    [InlineData("void M() { Log(\"Reader x\"); x.Use(); }")]
    [InlineData("void M() { x.Use(); } void Other(Reader x) { }")]
    [InlineData("void Other(Reader x) { } void M() { x.Use(); }")]
    [InlineData("void M() { x.Use(); } Reader x;")]
    [InlineData("Reader P { get { value.Use(); } }", "value")]
    [InlineData("Reader P => value.Use();", "value")]
    public void What_the_member_does_not_declare_is_no_local(string members, string name = "x")
    {
        Assert.False(Have(members, out var told, name));
        Assert.Null(told);
    }

    [Fact]
    public void Top_level_statements_are_one_body()
    {
        Assert.True(HaveIn("Reader x = Make();\nx.Use();", out var told));
        Assert.Equal("Reader", told);
    }

    private static bool Have(string members, out string? type, string name) => HaveIn("class C { " + members + " }", out type, name);

    /// <summary>Asks for a name where it is used.</summary>
    private static bool HaveIn(string code, out string? type, string name = "x")
    {
        var tree = CSharpSyntaxTree.ParseText(code);
        var root = tree.GetRoot();
        var use = root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Single(access => access.Name.Identifier.ValueText == "Use");
        return new DeclaredLocals(root, WrittenWords.In(tree, CancellationToken.None)).Have(name, use.Expression, out type);
    }
}
