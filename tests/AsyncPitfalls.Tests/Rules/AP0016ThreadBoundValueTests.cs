using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which values of a thread are read after an await, where another thread may have gone on.</summary>
public sealed class AP0016ThreadBoundValueTests() : RuleTest(new AP0016HeldLockAnalyzer())
{
    [Fact]
    public Task A_value_that_was_used_before_the_await_is_found() => Reports(
        """
        class Context
        {
            [ThreadStatic]
            private static string? user;

            [ThreadStatic]
            internal static int Depth;

            private static readonly ThreadLocal<int> Number = new();
            private readonly ThreadLocal<List<int>> own = new(() => new List<int>());

            async Task Written()
            {
                user = "me";
                await Task.Delay(1);
                Console.WriteLine([|user|]);
            }

            async Task<int> Counted()
            {
                Depth++;
                try { return await Task.FromResult(1); }
                finally { Depth--; }
            }

            async Task<int> CountedForLong()
            {
                Depth++;
                try
                {
                    await Task.Delay(1);
                    return Depth2();
                }
                finally
                {
                    [|Context.Depth|]--;
                }
            }

            static int Depth2() => 1;

            async Task Locals(ThreadLocal<string> given)
            {
                Number.Value = 3;
                given.Value = "a";
                this.own.Value!.Add(1);
                await foreach (var n in Numbers())
                    Console.WriteLine(n);
                Console.WriteLine([|Number.Value|] + [|given.Value|]);
                [|own.Value|]!.Add(2);
            }

            async Task Branch(bool b)
            {
                if (b)
                    user = "me";
                if (!b)
                    await Task.Delay(1);
                await Task.Delay(1);
                var length = [|user|]?.Length;
            }

            async Task Turns()
            {
                user = "me";
                for (var i = 0; i < 3; i++)
                {
                    Console.WriteLine([|user|]);
                    await Task.Delay(1);
                }
            }

            async Task Caught()
            {
                user = "me";
                try { await Task.Delay(1); }
                catch (Exception) { Console.WriteLine([|user|]); }
            }

            void Nested()
            {
                Func<Task> lambda = async () =>
                {
                    user = "me";
                    await Task.Yield();
                    Console.WriteLine([|user|]);
                };
                lambda().Wait();
            }

            async IAsyncEnumerable<int> Numbers()
            {
                user = "me";
                yield return 1;
                Console.WriteLine([|user|]);
                await Task.Yield();
            }

            async Task InOneExpression()
            {
                user = "me";
                Use(user, await Task.Run(() => 1), [|user|]);
            }

            static void Use(params object?[] values) { }
        }
        """);

    [Fact]
    public Task A_value_that_is_not_carried_over_an_await_is_silent() => Silent(
        """
        class Context
        {
            [ThreadStatic]
            private static string? user;

            private static string? shared;
            private static readonly ThreadLocal<Random> Random = new(() => new Random());
            private static readonly AsyncLocal<string?> Flowing = new();
            private static readonly Lazy<string> Late = new();

            async Task Before()
            {
                user = "me";
                Console.WriteLine(user);
                await Task.Delay(1);
            }

            async Task After()
            {
                await Task.Delay(1);
                Console.WriteLine(Random.Value!.Next());
                user = "me";
                Console.WriteLine(user);
            }

            async Task WrittenAgain()
            {
                user = "me";
                await Task.Delay(1);
                user = "you";
                Console.WriteLine(user);
                await Task.Delay(1);
                user = null;
            }

            async Task Completed()
            {
                user = "me";
                await Task.CompletedTask;
                Console.WriteLine(user);
            }

            async Task Others()
            {
                shared = "a";
                Flowing.Value = Late.Value;
                await Task.Delay(1);
                Console.WriteLine(shared + Flowing.Value + Late.Value + nameof(user));
            }

            async Task OnDifferentPaths(bool b)
            {
                if (b)
                {
                    user = "me";
                    Console.WriteLine(user);
                }
                else
                {
                    await Task.Delay(1);
                    Console.WriteLine(user);
                }
            }

            async Task MadeAgain()
            {
                user ??= "me";
                await Task.Delay(1);
                user ??= "me";
            }

            async Task EachTurnAnew()
            {
                for (var i = 0; i < 3; i++)
                {
                    Console.WriteLine(user);
                    await Task.Delay(1);
                }
            }

            Task Synchronous()
            {
                user = "me";
                Func<Task> lambda = async () => await Task.Delay(1);
                Console.WriteLine(user);
                return lambda();
            }
        }
        """);

    [Fact]
    public Task In_a_handler_of_a_user_interface_only_an_await_that_leaves_it_counts() => Reports(
        """
        using System.Windows;

        class Window1 : Window
        {
            [ThreadStatic]
            private static string user;

            private async void OnClick(object sender, RoutedEventArgs e)
            {
                user = "me";
                await Task.Delay(1);
                Title = user;
                await Task.Delay(1).ConfigureAwait(false);
                Console.WriteLine([|user|]);
            }
        }
        """,
        Setup.Desktop);

    [Fact]
    public async Task The_message_names_the_value()
    {
        var finding = Assert.Single(await Findings(
            """
            class C
            {
                [ThreadStatic] static int depth;

                async Task M()
                {
                    depth = 1;
                    await Task.Delay(1);
                    Console.WriteLine(depth);
                }
            }
            """));
        Assert.Equal("'depth' has another value on each thread, and after the await another thread may go on: what was there before is not there now; use an 'AsyncLocal' instead", finding.GetMessage());
    }
}
