using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How a value of each thread comes to go with the asynchronous work.</summary>
public sealed class AP0016AsyncLocalCodeFixTests() : RuleTest(new AP0016HeldLockAnalyzer(), new AP0016HeldLockCodeFix())
{
    [Fact]
    public Task A_field_of_each_thread_becomes_an_async_local() => Fixes(
        """
        class C
        {
            // who asks
            [ThreadStatic]
            private static string? user;

            [ThreadStatic] private static int depth;

            [Obsolete, ThreadStatic]
            private static int? last;

            async Task M()
            {
                user = "me";
                depth++;
                C.last = depth;
                await Task.Delay(1);
                Console.WriteLine([|user|] /* me */ + [|depth|] + [|C.last|] + nameof(user));
                var length = [|user|]?.Length;
            }
        }
        """,
        """
        class C
        {
            // who asks
            private static readonly AsyncLocal<string?> user = new();

            private static readonly AsyncLocal<int> depth = new();

            [Obsolete]
            private static readonly AsyncLocal<int?> last = new();

            async Task M()
            {
                user.Value = "me";
                depth.Value++;
                C.last.Value = depth.Value;
                await Task.Delay(1);
                Console.WriteLine(user.Value /* me */ + depth.Value + C.last.Value + nameof(user));
                var length = user.Value?.Length;
            }
        }
        """);

    [Fact]
    public Task A_thread_local_without_a_factory_becomes_an_async_local() => Fixes(
        """
        class C
        {
            private static readonly ThreadLocal<string?> User = new ThreadLocal<string?>();
            private readonly ThreadLocal<int> depth = new();

            async Task M()
            {
                User.Value = "me";
                depth.Value++;
                await Task.Delay(1);
                Console.WriteLine([|User.Value|] + [|this.depth.Value|]);
            }
        }
        """,
        """
        class C
        {
            private static readonly AsyncLocal<string?> User = new AsyncLocal<string?>();
            private readonly AsyncLocal<int> depth = new();

            async Task M()
            {
                User.Value = "me";
                depth.Value++;
                await Task.Delay(1);
                Console.WriteLine(User.Value + this.depth.Value);
            }
        }
        """);

    [Fact]
    public Task What_an_async_local_does_not_know_stays() => OffersNoFix(
        """
        class C
        {
            private readonly ThreadLocal<List<int>> made = new(() => new List<int>());
            private readonly ThreadLocal<int> asked = new();
            private static readonly ThreadLocal<int> Closed = new();
            [ThreadStatic] private static int referred;
            [ThreadStatic] internal static int Seen;
            [ThreadStatic] private static int first = 1;
            [ThreadStatic] private static Point point;

            async Task M(ThreadLocal<int> given)
            {
                made.Value!.Add(1);
                asked.Value = 1;
                Closed.Value = 1;
                referred = 1;
                Seen = 1;
                first = 1;
                point.X = 1;
                given.Value = 1;
                await Task.Delay(1);
                Console.WriteLine([|made.Value|]);
                Console.WriteLine([|asked.Value|]);
                Console.WriteLine(asked.IsValueCreated);
                Console.WriteLine([|Closed.Value|]);
                Closed.Dispose();
                Interlocked.Increment(ref [|referred|]);
                Console.WriteLine([|Seen|] + [|first|] + [|given.Value|]);
                Console.WriteLine([|point|].X);
            }

            struct Point { public int X; }
        }
        """);

    [Fact]
    public async Task The_title_names_the_field() => Assert.Equal(
        ["Make 'depth' an 'AsyncLocal'"],
        await Titles(
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
}
