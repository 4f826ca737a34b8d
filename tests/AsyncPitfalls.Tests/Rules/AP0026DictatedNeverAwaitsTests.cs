using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0026DictatedNeverAwaitsTests() : RuleTest(new AP0026DictatedNeverAwaitsAnalyzer())
{
    [Fact]
    public Task Override_and_implementations_are_found() => Reports(
        """
        interface I<T> { Task<T> M(); static abstract Task S(); Task E(); void V(); }
        abstract class B { protected abstract Task O(); public virtual async ValueTask P() => await Task.Yield(); }
        class C : B, I<int>
        {
            public async Task<int> [|M|]() => 1;
            public static async Task [|S|]() { }
            async Task I<int>.[|E|]() { }
            public async void [|V|]() { }
            protected override async Task [|O|]() { }
            public sealed override async ValueTask [|P|]() { }
        }
        """);

    [Fact]
    public Task Partial_implementation_is_found() => Reports(
        """
        interface I { Task M(); }
        partial class C : I { public partial Task M(); }
        partial class C { public async partial Task [|M|]() { } }
        """);

    [Fact]
    public Task Implementation_for_a_derived_type_is_found() => Reports(
        """
        interface I { Task<int> M(); }
        interface J<T> { Task N(T t); }
        class B { public async Task<int> [|M|]() => 1; internal async Task H() { } }
        class G<T> { public async Task [|N|](T t) { } }
        class C : B, I { }
        class D : G<int>, J<int> { }
        """);

    [Fact]
    public Task Implementation_by_an_explicit_interface_default_is_found() => Reports(
        """
        interface I { Task M(); }
        interface J : I { async Task I.[|M|]() { } }
        """);

    [Fact]
    public Task Members_that_nobody_dictates_are_silent() => Silent(
        """
        interface I { Task M(); }
        class B { public virtual async Task V() { } public async Task H() { } }
        class C : B, I
        {
            public async Task M(int other) { }
            Task I.M() => M(1);
            public async Task M() { }
            public new async Task H() { }
            async Task Own() { Func<Task> f = async () => { }; async Task Local() { } await Local(); }
        }
        """);

    [Fact]
    public Task Bodies_that_await_or_only_throw_are_silent() => Silent(
        """
        interface I { Task M(); Task N(); Task O(); IAsyncEnumerable<int> P(); }
        class C : I
        {
            public async Task M() => throw new NotSupportedException();
            public async Task N() { throw new NotSupportedException(); }
            public async Task O() => await Task.Yield();
            public async IAsyncEnumerable<int> P() { yield return 1; }
        }
        """);
}
