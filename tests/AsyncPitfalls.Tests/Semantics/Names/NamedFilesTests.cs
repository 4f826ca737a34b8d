using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics.Names;

public sealed class NamedFilesTests
{
    [Fact]
    public async Task Only_files_with_a_name_are_those_that_may_use_it()
    {
        var snippet = await Snippet.CompileAsync(
            """
            class A { void Run() { } }
            === Test/B.cs
            class B { void M(A a) { } }
            """);
        Assert.Equal([snippet.Root.SyntaxTree], snippet.Model.NamedFiles.Using("Run", default).Select(file => file.Tree));
        Assert.Empty(snippet.Model.NamedFiles.Using("Walk", default));
    }

    [Fact]
    public async Task Names_that_comments_have_are_named_by_no_code()
    {
        var snippet = await Snippet.CompileAsync("class A { /* Run */ void Run() { /* Run */ Run(); } }");
        var file = NamedBodies.In(snippet.Root.SyntaxTree, default);
        Assert.Single(file.NamesOf("Run"));
        Assert.Single(file.UsesOf("Run"));
    }

    [Fact]
    public async Task Names_in_a_part_of_a_file_are_those_that_stand_there()
    {
        var snippet = await Snippet.CompileAsync("class A { public void Run() { Run(); } } class B { void M(A a) { a.Run(); a.Run(); } }");
        var file = NamedBodies.In(snippet.Root.SyntaxTree, default);
        var types = snippet.Root.DescendantNodes().OfType<ClassDeclarationSyntax>().ToList();
        Assert.Equal([1, 2], types.Select(type => file.NamesOf("Run", type.Span).Count()));
        Assert.All(file.NamesOf("Run", types[1].Span), name => Assert.Contains(types[1], name.Ancestors()));
    }

    [Fact]
    public async Task A_search_that_is_cancelled_is_made_again()
    {
        var snippet = await Snippet.CompileAsync("class A { void Run() { } }");
        var files = snippet.Model.NamedFiles;
        Assert.Throws<OperationCanceledException>(() => files.Using("Run", new CancellationToken(canceled: true)));
        Assert.Single(files.Using("Run", default));
    }

    [Fact]
    public async Task Who_waits_for_the_search_of_another_can_be_cancelled()
    {
        var isUnderWay = new TaskCompletionSource();
        using var mayEnd = new ManualResetEventSlim();
        var once = new FoundOnce<string>(stop =>
        {
            isUnderWay.SetResult();
            mayEnd.Wait(stop);
            return "found";
        });
        var first = Task.Factory.StartNew(() => once.Get(default), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await isUnderWay.Task;
        Assert.Throws<OperationCanceledException>(() => once.Get(new CancellationToken(canceled: true)));
        mayEnd.Set();
        Assert.Equal("found", await first);
        Assert.Equal("found", once.Get(default));
    }
}
