using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>By which ways a task leaves what is disposed, and which end inside.</summary>
public sealed class AP0020TaskExitTests() : RuleTest(new AP0020ClosedTaskAnalyzer())
{
    [Fact]
    public Task Tasks_in_locals_are_followed() => Reports(
        """
        class C
        {
            Task<string> Local()
            {
                using var client = new HttpClient();
                var task = [|client.GetStringAsync("x")|];
                Console.WriteLine();
                return task;
            }

            Task<string> Copied()
            {
                using var client = new HttpClient();
                var task = [|client.GetStringAsync("x")|];
                var copy = task;
                return copy;
            }

            Task Combined()
            {
                using var client = new HttpClient();
                var a = client.GetStringAsync("a");
                var b = client.GetStringAsync("b");
                return [|Task.WhenAll(a, b)|];
            }

            Task Collected(string[] urls)
            {
                using var client = new HttpClient();
                var tasks = new List<Task>();
                foreach (var url in urls)
                    tasks.Add(client.GetStringAsync(url));
                return [|Task.WhenAll(tasks)|];
            }

            Task Query(string[] urls)
            {
                using var client = new HttpClient();
                var tasks = urls.Select(url => client.GetStringAsync(url)).ToArray();
                return [|Task.WhenAll(tasks)|];
            }

            async Task<int> OnOnePath(bool early)
            {
                using var client = new HttpClient();
                var task = [|client.GetStringAsync("x")|];
                if (early)
                    return 0;
                return (await task).Length;
            }
        }
        """);

    [Fact]
    public Task Tasks_built_of_others_are_found_as_a_whole() => Reports(
        """
        static class C
        {
            static Task All()
            {
                using var client = new HttpClient();
                return [|Task.WhenAll(client.GetStringAsync("a"), client.GetStringAsync("b"))|];
            }

            static Task Listed()
            {
                using var client = new HttpClient();
                return [|Task.WhenAll(new Task[] { client.GetStringAsync("a"), client.GetStringAsync("b") })|];
            }

            static Task Lazy(string[] urls)
            {
                using var client = new HttpClient();
                return [|Task.WhenAll(urls.Select(url => client.GetStringAsync(url)))|];
            }

            static Task<int> Continued()
            {
                using var client = new HttpClient();
                return [|client.GetStringAsync("a").ContinueWith(task => task.Result.Length)|];
            }

            static Task<string> Unwrapped()
            {
                using var client = new HttpClient();
                return [|Task.Factory.StartNew(() => client.GetStringAsync("a")).Unwrap()|];
            }

            static Task<string> Chosen(bool fast)
            {
                using var client = new HttpClient();
                return fast ? [|client.GetStringAsync("a")|] : [|client.GetStringAsync("b")|];
            }

            static Task<string> Switched(int fast)
            {
                using var client = new HttpClient();
                return fast switch { 0 => [|client.GetStringAsync("a")|], _ => Task.FromResult("") };
            }

            static Task<string> Extended()
            {
                using var client = new HttpClient();
                return [|client.GetStringAsync("a").Retried()|];
            }

            static Task<string> Retried(this Task<string> task) => task;
        }
        """);

