using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What is awaited in the place of blocking calls.</summary>
public sealed class AP0013BlockingCallCodeFixTests() : RuleTest(new AP0013BlockingCallAnalyzer(), new AP0013BlockingCallCodeFix())
{
    [Fact]
    public Task Sleep_becomes_a_delay() => Fixes(
        """
        using static System.Threading.Thread;

        class C
        {
            async Task M(int pause)
            {
                await Task.Yield();
                // before
                Thread.[|Sleep|](100); // behind
                Thread.[|Sleep|](millisecondsTimeout: pause /* ms */);
                [|Sleep|](TimeSpan.FromSeconds(1));
                if (pause > 0)
                    System.Threading.Thread.[|Sleep|](
                        pause);
                Func<Task> lambda = async () => Thread.[|Sleep|](1);
            }
        }
        """,
        """
        using static System.Threading.Thread;

        class C
        {
            async Task M(int pause)
            {
                await Task.Yield();
                // before
                await Task.Delay(100); // behind
                await Task.Delay(pause /* ms */);
                await Task.Delay(TimeSpan.FromSeconds(1));
                if (pause > 0)
                    await Task.Delay(
                        pause);
                Func<Task> lambda = async () => await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Comments_inside_a_call_are_kept() => Fixes(
        """
        class C
        {
            async Task M(IAsyncEnumerable<int> xs, CancellationToken token)
            {
                Thread /* the thread */ . /* sleeps */ [|Sleep|] /* long */ (/* ms */ 100 /* or so */);
                foreach (var x in xs // all
                    .[|ToBlockingEnumerable|](/* now */))
                    await Task.Yield();
            }
        }
        """,
        """
        class C
        {
            async Task M(IAsyncEnumerable<int> xs, CancellationToken token)
            {
                await Task /* the thread */ . /* sleeps */ Delay /* long */ (/* ms */ 100, token /* or so */);
                await foreach (var x in xs // all
                    .WithCancellation(/* now */token))
                    await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Task_is_imported_where_it_is_not() => Fixes(
        """
        using System.Threading;

        class C
        {
            async System.Threading.Tasks.ValueTask M()
            {
                await default(System.Threading.Tasks.ValueTask);
                Thread.[|Sleep|](1);
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async System.Threading.Tasks.ValueTask M()
            {
                await default(System.Threading.Tasks.ValueTask);
                await Task.Delay(1);
            }
        }
        """, setup: Setup.Default with { ImplicitUsings = false });

    [Fact]
    public Task Token_in_scope_is_passed_on() => Fixes(
        """
        class C
        {
            async Task M(SemaphoreSlim s, System.Diagnostics.Process p, CancellationToken token)
            {
                Thread.[|Sleep|](100);
                s.[|Wait|]();
                s.[|Wait|](token);
                if (s.[|Wait|](100) && s.[|Wait|](TimeSpan.FromSeconds(1), token)) p.[|WaitForExit|]();
                Thread.[|Sleep|](Timeout.Infinite);
                try
                {
                    await Task.Yield();
                    s.[|Wait|]();
                }
                finally
                {
                    s.Release();
                    Thread.[|Sleep|](10);
                }
            }
        }
        """,
        """
        class C
        {
            async Task M(SemaphoreSlim s, System.Diagnostics.Process p, CancellationToken token)
            {
                await Task.Delay(100, token);
                await s.WaitAsync(token);
                await s.WaitAsync(token);
                if (await s.WaitAsync(100, token) && await s.WaitAsync(TimeSpan.FromSeconds(1), token)) await p.WaitForExitAsync(token);
                await Task.Delay(Timeout.Infinite, token);
                try
                {
                    await Task.Yield();
                    await s.WaitAsync();
                }
                finally
                {
                    s.Release();
                    await Task.Delay(10);
                }
            }
        }
        """);

    [Fact]
    public Task Semaphore_is_awaited_in_every_form() => Fixes(
        """
        class C
        {
            private readonly SemaphoreSlim gate = new(1);

            async Task<bool> M(SemaphoreSlim? other, C c)
            {
                await Task.Yield();
                gate.[|Wait|]();
                this.gate.[|Wait|]();
                c.gate!.[|Wait|]();
                (gate).[|Wait|]();
                other?.[|Wait|]();
                var got = gate.[|Wait|](millisecondsTimeout: 100);
                return !gate.[|Wait|](TimeSpan.FromSeconds(1)) || gate.[|Wait|](1).Equals(got);
            }
        }
        """,
        """
        class C
        {
            private readonly SemaphoreSlim gate = new(1);

            async Task<bool> M(SemaphoreSlim? other, C c)
            {
                await Task.Yield();
                await gate.WaitAsync();
                await this.gate.WaitAsync();
                await c.gate!.WaitAsync();
                await (gate).WaitAsync();
                await (other?.WaitAsync() ?? Task.CompletedTask);
                var got = await gate.WaitAsync(millisecondsTimeout: 100);
                return !await gate.WaitAsync(TimeSpan.FromSeconds(1)) || (await gate.WaitAsync(1)).Equals(got);
            }
        }
        """);

    [Fact]
    public Task Blocking_sequence_is_awaited_element_by_element() => Fixes(
        """
        class C
        {
            async Task M(IAsyncEnumerable<int> xs, IAsyncEnumerable<(int, int)> pairs)
            {
                await Task.Yield();
                // all of them
                foreach (var x in xs.[|ToBlockingEnumerable|]()) // one by one
                    Console.WriteLine(x);
                foreach (var (a, b) in pairs.[|ToBlockingEnumerable|]())
                {
                    if (a == b) break;
                }
            }

            async Task WithToken(IAsyncEnumerable<int> xs, CancellationToken token)
            {
                foreach (var x in xs.[|ToBlockingEnumerable|]()) { }
                foreach (var x in xs.[|ToBlockingEnumerable|](token)) { }
                foreach (var x in Numbers().[|ToBlockingEnumerable|]()) { }
                await Task.Yield();
            }

            async IAsyncEnumerable<int> Numbers([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
            {
                await Task.Delay(1, token);
                yield return 1;
            }
        }
        """,
        """
        class C
        {
            async Task M(IAsyncEnumerable<int> xs, IAsyncEnumerable<(int, int)> pairs)
            {
                await Task.Yield();
                // all of them
                await foreach (var x in xs) // one by one
                    Console.WriteLine(x);
                await foreach (var (a, b) in pairs)
                {
                    if (a == b) break;
                }
            }

            async Task WithToken(IAsyncEnumerable<int> xs, CancellationToken token)
            {
                await foreach (var x in xs.WithCancellation(token)) { }
                await foreach (var x in xs.WithCancellation(token)) { }
                await foreach (var x in Numbers(token)) { }
                await Task.Yield();
            }

            async IAsyncEnumerable<int> Numbers([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
            {
                await Task.Delay(1, token);
                yield return 1;
            }
        }
        """);

    [Fact]
    public Task Begin_and_end_become_one_awaited_call() => Fixes(
        """
        using System.Net;

        class C
        {
            private readonly Stream stream = Stream.Null;

            async Task<int> M(byte[] buffer)
            {
                await Task.Yield();
                stream.[|EndWrite|](stream.BeginWrite(buffer, 0, buffer.Length, null, null));
                var addresses = Dns.[|EndGetHostAddresses|](Dns.BeginGetHostAddresses("a", null, null));
                return this.stream.[|EndRead|](this.stream.BeginRead(buffer, /* all */ 0, buffer.Length, null, null));
            }

            async Task<int> WithToken(byte[] buffer, CancellationToken token)
            {
                await Task.Yield();
                return stream.[|EndRead|](stream.BeginRead(buffer, 0, buffer.Length, null, null));
            }
        }
        """,
        """
        using System.Net;

        class C
        {
            private readonly Stream stream = Stream.Null;

            async Task<int> M(byte[] buffer)
            {
                await Task.Yield();
                await stream.WriteAsync(buffer, 0, buffer.Length);
                var addresses = await Dns.GetHostAddressesAsync("a");
                return await this.stream.ReadAsync(buffer, /* all */ 0, buffer.Length);
            }

            async Task<int> WithToken(byte[] buffer, CancellationToken token)
            {
                await Task.Yield();
                return await stream.ReadAsync(buffer, 0, buffer.Length, token);
            }
        }
        """);

    [Fact]
    public Task Function_that_returns_a_task_becomes_async() => Fixes(
        """
        class C
        {
            Task Plain()
            {
                Thread.[|Sleep|](1);
                return Task.CompletedTask;
            }

            Task<int> Result(SemaphoreSlim s)
            {
                s.[|Wait|]();
                return Plain().ContinueWith(_ => 1);
            }

            ValueTask<bool> Value(SemaphoreSlim s) => new(s.[|Wait|](100));

            void M()
            {
                Func<Task> lambda = () => { Thread.[|Sleep|](1); return Plain(); };
            }
        }
        """,
        """
        class C
        {
            async Task Plain()
            {
                await Task.Delay(1);
            }

            async Task<int> Result(SemaphoreSlim s)
            {
                await s.WaitAsync();
                return await Plain().ContinueWith(_ => 1);
            }

            async ValueTask<bool> Value(SemaphoreSlim s) => await s.WaitAsync(100);

            void M()
            {
                Func<Task> lambda = async () => { await Task.Delay(1); await Plain(); };
            }
        }
        """);

    [Fact]
    public Task What_an_option_names_is_awaited_where_it_has_a_twin() => Fixes(
        """
        class Device
        {
            public int Read(int count) => count;
            public Task<int> ReadAsync(int count, CancellationToken token = default) => Task.FromResult(count);
            public void Flush() { }
        }

        class C
        {
            async Task<int> M(Device device, CancellationToken token)
            {
                await Task.Yield();
                device.[|Flush|]();
                return device.[|Read|](3);
            }
        }
        """,
        """
        class Device
        {
            public int Read(int count) => count;
            public Task<int> ReadAsync(int count, CancellationToken token = default) => Task.FromResult(count);
            public void Flush() { }
        }

        class C
        {
            async Task<int> M(Device device, CancellationToken token)
            {
                await Task.Yield();
                device.[|Flush|]();
                return await device.ReadAsync(3, token);
            }
        }
        """, setup: Setup.Default with { EditorConfig = "async_pitfalls.blocking_methods = Device" });

    [Fact]
    public async Task Titles_say_what_is_awaited() => Assert.Equal(
        ["Await 'Task.Delay'", "Await 'WaitAsync' and make 'N' async", "Await 'foreach'"],
        await Titles(
            """
            class C
            {
                async Task M() { await Task.Yield(); Thread.Sleep(1); }
                internal Task N(SemaphoreSlim s) { s.Wait(); return Task.CompletedTask; }
                async Task P(IAsyncEnumerable<int> xs) { await Task.Yield(); foreach (var x in xs.ToBlockingEnumerable()) { } }
            }
            """));

    [Fact]
    public Task A_thread_that_was_to_do_nothing_else_is_not_taken() => Fixes(
        """
        class C
        {
            async Task M(SemaphoreSlim semaphore, CancellationToken token)
            {
                await Task.Run(async () => Thread.[|Sleep|](1));
                await Task.Run(async () => { semaphore.[|Wait|](); }, token);
                await Task.Run(async () => { Thread.[|Sleep|](1); Console.WriteLine(); });
            }

            async Task Other(SemaphoreSlim semaphore, CancellationToken other) => await Task.Run(async () => semaphore.[|Wait|](other), CancellationToken.None);
        }
        """,
        """
        class C
        {
            async Task M(SemaphoreSlim semaphore, CancellationToken token)
            {
                await Task.Delay(1, token);
                await semaphore.WaitAsync(token);
                await Task.Run(async () => { await Task.Delay(1, token); Console.WriteLine(); });
            }

            async Task Other(SemaphoreSlim semaphore, CancellationToken other) => await semaphore.WaitAsync(other);
        }
        """);
}
