using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics.Names;

/// <summary>Which uses of a name look like what blocks: only bodies with such a use are read at all.</summary>
public sealed class BlockingNamesTests
{
    [Theory]
    [InlineData("t.[|Wait|]();")]
    [InlineData("t.[|Wait|](100);")]
    [InlineData("t.GetAwaiter().[|GetResult|]();")]
    [InlineData("_ = t.[|Result|];")]
    [InlineData("while (!t.[|IsCompleted|]) { }")]
    [InlineData("Thread.[|Sleep|](5);")]
    [InlineData("Pause.[|Sleep|](5);")]
    [InlineData("[|SpinUntil|](() => box.Ends());")]
    [InlineData("barrier.[|SignalAndWait|]();")]
    [InlineData("barrier.[|SignalAndWait|](5, token);")]
    [InlineData("Console.In.[|Read|](letters, 0, 5);")]
    [InlineData("queue.[|Add|](5);")]
    [InlineData("_ = queue.[|Take|]();")]
    [InlineData("_ = queue.[|TryTake|](out _, 5);")]
    public async Task A_use_that_looks_so_is_one(string statement) => Assert.True(await MayBlock(statement));

    [Theory]
    [InlineData("t.[|Wait|](0);")]
    [InlineData("t.[|Wait|](TimeSpan.Zero);")]
    [InlineData("Func<int, bool> wait = t.[|Wait|];")]
    [InlineData("box.[|GetResult|](1);")]
    [InlineData("_ = box.[|Result|];")]
    [InlineData("if (!t.[|IsCompleted|]) { }")]
    [InlineData("box.[|Sleep|](5);")]
    [InlineData("[|Sleep|](5);")]
    [InlineData("box.[|SignalAndWait|]();")]
    [InlineData("barrier.[|SignalAndWait|](0);")]
    [InlineData("barrier.[|SignalAndWait|](TimeSpan.Zero);")]
    [InlineData("barrier.[|SignalAndWait|](0, token);")]
    [InlineData("any.[|SignalAndWait|](1, 2, 3);")]
    public async Task A_use_that_cannot_be_what_blocks_is_none(string statement) => Assert.False(await MayBlock(statement));

    [Theory]
    [InlineData("dispatcher.[|Invoke|](() => { });", true)]
    [InlineData("operation.[|Wait|]();", true)]
    [InlineData("context.[|Send|](_ => { }, null);", true)]
    [InlineData("changed.[|Invoke|](this, EventArgs.Empty);", false)]
    [InlineData("any.[|Invoke|]();", false)]
    [InlineData("box.[|Invoke|](1);", false)]
    [InlineData("operation.[|Wait|](TimeSpan.Zero);", false)]
    [InlineData("any.[|Send|](1);", false)]
    [InlineData("any.[|Send|](1, 2, 3);", false)]
    [InlineData("_ = box.[|Result|];", false)]
    public async Task Waits_for_other_loops_look_so_too(string statement, bool looksSo) => Assert.Equal(looksSo, await MayBlock(statement, Setup.Desktop, "using System.Windows.Threading;",
        "Dispatcher dispatcher, DispatcherOperation operation, SynchronizationContext context, dynamic changed, "));

    [Theory]
    [InlineData("any.[|Add|](5);")]
    [InlineData("_ = any.[|Take|](5);")]
    [InlineData("_ = any.[|ReadLine|]();")]
    public async Task A_name_of_many_types_counts_only_where_its_own_is_mentioned(string statement) =>
        Assert.False(await MayBlock(statement, parameters: "", others: "=== Test/Other.cs\nclass Other { System.Collections.Concurrent.BlockingCollection<int>? queue; System.IO.TextReader read = Console.In; }"));

    private static async Task<bool> MayBlock(string statement, Setup? setup = null, string import = "", string parameters = "System.Collections.Concurrent.BlockingCollection<int> queue, ", string others = "")
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            using Pause = System.Threading.Thread;
            using static System.Threading.SpinWait;
            {{import}}
            class Box { public int Result => 1; public void GetResult(int x) { } public void Sleep(int x) { } public void SignalAndWait() { } public void Invoke(int x) { } public bool Ends() => true; }
            class C
            {
                void Sleep(int x) { }
                void M({{parameters}}Task<int> t, Box box, Barrier barrier, char[] letters, CancellationToken token, dynamic any)
                {
                    {{statement}}
                }
            }
            {{others}}
            """, setup);
        var file = NamedBodies.In(snippet.Root.SyntaxTree, default);
        var marked = Assert.Single(snippet.Marked);
        var receivers = new ReceiverTypes(snippet.Model);
        var use = Assert.Single(file.UsesOf(marked.GetFirstToken().ValueText), use => use.Place.Span == marked.Span);
        return BlockingNames.Of(snippet.Model, default).Any(name => name.Name == marked.ToString() && name.MayBeIn(file) && name.Fits(use)
            && (name.DeclaredBy.IsEmpty || receivers.MayBe(use, file, name.DeclaredBy, default)));
    }
}