    [Fact]
    public Task Awaited_and_waited_for_tasks_are_silent() => Silent(
        """
        class C
        {
            async Task<string> Awaited()
            {
                using var client = new HttpClient();
                return await client.GetStringAsync("x");
            }

            async Task Late()
            {
                using var client = new HttpClient();
                var a = client.GetStringAsync("a");
                var b = client.GetStringAsync("b");
                await Task.WhenAll(a, b);
                var c = client.GetStringAsync("a");
                await c;
                var d = client.GetStringAsync("a");
                if (await Task.WhenAny(d, Task.Delay(1)) != d)
                    return;
                await d;
            }

            Task<string> Waited()
            {
                using var client = new HttpClient();
                var a = client.GetStringAsync("a");
                a.Wait();
                return a;
            }

            async Task Collected(string[] urls)
            {
                using var client = new HttpClient();
                var tasks = new List<Task>();
                foreach (var url in urls)
                    tasks.Add(client.GetStringAsync(url));
                await Task.WhenAll(tasks);
                await Task.WhenAll(urls.Select(url => client.GetStringAsync(url)));
                await Task.WhenAll(new[] { client.GetStringAsync("a"), client.GetStringAsync("b") });
            }

            Task kept = Task.CompletedTask;

            async Task Field()
            {
                using var client = new HttpClient();
                kept = client.GetStringAsync("a");
                await kept;
            }

            async IAsyncEnumerable<string> Iterator()
            {
                using var client = new HttpClient();
                yield return await client.GetStringAsync("a");
            }

            IEnumerable<Task<string>> Enumerated()
            {
                using var client = new HttpClient();
                yield return client.GetStringAsync("a");
            }
        }
        """);

    [Fact]
    public Task Tasks_that_closing_is_meant_to_end_are_silent() => Silent(
        """
        class Program
        {
            static void Main()
            {
                using var client = new HttpClient();
                _ = UseAsync(client);
                Console.ReadLine();
            }

            static async Task Cancelled()
            {
                using var source = new CancellationTokenSource();
                _ = Task.Delay(-1, source.Token);
                await Task.Delay(100);
                source.Cancel();
            }

            static async Task Loop()
            {
                using var client = new HttpClient();
                _ = Task.Run(async () =>
                {
                    while (true)
                        await client.GetStringAsync("x");
                });
                _ = ListenAsync(client);
                await Task.Delay(100);
            }

            static async Task Commands()
            {
                using var connection = new Connection();
                var database = connection.GetDatabase();
                _ = database.SetAsync("a");
                var batch = connection.GetDatabase();
                _ = batch.SetAsync("b");
                await database.SetAsync("c");
                _ = database.SetAsync("d");
                database.Get("d");
                _ = database.SetAsync("e");
                var last = database.SetAsync("f");
                await last;
            }

            static void Signalled()
            {
                using var ready = new ManualResetEvent(false);
                _ = Task.Run(() => ready.Set());
                ready.WaitOne(1000);
            }

            static async Task Linked(HttpClient client)
            {
                using var outer = new CancellationTokenSource(100);
                using var inner = CancellationTokenSource.CreateLinkedTokenSource(outer.Token);
                _ = client.GetStringAsync("x", inner.Token);
                await Task.Delay(10);
                inner.Cancel();
            }

            static async Task Owner()
            {
                var file = File.OpenRead("a");
                try
                {
                    _ = Task.Run(() =>
                    {
                        file.ReadByte();
                        file.Dispose();
                    });
                }
                finally
                {
                    file?.Dispose();
                }

                await Task.Yield();
            }

            static void Inspected()
            {
                using var client = new HttpClient();
                var task = client.GetStringAsync("x");
                if (task.IsFaulted)
                    Console.WriteLine(task.Exception);
            }

            static async Task LeftEarly(bool none)
            {
                CancellationTokenSource? source = null;
                try
                {
                    source = new CancellationTokenSource(100);
                    var task = Task.Delay(1000, source.Token);
                    if (none)
                        return;
                    await task;
                }
                finally
                {
                    source?.Dispose();
                }
            }

            static Task<int> Unresolved(HttpClient client)
            {
                using (client)
                {
                    var task = client.GetStringAsync("x");
                    {|CS0103:Missing|}(task);
                }

                return Task.FromResult(1);
            }

            static async Task UseAsync(HttpClient client) => await client.GetStringAsync("x");

            static async Task ListenAsync(HttpClient client)
            {
                while (true)
                    await client.GetStringAsync("x");
            }
        }

        class Database
        {
            public async Task SetAsync(string key) => await Task.Delay(1);

            public string Get(string key) => key;
        }

        class Connection : IDisposable
        {
            public Database GetDatabase() => new();

            public void Dispose() { }
        }
        """);
}
