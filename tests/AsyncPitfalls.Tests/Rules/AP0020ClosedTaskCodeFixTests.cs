using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How tasks that outlive what they work with are mended.</summary>
public sealed class AP0020ClosedTaskCodeFixTests() : RuleTest(new AP0020ClosedTaskAnalyzer(), new AP0020ClosedTaskCodeFix())
{
    [Fact]
    public Task Returned_tasks_are_awaited() => Fixes(
        """
        interface IReader { Task<string> ReadAsync(); }

        class C : IReader
        {
            public Task<string> ReadAsync()
            {
                using var client = new HttpClient(); // short-lived
                // the page
                return [|client.GetStringAsync("x")|]; // as text
            }

            Task Plain(bool none)
            {
                if (none)
                    return Task.CompletedTask;
                using (var file = File.Create("x"))
                {
                    return [|file.WriteAsync(new byte[1], 0, 1)|];
                }
            }

            ValueTask<int> Value(byte[] buffer)
            {
                using var file = File.OpenRead("x");
                var task = [|file.ReadAsync(buffer.AsMemory())|];
                return task;
            }

            Task<string> Caught(HttpClient client)
            {
                try
                {
                    return [|client.GetStringAsync("x")|];
                }
                catch (HttpRequestException)
                {
                    return Task.FromResult("");
                }
            }

            Task<string> Lambda() => Task.Run(() =>
            {
                using var client = new HttpClient();
                return [|client.GetStringAsync("x")|];
            });

            Task<string> Local()
            {
                return Inner();

                Task<string> Inner()
                {
                    using var client = new HttpClient();
                    return [|client.GetStringAsync("x")|];
                }
            }
        }
        """,
        """
        interface IReader { Task<string> ReadAsync(); }

        class C : IReader
        {
            public async Task<string> ReadAsync()
            {
                using var client = new HttpClient(); // short-lived
                // the page
                return await client.GetStringAsync("x"); // as text
            }

            async Task Plain(bool none)
            {
                if (none)
                    return;
                using (var file = File.Create("x"))
                {
                    await file.WriteAsync(new byte[1], 0, 1);
                }
            }

            async ValueTask<int> Value(byte[] buffer)
            {
                using var file = File.OpenRead("x");
                var task = file.ReadAsync(buffer.AsMemory());
                return await task;
            }

            async Task<string> Caught(HttpClient client)
            {
                try
                {
                    return await client.GetStringAsync("x");
                }
                catch (HttpRequestException)
                {
                    return "";
                }
            }

            Task<string> Lambda() => Task.Run(async () =>
            {
                using var client = new HttpClient();
                return await client.GetStringAsync("x");
            });

            Task<string> Local()
            {
                return Inner();

                async Task<string> Inner()
                {
                    using var client = new HttpClient();
                    return await client.GetStringAsync("x");
                }
            }
        }
        """);

    [Fact]
    public Task Dropped_tasks_are_awaited() => Fixes(
        """
        class C
        {
            async Task Async()
            {
                using var client = new HttpClient();
                [|client.GetStringAsync("x")|];
                _ = [|client.GetStringAsync("y")|]; // second
                var unread = [|client.GetStringAsync("z")|];
                client?.ToString();
                await Task.Yield();
            }

            void Sync()
            {
                using var client = new HttpClient();
                [|client.GetStringAsync("x")|];
            }
        }
        """,
        """
        class C
        {
            async Task Async()
            {
                using var client = new HttpClient();
                await client.GetStringAsync("x");
                await client.GetStringAsync("y"); // second
                await client.GetStringAsync("z");
                client?.ToString();
                await Task.Yield();
            }

            async Task Sync()
            {
                using var client = new HttpClient();
                await client.GetStringAsync("x");
            }
        }
        """);

    [Fact]
    public Task Callers_of_what_returned_nothing_await_it() => Fixes(
        """
        class C
        {
            void Send(HttpClient given)
            {
                using (given)
                    [|given.GetStringAsync("x")|];
            }

            void Caller()
            {
                Send(new HttpClient());
            }
        }
        """,
        """
        class C
        {
            async Task Send(HttpClient given)
            {
                using (given)
                    await given.GetStringAsync("x");
            }

            async Task Caller()
            {
                await Send(new HttpClient());
            }
        }
        """);

