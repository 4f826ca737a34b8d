using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks still work with what a <c>using</c> or <c>finally</c> disposes.</summary>
public sealed class AP0020ClosedTaskTests() : RuleTest(new AP0020ClosedTaskAnalyzer())
{
    [Fact]
    public Task Tasks_returned_out_of_a_using_are_found() => Reports(
        """
        class C
        {
            HttpClient field = new();

            Task<string> Declaration()
            {
                using var client = new HttpClient();
                return [|client.GetStringAsync("x")|];
            }

            Task<string> Statement()
            {
                using (var client = new HttpClient())
                {
                    return [|client.GetStringAsync("x")|];
                }
            }

            Task<string> Bare()
            {
                using (var client = new HttpClient())
                    return [|client.GetStringAsync("x")|]!;
            }

            Task<string> Expression(HttpClient given)
            {
                using (given)
                    return [|given.GetStringAsync("x")|];
            }

            Task<string> Field()
            {
                using (field)
                    return [|field.GetStringAsync("x")|];
            }

            Task<string> Assigned()
            {
                HttpClient client;
                using (client = new HttpClient())
                    return [|client.GetStringAsync("x")|];
            }

            Task Nested()
            {
                using (var file = File.OpenRead("a"))
                using (var reader = new StreamReader(file))
                    return [|reader.ReadToEndAsync()|];
            }

            Task Several()
            {
                using Stream from = File.OpenRead("a"), to = File.Create("b");
                return [|from.CopyToAsync(to)|];
            }

            Task<string?> Conditional(bool none)
            {
                using var client = none ? null : new HttpClient();
                return [|client?.GetStringAsync("x")|]! ?? Task.FromResult<string?>(null);
            }

            ValueTask<int> Value(byte[] buffer)
            {
                using var file = File.OpenRead("a");
                return [|file.ReadAsync(buffer.AsMemory())|];
            }

            ValueTask<string> Wrapped()
            {
                using var client = new HttpClient();
                return new ValueTask<string>([|client.GetStringAsync("x")|]);
            }

            Task<string> Limited()
            {
                using var client = new HttpClient();
                return [|client.GetStringAsync("x")|].WaitAsync(TimeSpan.FromSeconds(1));
            }

            Task Configured()
            {
                using var file = File.OpenRead("a");
                return (Task)([|file.ReadAsync(new byte[1].AsMemory())|]).AsTask();
            }
        }
        """);

    [Fact]
    public Task Tasks_dropped_or_stored_in_a_using_are_found() => Reports(
        """
        class C
        {
            Task pending = Task.CompletedTask;
            readonly List<Task> all = [];

            void Dropped()
            {
                using var client = new HttpClient();
                [|client.GetStringAsync("x")|];
                _ = [|client.GetStringAsync("x")|];
                var unread = [|client.GetStringAsync("x")|];
                [|client?.GetStringAsync("x")|];
            }

            async Task DroppedInAsync()
            {
                await using var file = File.Create("x");
                _ = [|file.WriteAsync(new byte[1], 0, 1)|];
            }

            void Stored(Task[] tasks)
            {
                using var client = new HttpClient();
                pending = [|client.GetStringAsync("x")|];
                all.Add([|client.GetStringAsync("x")|]);
                tasks[0] = [|client.GetStringAsync("x")|];
            }

            async Task InLoop(string[] urls)
            {
                var tasks = new List<Task>();
                foreach (var url in urls)
                {
                    using var client = new HttpClient();
                    tasks.Add([|client.GetStringAsync(url)|]);
                }

                await Task.WhenAll(tasks);
            }

            async Task Outside()
            {
                Task<string> task;
                using (var client = new HttpClient())
                {
                    task = [|client.GetStringAsync("x")|];
                }

                await task;
            }
        }
        """);

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
    public Task Arguments_captures_and_what_is_made_of_them_count() => Reports(
        """
        class C
        {
            Task Argument()
            {
                using var stream = File.OpenRead("a");
                return [|SaveAsync(stream)|];
            }

            Task<string> Reader()
            {
                using var stream = File.OpenRead("a");
                var reader = new StreamReader(stream);
                return [|reader.ReadToEndAsync()|];
            }

            Task<string> NewReader()
            {
                using var stream = File.OpenRead("a");
                return [|new StreamReader(stream).ReadToEndAsync()|];
            }

            Task Wrapped()
            {
                using var stream = File.OpenRead("a");
                return [|SaveAsync(new BufferedStream(stream))|];
            }

            Task Capture()
            {
                using var stream = File.OpenRead("a");
                return [|Task.Run(() => stream.ReadByte())|];
            }

            Task Local()
            {
                using var stream = File.OpenRead("a");
                return [|ReadAsync()|];

                async Task ReadAsync()
                {
                    await Task.Yield();
                    stream.ReadByte();
                }
            }

            Task Group()
            {
                using var stream = File.OpenRead("a");
                return [|Task.Run(stream.Flush)|];
            }

            Task Delegate()
            {
                using var stream = File.OpenRead("a");
                Func<Task> work = () => SaveAsync(stream);
                return [|work()|];
            }

            async Task Content(HttpClient client)
            {
                using var response = await client.GetAsync("x");
                _ = [|response.Content.ReadAsStringAsync()|];
            }

            Task Element()
            {
                using var document = System.Text.Json.JsonDocument.Parse("1");
                return [|SaveAsync(document.RootElement)|];
            }

            static async Task SaveAsync(System.Text.Json.JsonElement element) => await File.WriteAllTextAsync("x", element.ToString());

            Task<HttpResponseMessage> Request(HttpClient client)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "x");
                return [|client.SendAsync(request)|];
            }

            Task Token()
            {
                using var source = new CancellationTokenSource(100);
                return [|Task.Delay(1000, source.Token)|];
            }

            Task Waiting(Task task)
            {
                using var source = new CancellationTokenSource(100);
                return [|task.WaitAsync(source.Token)|];
            }

            Task Linked(CancellationToken token)
            {
                using var source = CancellationTokenSource.CreateLinkedTokenSource(token);
                var linked = source.Token;
                return [|Task.Delay(1000, linked)|];
            }

            Task Memory()
            {
                using var stream = new MemoryStream();
                return [|SaveAsync(stream)|];
            }

            static async Task SaveAsync(Stream stream) => await stream.WriteAsync(new byte[1]);
        }
        """);

