using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which tasks still work with what a <c>using</c> or <c>finally</c> disposes, in every form of both.</summary>
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
            readonly List<Task> all = new();

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
