using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class AwaitablesTests
{
    [Theory]
    [InlineData("System.Threading.Tasks.Task", "void")]
    [InlineData("System.Threading.Tasks.Task<int>", "int")]
    [InlineData("System.Threading.Tasks.ValueTask<string>", "string")]
    [InlineData("System.Runtime.CompilerServices.ConfiguredTaskAwaitable<int>", "int")]
    [InlineData("System.Runtime.CompilerServices.YieldAwaitable", "void")]
    [InlineData("Own", "long")]
    [InlineData("BelowOwn", "long")]
    [InlineData("IOwn", "byte")]
    [InlineData("Derived", "int")]
    public async Task What_await_yields(string type, string result)
    {
        var (snippet, symbol) = await TypeAsync(type);
        Assert.Equal(result, snippet.Model.Awaitables.ResultOf(symbol)?.ToDisplayString());
    }

    [Theory]
    [InlineData("int")]
    [InlineData("LookAlike")]
    [InlineData("System.TimeSpan")]
    public async Task What_cannot_be_awaited(string type)
    {
        var (snippet, symbol) = await TypeAsync(type);
        Assert.Null(snippet.Model.Awaitables.ResultOf(symbol));
    }

    [Fact]
    public async Task An_extension_awaiter_counts_where_it_is_in_scope()
    {
        var snippet = await Snippet.CompileAsync(
            """
            using System.Runtime.CompilerServices;
            static class Extensions
            {
                public static TaskAwaiter GetAwaiter(this TimeSpan time) => Task.Delay(time).GetAwaiter();
            }
            class C
            {
                object M(TimeSpan time) => [|time|];
            }
            """);
        var type = snippet.Operation.Type;
        Assert.Null(snippet.Model.Awaitables.ResultOf(type));
        Assert.Equal("void", snippet.Model.Awaitables.ResultAt(type, snippet.Semantics, snippet.Marked[0].SpanStart)?.ToDisplayString());
    }

    [Theory]
    [InlineData("t.ConfigureAwait(false)")]
    [InlineData("(t)")]
    [InlineData("((Task)t)")]
    [InlineData("new ValueTask<int>(t).Preserve().AsTask()", false)]
    [InlineData("t.WaitAsync(TimeSpan.Zero).ConfigureAwait(true)")]
    [InlineData("t!")]
    [InlineData("t.ContinueWith(x => 1)", false)]
    public async Task The_task_behind_its_other_forms(string expression, bool found = true)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ object M(Task<int> t) => [|{expression}|]; }}");
        Assert.Equal(found, snippet.Model.Awaitables.Behind(snippet.Operation).Kind == OperationKind.ParameterReference);
    }

    [Fact]
    public async Task Only_the_frameworks_tasks_are_tasks()
    {
        var (snippet, task) = await TypeAsync("System.Threading.Tasks.Task<int>");
        var (other, derived) = await TypeAsync("Derived");
        var (third, valueTask) = await TypeAsync("System.Threading.Tasks.ValueTask");
        Assert.True(snippet.Model.Awaitables.IsTask(task));
        Assert.True(other.Model.Awaitables.IsTask(derived));
        Assert.False(third.Model.Awaitables.IsTask(valueTask));
        Assert.True(third.Model.Awaitables.IsTaskOrValueTask(valueTask));
        Assert.False(snippet.Model.Awaitables.IsTaskOrValueTask(null));
    }

    private static async Task<(Snippet, ITypeSymbol?)> TypeAsync(string type)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            using System.Runtime.CompilerServices;
            struct Awaiter<T> : INotifyCompletion
            {
                public bool IsCompleted => true;
                public T GetResult() => default!;
                public void OnCompleted(Action continuation) { }
            }
            class Own { public Awaiter<long> GetAwaiter() => default; }
            class BelowOwn : Own { }
            interface IOwn { Awaiter<byte> GetAwaiter(); }
            class LookAlike { public object GetAwaiter() => this; }
            class Derived : Task<int> { public Derived() : base(() => 1) { } }
            class C { {{type}} M() => [|default({{type}})|]!; }
            """);
        return (snippet, snippet.Operation.Type);
    }
}