    [Fact]
    public Task Services_of_a_disposed_scope_are_found() => Reports(
        """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging;

        interface IJob { Task RunAsync(); }

        class C(IServiceProvider services)
        {
            Task Direct()
            {
                using var scope = services.CreateScope();
                return [|scope.ServiceProvider.GetRequiredService<IJob>().RunAsync()|];
            }

            Task Local()
            {
                using (var scope = services.CreateScope())
                {
                    var job = scope.ServiceProvider.GetRequiredService<IJob>();
                    return [|job.RunAsync()|];
                }
            }

            Task Argument()
            {
                using var scope = services.CreateScope();
                return [|StartAsync(scope.ServiceProvider.GetService<IJob>()!)|];
            }

            Task Provider()
            {
                using var scope = services.CreateScope();
                return [|HandleAsync(scope.ServiceProvider)|];
            }

            Task Logs()
            {
                using var scope = services.CreateScope();
                return LogAsync(scope.ServiceProvider.GetRequiredService<ILogger<C>>());
            }

            static Task LogAsync(ILogger logger) => Task.Run(() => logger.LogInformation("x"));
            static async Task HandleAsync(IServiceProvider provider) => await provider.GetRequiredService<IJob>().RunAsync();
            static Task StartAsync(IJob job) => job.RunAsync();
        }
        """, Setup.AspNet);

