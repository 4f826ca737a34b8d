using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>The ideas beside returning completed tasks: awaiting what is dropped, and making the function synchronous.</summary>
public sealed class AP0001OtherIdeasTests() : RuleTest(new AP0001NeverAwaitsAnalyzer(), new AP0001NeverAwaitsCodeFix())
{
    private const string AwaitDropped = "AP0001_AwaitDropped";
    private const string MakeSynchronous = "AP0001_MakeSynchronous";

    [Fact]
    public Task Dropped_tasks_are_awaited() => Fixes(
        """
        class C
        {
            Task F() => Task.Delay(1);

            async Task [|M|](C? other)
            {
                F(); // one
                _ = F();
                F().ConfigureAwait(false);
                var kept = F();
            }

            async Task [|N|]() => F();
            async void [|O|](object sender, EventArgs e) { _ = Task.Delay(1); }
            Func<Task> f = [|async|] () => Task.Delay(1);
        }
        """,
        """
        class C
        {
            Task F() => Task.Delay(1);

            async Task M(C? other)
            {
                await F(); // one
                await F();
                await F().ConfigureAwait(false);
                var kept = F();
            }

            async Task N() => await F();
            async void O(object sender, EventArgs e) { await Task.Delay(1); }
            Func<Task> f = async () => await Task.Delay(1);
        }
        """,
        AwaitDropped);

    [Fact]
    public Task What_is_not_dropped_or_cannot_be_awaited_is_left() => OffersNoFix(
        """
        class C
        {
            Task F() => Task.Delay(1);
            async Task [|M|]() { var t = F(); t.Wait(); }
            async Task<Task> [|N|]() => F();
            async Task [|O|]() { lock (this) { F(); } }
            async Task [|P|]() { Task.Run(() => Console.WriteLine()); }
            async void [|Q|]() { _ = F(); }
        }
        """,
        AwaitDropped);

    [Fact]
    public async Task Awaiting_what_is_dropped_is_offered_first() => Assert.Equal(
        ["Await 'Delay'", "Remove 'async' from 'M' and return completed tasks"],
        await Titles("public class C { public async Task M() { Task.Delay(1); } }"));

    [Theory]
    [InlineData("public class C { public async Task M() { Task.Delay(1); Task.Delay(2); } }", "Await the tasks that are dropped")]
    [InlineData("class C { async Task M() { Console.WriteLine(); } public async Task N() => await M(); }", "Make 'M' synchronous")]
    public async Task The_title_says_what_is_awaited_or_made_synchronous(string code, string expected) => Assert.Contains(expected, await Titles(code));

    [Fact]
    public Task Function_whose_callers_await_at_once_becomes_synchronous() => Fixes(
        """
        class C
        {
            /// <summary>See <see cref="Count"/>.</summary>
            private async Task<int> [|Count|](string s)
            {
                if (s == "")
                    return 0;
                return s.Length;
            }

            private static async Task [|Beep|]() => Console.Beep();

            async Task M()
            {
                var n = await Count("a"); // n
                n += (await Count("b").ConfigureAwait(false)).CompareTo(1);
                await Beep();
                await Task.Delay(n);
            }
        }
        """,
        """
        class C
        {
            /// <summary>See <see cref="Count"/>.</summary>
            private int Count(string s)
            {
                if (s == "")
                    return 0;
                return s.Length;
            }

            private static void Beep() => Console.Beep();

            async Task M()
            {
                var n = Count("a"); // n
                n += Count("b").CompareTo(1);
                Beep();
                await Task.Delay(n);
            }
        }
        """,
        MakeSynchronous);

    [Fact]
    public Task Caller_that_is_left_without_await_returns_completed_tasks() => Fixes(
        """
        class C
        {
            private async Task<int?> [|First|]() => null;
            private async ValueTask<(int A, string B)> [|Second|]() => (1, "b");

            public async Task<string> M()
            {
                var a = await First();
                var (b, c) = await Second();
                return $"{a}{b}{c}";
            }
        }
        """,
        """
        class C
        {
            private int? First() => null;
            private (int A, string B) Second() => (1, "b");

            public Task<string> M()
            {
                var a = First();
                var (b, c) = Second();
                return Task.FromResult($"{a}{b}{c}");
            }
        }
        """,
        MakeSynchronous);

    [Fact]
    public Task Local_function_and_callers_in_other_files_and_projects_change() => Fixes(
        """
        internal static class Numbers
        {
            internal static async Task<int> [|One|]() => 1;
        }
        class C
        {
            async Task M()
            {
                async Task [|Local|]() { Console.Beep(); }
                await Local();
                await Task.Delay(1);
            }
        }
        === Test/Other.cs
        class D
        {
            async Task M() => await Task.Delay(await Numbers.One());
        }
        """,
        """
        internal static class Numbers
        {
            internal static int One() => 1;
        }
        class C
        {
            async Task M()
            {
                void Local() { Console.Beep(); }
                Local();
                await Task.Delay(1);
            }
        }
        === Test/Other.cs
        class D
        {
            async Task M() => await Task.Delay(Numbers.One());
        }
        """,
        MakeSynchronous);

    [Fact]
    public Task Function_that_somebody_does_not_await_at_once_stays() => OffersNoFix(
        """
        public class C
        {
            private async Task [|Kept|]() { }
            private async Task [|Passed|]() { }
            private async Task [|Grouped|]() { }
            private async Task [|Uncalled|]() { }
            private async void [|Void|]() { }
            public async Task [|Public|]() { }
            protected virtual async Task [|Virtual|]() { }

            private async Task M()
            {
                var t = Kept();
                await t;
                await Task.WhenAll(Passed());
                Func<Task> f = Grouped;
                await f();
                await Public();
                await Virtual();
                Void();
            }
        }
        """,
        MakeSynchronous);

    [Fact]
    public Task Public_function_of_a_program_becomes_synchronous() => Fixes(
        """
        Console.WriteLine(await new C().One());
        await Task.Delay(1);

        public class C
        {
            public async Task<int> [|One|]() => 1;
        }
        """,
        """
        Console.WriteLine(new C().One());
        await Task.Delay(1);

        public class C
        {
            public int One() => 1;
        }
        """,
        MakeSynchronous);
}
