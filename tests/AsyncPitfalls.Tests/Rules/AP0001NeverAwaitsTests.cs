using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0001NeverAwaitsTests() : RuleTest(new AP0001NeverAwaitsAnalyzer())
{
    [Theory]
    [InlineData("async Task [|M|]() { }")]
    [InlineData("async Task<int> [|M|]() { return 1; }")]
    [InlineData("async Task<int> [|M|]() => 1;")]
    [InlineData("async Task [|M|]() => Console.Beep();")]
    [InlineData("async ValueTask [|M|]() { }")]
    [InlineData("async ValueTask<int> [|M|]() => 1;")]
    [InlineData("async void [|M|]() { }")]
    [InlineData("static async Task<T> [|M|]<T>(T value) => value;")]
    [InlineData("public virtual async Task [|M|]() { }")]
    [InlineData("async Task [|M|]() { Task.Delay(1); }")]
    [InlineData("async Task<Task> [|M|]() => Task.Delay(1);")]
    [InlineData("async Task [|M|](bool b) { if (b) throw new Exception(); }")]
    [InlineData("async Task [|M|]() { var e = new Exception(); throw e; }")]
    [InlineData("async Task [|@class|]() { }")]
    [InlineData("async void [|OnClick|](object sender, EventArgs e) { }")]
    [InlineData("[System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))] async ValueTask [|M|]() { }")]
    public Task Method_without_await_is_found(string member) => Reports($"class C {{ {member} }}");

    [Fact]
    public Task Local_function_lambda_and_anonymous_method_are_found() => Reports(
        """
        class C
        {
            readonly Func<Task> field = [|async|] () => { };
            Func<Task<int>> Property { get; } = [|async|] () => 1;
            C()
            {
                async Task [|Local|]() { }
                static async ValueTask<int> [|Other|]() => 1;
                Func<int, Task> a = [|async|] x => { };
                Func<int, ValueTask> b = [|async|] delegate (int x) { };
                Func<Task> c = static [|async|] () => { };
                Action d = [|async|] () => { };
                var e = [|async|] Task<int> () => 1;
                Task.Run([|async|] () => Console.WriteLine());
                Console.CancelKeyPress += [|async|] (s, e) => { };
                Local();
                Other();
            }
            int this[int i] { get { async Task [|Inner|]() { } Inner(); return i; } }
            ~C() { Func<Task> f = [|async|] () => { }; }
            public static C operator +(C left, C right) { Func<Task> f = [|async|] () => { }; return left; }
        }
        """);

    [Fact]
    public Task Await_in_a_nested_function_does_not_count() => Reports(
        """
        class C
        {
            async Task [|M|]()
            {
                Func<Task> f = async () => await Task.Yield();
                async Task Local() { await Task.Yield(); }
                f();
                Local();
            }

            Func<Task<Func<Task>>> f = [|async|] () => async () => await Task.Yield();

            async Task Outer()
            {
                Func<Task> f = [|async|] () => { };
                await f();
            }
        }
        """);

    [Fact]
    public Task Main_without_await_is_found() => Reports(
        """
        class P
        {
            static async Task<int> [|Main|](string[] args) { return args.Length; }
        }
        """);

    [Fact]
    public Task Functions_in_top_level_statements_are_found() => Reports(
        """
        Func<Task> f = [|async|] () => { };
        f();
        Local();
        async Task [|Local|]() { }
        """);

    [Fact]
    public Task Partial_method_is_found_where_its_body_is() => Reports(
        """
        partial class C
        {
            public partial Task M();
            partial void N();
        }
        partial class C
        {
            public async partial Task [|M|]() { }
            async partial void [|N|]() { }
        }
        """);

    [Fact]
    public Task Default_interface_method_and_extension_method_are_found() => Reports(
        """
        interface I { async Task [|M|]() { } }
        struct S { public async Task [|M|]() { } }
        record R(int X) { public async Task [|M|]() { } }
        static class E { public static async Task [|M|](this string s) { } }
        class P { public P(Func<Task> f) { } public P() : this([|async|] () => { }) { } }
        """);

    [NeedsCSharpFact(12)]
    public Task Lambda_given_to_a_primary_constructor_is_found() => Reports(
        """
        class P(Func<Task> f) { Task Run() => f(); }
        class Q() : P([|async|] () => { });
        """);

    [NeedsCSharpFact(14)]
    public Task Extension_block_method_is_found() => Reports(
        """
        static class E
        {
            extension(string s)
            {
                public async Task<int> [|CountAsync|]() => s.Length;
            }
        }
        """);

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); }")]
    [InlineData("async Task M() => await Task.Yield();")]
    [InlineData("async Task M(IAsyncEnumerable<int> xs) { await foreach (var x in xs) { } }")]
    [InlineData("async Task M(IAsyncEnumerable<(int, int)> xs) { await foreach (var (x, y) in xs) { } }")]
    [InlineData("async Task M(IAsyncDisposable d) { await using (d) { } }")]
    [InlineData("async Task M(IAsyncDisposable d) { await using var x = d; }")]
    [InlineData("async Task M(Task<int[]> t) { var q = from x in await t select x; }")]
    [InlineData("async Task M(bool b) { if (b) await Task.Yield(); }")]
    [InlineData("async Task M(Task<int> t) { Console.WriteLine($\"{await t}\"); }")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return 1; }")]
    [InlineData("async IAsyncEnumerator<int> M() { yield break; }")]
    [InlineData("Task M() => Task.CompletedTask;")]
    [InlineData("void M() { }")]
    public Task Function_that_awaits_or_is_not_async_is_silent(string member) => Silent($"class C {{ {member} }}");

    [Theory]
    [InlineData("async Task M() => throw new NotImplementedException();")]
    [InlineData("async Task<int> M() { throw new NotImplementedException(); }")]
    [InlineData("async Task M() { /* later */ { throw new NotImplementedException(); } }")]
    [InlineData("Func<Task> f = async () => throw new NotImplementedException();")]
    [InlineData("Func<Task> f = async () => { throw new NotImplementedException(); };")]
    [InlineData("Func<Task> f = async delegate { throw new NotImplementedException(); };")]
    public Task Body_that_only_throws_is_silent(string member) => Silent($"class C {{ {member} }}");

    [Fact]
    public Task Override_and_implementation_are_silent() => Silent(
        """
        interface I { Task M(); static abstract Task S(); Task E(); }
        abstract class B { protected abstract Task O(); }
        class C : B, I
        {
            public async Task M() { }
            public static async Task S() { }
            async Task I.E() { }
            protected override async Task O() { }
        }
        """);

    [Fact]
    public Task Task_like_type_without_a_known_completed_value_is_silent() => Silent(
        """
        using System.Runtime.CompilerServices;
        [AsyncMethodBuilder(typeof(Builder))]
        class MyTask { public TaskAwaiter GetAwaiter() => default; }
        class Builder
        {
            public static Builder Create() => new();
            public MyTask Task => new();
            public void SetResult() { }
            public void SetException(Exception e) { }
            public void SetStateMachine(IAsyncStateMachine m) { }
            public void Start<T>(ref T m) where T : IAsyncStateMachine { }
            public void AwaitOnCompleted<A, T>(ref A a, ref T m) where A : INotifyCompletion where T : IAsyncStateMachine { }
            public void AwaitUnsafeOnCompleted<A, T>(ref A a, ref T m) where A : ICriticalNotifyCompletion where T : IAsyncStateMachine { }
        }
        class C
        {
            async MyTask M() { }
        }
        """);

    [Fact]
    public Task Await_that_another_target_framework_has_is_silent() => Silent(
        """
        class C
        {
            async Task M(IDisposable d)
            {
        #if NETSTANDARD1_0
                await Task.Yield();
        #else
                d.Dispose();
        #endif
            }
        }
        """);

    [Fact]
    public Task Disabled_code_without_await_changes_nothing() => Reports(
        """
        class C
        {
            async Task [|M|](IDisposable d)
            {
        #if NETSTANDARD1_0
                d.ToString();
        #endif
                d.Dispose();
            }
        }
        """);

    [Theory]
    [InlineData("async Task M() { {|CS0103:Missing|}(); }")]
    [InlineData("async Task M() { {|CS0246:Missing|} x = null!; }")]
    [InlineData("async {|CS0246:Missing|} {|CS0161:M|}() { }")]
    [InlineData("async Task M() { int x = {|CS1525:;|} }")]
    [InlineData("async Task M() { await {|CS1525:;|} }")]
    [InlineData("async Task {|CS1994:M|}();")]
    [InlineData("async Task<int> {|CS0161:M|}() { }")]
    [InlineData("async Task {|CS1624:M|}() { yield return 1; }")]
    public Task Half_typed_code_is_silent(string member) => Silent($"class C {{ {member} }}");

    [Fact]
    public Task Warning_of_the_source_itself_breaks_nothing() => Reports(
        """
        class C
        {
            async Task [|M|]()
            {
        #warning Not fast enough.
            }
        }
        """);

    [Fact]
    public async Task Missing_semicolon_below_a_warning_is_half_typed() => Assert.Empty(await Findings(
        """
        class C
        {
            async Task M()
            {
        #warning Not fast enough.
                Console.Beep()
            }
        }
        """));

    [Fact]
    public async Task Message_names_the_function()
    {
        var found = await Findings("class C { async Task M() { } Func<Task> f = async () => { }; }");
        Assert.Equal(
            [
                "'M' is async but never awaits, so it runs synchronously to its end; remove 'async' or await something",
                "This lambda is async but never awaits, so it runs synchronously to its end; remove 'async' or await something",
            ],
            found.Select(finding => finding.GetMessage()));
    }

    [Fact]
    public Task Implementation_for_a_derived_type_is_silent() => Silent(
        """
        interface I { Task M(); }
        class B { public async Task M() { } }
        class C : B, I { }
        """);
}
