using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What becomes of <c>ForEach(async …)</c>.</summary>
public sealed class AP0010ForEachFixTests() : RuleTest(new AP0010AsyncCallbackAnalyzer(), new AP0010AsyncCallbackCodeFix())
{
    private const string Idea = "AP0010_TakeTask";

    [Fact]
    public Task An_expression_becomes_the_body_of_a_loop() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                // why
                list.ForEach([|async x =>|] await F(x)); // really
                list.ForEach([|x =>|] F(x));
                await F(1);
            }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                // why
                foreach (var x in list)
                {
                    await F(x);
                } // really
                foreach (var x in list)
                {
                    await F(x);
                }
                await F(1);
            }
        }
        """, Idea);

    [Fact]
    public Task A_block_stays_with_its_comments() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                list.Where(x => x > 0).ToList().ForEach([|async x =>|] // each
                {
                    // first
                    await F(x); // then
                    #region second
                    await F(x + 1);
                    #endregion
                });
                await F(1);
            }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                foreach (var x in list.Where(x => x > 0).ToList()) /* each */
                {
                    // first
                    await F(x); // then
                    #region second
                    await F(x + 1);
                    #endregion
                }
                await F(1);
            }
        }
        """, Idea);

    [Fact]
    public Task Comments_stay() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                list.ForEach(/* a */ [|async x /* b */ =>|] /* c */ await F(x) /* d */); // e
                list.ForEach([|async x =>|]
                    // why
                    await F(x));
                list.ForEach([|async x =>|] { /* a */ await F(x); /* b */ });
                await F(1);
            }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                foreach (var x in list) /* a */ /* b */ /* c */ /* d */
                {
                    await F(x);
                } // e
                foreach (var x in list) /* why */
                {
                    await F(x);
                }
                foreach (var x in list)
                { /* a */ await F(x); /* b */ }
                await F(1);
            }
        }
        """, Idea);

    [Fact]
    public Task The_body_of_an_async_function_becomes_a_block() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            static async Task M(List<int> list) => list.ForEach([|async x =>|] await F(x));
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            static async Task M(List<int> list)
            {
                foreach (var x in list)
                {
                    await F(x);
                }
            }
        }
        """, Idea);

    [Fact]
    public Task Return_becomes_continue() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                list.ForEach([|async (int x) =>|]
                {
                    if (x == 0)
                        return;
                    switch (x)
                    {
                        case 1:
                            return; // one
                    }

                    try { await F(x); } finally { Action a = () => { return; }; a(); }
                    return;
                });
                await F(1);
            }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                foreach (int x in list)
                {
                    if (x == 0)
                        continue;
                    switch (x)
                    {
                        case 1:
                            continue; // one
                    }

                    try { await F(x); } finally { Action a = () => { return; }; a(); }
                    continue;
                }
                await F(1);
            }
        }
        """, Idea);

    [Fact]
    public Task The_function_becomes_async() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            static void M(List<int> list) => list.ForEach([|async x =>|] await F(x));
            static void N(int[] array)
            {
                Array.ForEach(array, [|async x =>|] { await F(x); });
                void Local() => Array.ForEach(array, [|x =>|] F(x));
                Local();
            }

            static void Main() { M(new List<int>()); N(new int[0]); }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            static async Task M(List<int> list)
            {
                foreach (var x in list)
                {
                    await F(x);
                }
            }
            static async Task N(int[] array)
            {
                foreach (var x in array)
                {
                    await F(x);
                }
                async Task Local()
                {
                    foreach (var x in array)
                    {
                        await F(x);
                    }
                }
                await Local();
            }

            static async Task Main() { await M(new List<int>()); await N(new int[0]); }
        }
        """, Idea);

    [Fact]
    public Task Top_level_statements_and_embedded_ones() => Fixes(
        """
        var list = new List<int>();
        if (args.Length > 0)
            list.ForEach([|async x =>|] await Task.Delay(x));
        list.ForEach([|async delegate (int x)|]
        {
            await Task.Delay(x);
        });
        list.ForEach([|async delegate|]
        {
            await Task.Delay(1);
        });
        """,
        """
        var list = new List<int>();
        if (args.Length > 0)
            foreach (var x in list)
            {
                await Task.Delay(x);
            }
        foreach (int x in list)
        {
            await Task.Delay(x);
        }
        foreach (var item in list)
        {
            await Task.Delay(1);
        }
        """, Idea);

    [Fact]
    public Task Names_do_not_collide() => Fixes(
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                var x = 1;
                list.ForEach([|async x =>|] { await F(x); Console.WriteLine(nameof(x)); });
                await F(x);
            }

            async Task N(List<int> list, List<int> other)
            {
                list.ForEach([|async x =>|]
                {
                    other.ForEach([|async y =>|] await F(x + y));
                    await F(x);
                });
                await F(1);
            }
        }
        """,
        """
        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list)
            {
                var x = 1;
                foreach (var x1 in list)
                {
                    await F(x1);
                    Console.WriteLine(nameof(x1));
                }
                await F(x);
            }

            async Task N(List<int> list, List<int> other)
            {
                foreach (var x in list)
                {
                    foreach (var y in other)
                    {
                        await F(x + y);
                    }
                    await F(x);
                }
                await F(1);
            }
        }
        """, Idea);

    [Fact]
    public Task Extension_methods_that_loop_count() => Fixes(
        """
        static class Extensions
        {
            public static void ForEach<T>(this IEnumerable<T> source, Action<T> action) { foreach (var item in source) action(item); }
        }

        class C
        {
            C? next;
            Task F() => Task.Delay(1);
            async Task M(IEnumerable<C> items)
            {
                items.ForEach([|async c =>|] await c.F());
                Extensions.ForEach(items, [|c =>|] c.next?.F());
                await F();
            }
        }
        """,
        """
        static class Extensions
        {
            public static void ForEach<T>(this IEnumerable<T> source, Action<T> action) { foreach (var item in source) action(item); }
        }

        class C
        {
            C? next;
            Task F() => Task.Delay(1);
            async Task M(IEnumerable<C> items)
            {
                foreach (var c in items)
                {
                    await c.F();
                }
                foreach (var c in items)
                {
                    await (c.next?.F() ?? Task.CompletedTask);
                }
                await F();
            }
        }
        """, Idea);

    [Fact]
    public Task No_loop_where_it_would_not_do_the_same() => OffersNoFix(
        """
        class Own
        {
            public void ForEach(Action<int> action) { }
        }

        class C
        {
            static Task F(int x) => Task.Delay(x);
            async Task M(List<int> list, List<int>? other, Own own)
            {
                list.ForEach([|async x =>|] { while (true) { await F(x); return; } });
                list.ForEach([|async x =>|] { x++; await F(x); });
                list.ForEach([|async x =>|] { var list = x; await F(list); });
                other?.ForEach([|async x =>|] await F(x));
                own.ForEach([|async x =>|] await F(x));
                lock (list)
                {
                    list.ForEach([|async x =>|] await F(x));
                }

                await F(1);
            }

            C(List<int> list) => list.ForEach([|async x =>|] await F(x));
            int P { get { new List<int>().ForEach([|async x =>|] await F(x)); return 1; } }
        }
        """, Idea);

    [Fact]
    public async Task The_title_says_what_becomes_async()
    {
        var titles = await Titles(
            """
            public class C
            {
                static async Task M(List<int> list) { list.ForEach(async x => await Task.Delay(x)); await Task.Yield(); }
                static void N(List<int> list) { list.ForEach(async x => await Task.Delay(x)); }
                public void O(List<int> list) { list.ForEach(async x => await Task.Delay(x)); }
            }
            """);
        Assert.Equal(
            [
                "Await in a 'foreach' loop", "Catch every exception, to be handled here",
                "Await in a 'foreach' loop and make 'N' async", "Catch every exception, to be handled here",
                "Await in a 'foreach' loop and make 'O' async (public signature)", "Catch every exception, to be handled here",
            ],
            titles);
    }
}