    [Fact]
    public Task A_finally_that_disposes_is_found() => Reports(
        """
        class C
        {
            Task<string> Plain()
            {
                var client = new HttpClient();
                try
                {
                    return [|client.GetStringAsync("x")|];
                }
                finally
                {
                    client.Dispose();
                }
            }

            Task<string> IfNotNull()
            {
                HttpClient? client = null;
                try
                {
                    client = new HttpClient();
                    var task = [|client.GetStringAsync("x")|];
                    return task;
                }
                finally
                {
                    client?.Dispose();
                }
            }

            Task Cast(Stream stream)
            {
                try
                {
                    return [|stream.FlushAsync()|];
                }
                finally
                {
                    if (stream != null)
                        ((IDisposable)stream).Dispose();
                }
            }

            Task Pattern(Stream stream)
            {
                try
                {
                    return [|stream.FlushAsync()|];
                }
                finally
                {
                    if (stream is IDisposable disposable)
                        disposable.Dispose();
                }
            }

            Task Closed(Stream stream)
            {
                try
                {
                    return [|stream.FlushAsync()|];
                }
                finally
                {
                    stream.Close();
                }
            }

            async Task Dropped(Stream stream)
            {
                try
                {
                    _ = [|stream.FlushAsync()|];
                }
                finally
                {
                    await stream.DisposeAsync().ConfigureAwait(false);
                }
            }

            Task Pooled(Stream stream)
            {
                var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(10);
                try
                {
                    return [|stream.WriteAsync(buffer, 0, 10)|];
                }
                finally
                {
                    System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
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
    public Task Lambdas_and_local_functions_are_functions_of_their_own() => Reports(
        """
        class C
        {
            Func<Task<string>> lambda = () =>
            {
                using var client = new HttpClient();
                return [|client.GetStringAsync("x")|];
            };

            Task<string> M()
            {
                return Task.Run(delegate
                {
                    using var client = new HttpClient();
                    return [|client.GetStringAsync("x")|];
                });
            }

            Task<string> L()
            {
                return Local();

                static Task<string> Local()
                {
                    using var client = new HttpClient();
                    return [|client.GetStringAsync("x")|];
                }
            }

            Task<string> P
            {
                get
                {
                    using var client = new HttpClient();
                    return [|client.GetStringAsync("x")|];
                }
            }
        }
        """);

    [NeedsCSharpFact(14)]
    public Task Extension_members_are_functions_too() => Reports(
        """
        static class C
        {
            extension(string path)
            {
                public Task<string> ReadAsync()
                {
                    using var reader = new StreamReader(path);
                    return [|reader.ReadToEndAsync()|];
                }
            }
        }
        """);

    [Fact]
    public Task Top_level_statements_are_a_function() => Reports(
        """
        using var client = new HttpClient();
        _ = [|client.GetStringAsync("x")|];
        await client.GetStringAsync("y");
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
    public Task Disposables_that_the_task_does_not_use_are_silent() => Silent(
        """
        using Microsoft.Extensions.Logging;
        using System.Diagnostics;

        class C(ILogger logger, ActivitySource source)
        {
            Task Suppressed()
            {
                using (ExecutionContext.SuppressFlow())
                    return Task.Run(() => { });
            }

            Task Flow()
            {
                using var flow = ExecutionContext.SuppressFlow();
                return RunAsync();
            }

            Task Scoped()
            {
                using (logger.BeginScope("x"))
                    return RunAsync();
            }

            Task Traced()
            {
                using var activity = source.StartActivity("x");
                return RunAsync(activity?.Id);
            }

            Task Named()
            {
                using var file = File.OpenRead("a");
                return RunAsync(file.Name, file.Length, file.CanRead);
            }

            Task Copied()
            {
                using var memory = new MemoryStream();
                return RunAsync(memory.ToArray());
            }

            Task Read()
            {
                using var reader = new StreamReader("a");
                var text = reader.ReadToEnd();
                return RunAsync(text);
            }

            Task Sequence()
            {
                using var document = new Document();
                return RunAsync(document.Items(), document.Parts.Select(part => part.Length), document.Parts);
            }

            Task Enumerator()
            {
                using var parts = new List<Stream>().GetEnumerator();
                parts.MoveNext();
                return RunAsync(parts.Current);
            }

            Task Element()
            {
                using var document = System.Text.Json.JsonDocument.Parse("1");
                return RunAsync(document.RootElement.Clone(), document.RootElement.GetRawText());
            }

            class Document : IDisposable
            {
                public List<string> Parts = [];
                public IEnumerable<string> Items() => Parts;
                public void Dispose() { }
            }

            Task Lines()
            {
                using var reader = new StreamReader("a");
                return RunAsync(new { Text = reader.ReadToEnd() });
            }

            Task Foreign(CancellationToken token)
            {
                using var registration = token.Register(() => { });
                return Task.Delay(1000, token);
            }

            Task Other(HttpClient client)
            {
                using var file = File.OpenRead("a");
                return client.GetStringAsync("x");
            }

            Task Text()
            {
                using var writer = new StringWriter();
                return writer.WriteAsync("x");
            }

            Task Completed()
            {
                using var file = File.OpenRead("a");
                return Task.FromResult(file.ReadByte());
            }

            static Task RunAsync(params object?[] values) => Task.Run(() => values);
        }
        """, Setup.AspNet);

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

    [Fact]
    public Task Commands_of_a_connection_that_nobody_waits_for_are_found() => Reports(
        """
        class Program
        {
            static Task Returned()
            {
                using var connection = new Connection();
                return [|connection.GetDatabase().SetAsync("a")|];
            }

            static async Task Last()
            {
                using var connection = new Connection();
                var database = connection.GetDatabase();
                await database.SetAsync("a");
                _ = [|database.SetAsync("b")|];
            }

            static async Task Uncancelled()
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
        }

        class Database
        {
            public async Task SetAsync(string key) => await Task.Delay(1);
        }

        class Connection : IDisposable
        {
            public Database GetDatabase() => new();

            public void Dispose() { }
        }
        """);

    [Fact]
    public Task Half_typed_code_does_not_throw() => Silent(
        """
        class C
        {
            Task M()
            {
                using var client = {|CS0103:Missing|}();
                using (var x = new {|CS0246:Unknown|}())
                    return {|CS0103:y|}.GetAsync();
            }
        }
        """);

    [Fact]
    public async Task Messages_name_the_call_and_what_is_closed()
    {
        var findings = await Findings(
            """
            class C
            {
                Task<string> M()
                {
                    using var client = new HttpClient();
                    return client.GetStringAsync("x");
                }

                Task N()
                {
                    using var source = new CancellationTokenSource(100);
                    return Task.Delay(1000, source.Token);
                }
            }
            """);
        Assert.Equal(
            [
                "The task of 'GetStringAsync' has only begun when 'client' is disposed, with which it still works; await it before that",
                "The task of 'Delay' has only begun when 'source' is disposed, whose token it still holds and which then cancels nothing any more; await it before that",
            ],
            findings.Select(finding => finding.GetMessage()));
        Assert.All(findings, finding => Assert.Equal("using", finding.AdditionalLocations[0].SourceTree!.ToString().Substring(finding.AdditionalLocations[0].SourceSpan.Start, 5)));
    }
}
