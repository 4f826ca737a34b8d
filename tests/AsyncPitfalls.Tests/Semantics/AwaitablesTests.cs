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
    [InlineData("IBelowOwn", "byte")]
    [InlineData("OfClass", "char")]
    public async Task What_await_yields(string type, string result)
    {
        var (snippet, symbol) = await TypeAsync(type);
        Assert.Equal(result, snippet.Model.Awaitables.ResultOf(symbol)?.ToDisplayString());
    }

    [Theory]
    [InlineData("int")]
    [InlineData("LookAlike")]
    [InlineData("Shared")]
    [InlineData("Asking")]
    [InlineData("Open")]
    [InlineData("Endless")]
    [InlineData("Explicit")]
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

    [Theory]
    [InlineData("await [|t|];", true)]
    [InlineData("await [|t|].WaitAsync(TimeSpan.Zero).ConfigureAwait(false);", true)]
    [InlineData("var u = [|t|].ConfigureAwait(false); await u;", false)]
    [InlineData("await [|t|].ContinueWith(x => { });", false)]
    [InlineData("await Task.WhenAll([|t|]);", false)]
    public async Task Awaited_where_it_stands(string statement, bool expected)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ async Task M(Task t) {{ {statement} }} }}");
        Assert.Equal(expected, snippet.Model.Awaitables.IsAwaitedInPlace(snippet.Operation));
    }

    [Theory]
    [InlineData("System.Runtime.CompilerServices.ConfiguredTaskAwaitable", true)]
    [InlineData("System.Runtime.CompilerServices.ConfiguredTaskAwaitable<int>", true)]
    [InlineData("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable", true)]
    [InlineData("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable<int>", true)]
    [InlineData("System.Threading.Tasks.Task", false)]
    public async Task What_ConfigureAwait_makes(string type, bool expected)
    {
        var (snippet, symbol) = await TypeAsync(type);
        Assert.Equal(expected, snippet.Model.Awaitables.IsConfigured(symbol));
    }

    [Theory]
    [InlineData("System.Runtime.CompilerServices.TaskAwaiter<int>", true, false)]
    [InlineData("Awaiter<int>", true, false)]
    [InlineData("System.Threading.Tasks.ValueTask", true, true)]
    [InlineData("Built", false, true)]
    [InlineData("Own", true, false)]
    [InlineData("string", false, false)]
    public async Task Awaiters_and_what_async_methods_return(string type, bool isAwaitableOrAwaiter, bool isTaskLike)
    {
        var (snippet, symbol) = await TypeAsync(type);
        Assert.Equal(isAwaitableOrAwaiter, snippet.Model.Awaitables.IsAwaitableOrAwaiter(symbol));
        Assert.Equal(isTaskLike, snippet.Model.Awaitables.IsTaskLike(symbol));
    }

    [Fact]
    public async Task A_type_parameter_is_awaited_as_its_constraint_is()
    {
        var snippet = await Snippet.CompileAsync("class C { object? M<T, U>(T t, U u) where T : Task<int> where U : class => [|t|]; }");
        Assert.Equal("int", snippet.Model.Awaitables.ResultOf(snippet.Operation.Type)?.ToDisplayString());
        Assert.Null(snippet.Model.Awaitables.ResultOf(((IMethodSymbol)snippet.Semantics.GetEnclosingSymbol(snippet.Marked[0].SpanStart)!).TypeParameters[1]));
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
            [AsyncMethodBuilder(typeof(AsyncTaskMethodBuilder))]
            class Built { }
            interface IOwn { Awaiter<byte> GetAwaiter(); }
            interface IBelowOwn : IOwn { }
            abstract class BaseAwaiter { public char GetResult() => 'c'; }
            class ClassAwaiter : BaseAwaiter, INotifyCompletion { public bool IsCompleted => true; public void OnCompleted(Action continuation) { } }
            class OfClass { public ClassAwaiter GetAwaiter() => new(); }
            class Shared { public static Awaiter<int> GetAwaiter() => default; }
            class Asking { public Awaiter<int> GetAwaiter(int n) => default; }
            class Open { public Awaiter<T> GetAwaiter<T>() => default; }
            struct EndlessAwaiter : INotifyCompletion { public bool IsCompleted => true; public static int GetResult() => 1; public int GetResult(int n) => n; public void OnCompleted(Action continuation) { } }
            class Endless { public EndlessAwaiter GetAwaiter() => default; }
            class Explicit : IOwn { Awaiter<byte> IOwn.GetAwaiter() => default; }
            class LookAlike { public object GetAwaiter() => this; }
            class Derived : Task<int> { public Derived() : base(() => 1) { } }
            class C { {{type}} M() => [|default({{type}})|]!; }
            """);
        return (snippet, snippet.Operation.Type);
    }
}