    [Fact]
    public Task Each_return_is_awaited_with_its_comments() => Fixes(
        """
        class C
        {
            public Task SaveAsync(int kind)
            {
                using (var file = File.Create("x")) // the file
                {
                    switch (kind)
                    {
                        case 0:
                            return [|file.FlushAsync()|]; // only flush
                        case 1:
                            // nothing to do
                            return Task.CompletedTask;
                    }

                    if (kind == 2)
                        return Task.FromException(new IOException());
                    try
                    {
                        return kind == 3 ? [|file.WriteAsync(new byte[1], 0, 1)|] : [|file.FlushAsync(default)|];
                    }
                    finally
                    {
                        // end
                    }
                }
            }

            public ValueTask<string> ReadAsync()
            {
                using var reader = new StreamReader("x");
                return new ValueTask<string>([|reader.ReadToEndAsync()|]);
            }
        }
        """,
        """
        class C
        {
            public async Task SaveAsync(int kind)
            {
                using (var file = File.Create("x")) // the file
                {
                    switch (kind)
                    {
                        case 0:
                            await file.FlushAsync(); // only flush
                            return;
                        case 1:
                            // nothing to do
                            return;
                    }

                    if (kind == 2)
                        throw new IOException();
                    try
                    {
                        await (kind == 3 ? file.WriteAsync(new byte[1], 0, 1) : file.FlushAsync(default));
                    }
                    finally
                    {
                        // end
                    }
                }
            }

            public async ValueTask<string> ReadAsync()
            {
                using var reader = new StreamReader("x");
                return await new ValueTask<string>(reader.ReadToEndAsync());
            }
        }
        """);

    [Fact]
    public Task Semaphores_are_held_until_the_end() => Fixes(
        """
        class C
        {
            readonly SemaphoreSlim semaphore = new(1);

            Task Save()
            {
                semaphore.Wait();
                try
                {
                    return [|Task.Run(() => { })|];
                }
                finally
                {
                    semaphore.Release();
                }
            }
        }
        """,
        """
        class C
        {
            readonly SemaphoreSlim semaphore = new(1);

            async Task Save()
            {
                semaphore.Wait();
                try
                {
                    await Task.Run(() => { });
                }
                finally
                {
                    semaphore.Release();
                }
            }
        }
        """);

    [Fact]
    public Task What_cannot_be_awaited_there_gets_no_fix() => OffersNoFix(
        """
        class C
        {
            readonly object gate = new();
            Task kept = Task.CompletedTask;

            Task Locked()
            {
                lock (gate)
                    return [|Task.Run(() => { })|];
            }

            Task<string> Out(out int x)
            {
                x = 1;
                using var client = new HttpClient();
                return [|client.GetStringAsync("x")|];
            }

            async Task Endless()
            {
                using var source = new CancellationTokenSource();
                _ = [|LoopAsync(source.Token)|];
                await Task.Delay(100);
            }

            static async Task LoopAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    await Task.Delay(1);
            }

            void Stored()
            {
                using var client = new HttpClient();
                kept = [|client.GetStringAsync("x")|];
            }

            Task<string> P
            {
                get
                {
                    using var client = new HttpClient();
                    return [|client.GetStringAsync("x")|];
                }
            }

            Task<string> Later()
            {
                var client = new HttpClient();
                var task = [|client.GetStringAsync("x")|];
                client.Dispose();
                return task;
            }
        }
        """);

    [Fact]
    public async Task Titles_say_what_is_done() => Assert.Equal(
        ["Await 'GetStringAsync' and make 'Read' async"],
        await Titles(
            """
            class C
            {
                Task<string> Read()
                {
                    using var client = new HttpClient();
                    return client.GetStringAsync("x");
                }
            }
            """));

    [Fact]
    public Task A_thread_that_would_only_start_the_task_is_not_awaited() => Fixes(
        """
        using System.Net.Http;
        class C
        {
            static Task<string> Unwrapped()
            {
                using var client = new HttpClient();
                return [|Task.Factory.StartNew(() => client.GetStringAsync("a")).Unwrap()|];
            }
        }
        """,
        """
        using System.Net.Http;
        class C
        {
            static async Task<string> Unwrapped()
            {
                using var client = new HttpClient();
                return await client.GetStringAsync("a");
            }
        }
        """);
}
