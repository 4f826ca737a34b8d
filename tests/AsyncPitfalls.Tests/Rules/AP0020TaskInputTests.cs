using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What a task works with, so that closing that is too early for it.</summary>
public sealed class AP0020TaskInputTests() : RuleTest(new AP0020ClosedTaskAnalyzer())
{
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

    [NeedsCSharpFact(12)]
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

            void Dropped()
            {
                using var scope = services.CreateScope();
                _ = [|scope.ServiceProvider.GetRequiredService<IJob>().RunAsync()|];
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

    [NeedsCSharpFact(12)]
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
    public Task What_a_disposed_object_gave_out_counts_where_the_task_goes_on_elsewhere() => Reports(
        """
        class Program
        {
            static Task Returned()
            {
                using var connection = new Connection();
                return [|connection.GetDatabase().SetAsync("a")|];
            }

            static async Task Collected(List<Task> tasks)
            {
                using var connection = new Connection();
                tasks.Add([|connection.GetDatabase().SetAsync("a")|]);
                Task task;
                using (var other = new Connection())
                {
                    task = [|other.GetDatabase().SetAsync("b")|];
                }

                await task;
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
}
