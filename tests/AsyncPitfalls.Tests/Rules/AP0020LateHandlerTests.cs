using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Tasks that are returned out of a <c>try</c> whose <c>catch</c> or <c>finally</c> was meant for them.</summary>
public sealed class AP0020LateHandlerTests() : RuleTest(new AP0020ClosedTaskAnalyzer())
{
    [NeedsCSharpFact(12)]
    public Task Catches_that_never_see_the_exception_are_found() => Reports(
        """
        using Microsoft.Extensions.Logging;

        class C(HttpClient client, ILogger logger)
        {
            Task<string> Fallback()
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

            Task Logged()
            {
                try
                {
                    return [|SaveAsync()|];
                }
                catch (Exception e)
                {
                    logger.LogError(e, "x");
                    throw;
                }
            }

            Task Translated()
            {
                try
                {
                    var task = [|SaveAsync()|];
                    return task;
                }
                catch (IOException e)
                {
                    throw new InvalidOperationException("x", e);
                }
            }

            Task<int> LoggedByOwn()
            {
                try
                {
                    return [|Task.Run(() => 1)|];
                }
                catch (Exception e)
                {
                    Note(e);
                    throw;
                }
            }

            static void Note(Exception e) { }

            Task Everything()
            {
                try
                {
                    return [|SaveAsync()|];
                }
                catch
                {
                    return Task.CompletedTask;
                }
            }

            Task<string> After(string url)
            {
                try
                {
                    logger.LogInformation("x");
                    return [|client.GetStringAsync(url)|];
                }
                catch (TaskCanceledException)
                {
                    return Task.FromResult("");
                }
            }

            Task AsyncThrowsNothingAtOnce()
            {
                try
                {
                    return [|SaveAsync()|];
                }
                catch (InvalidOperationException)
                {
                    return Task.CompletedTask;
                }
            }

            static async Task SaveAsync() => await Task.Delay(1);
        }
        """, Setup.AspNet);

    [NeedsCSharpFact(12)]
    public Task Catches_for_what_is_thrown_at_once_are_silent() => Silent(
        """
        class C(HttpClient client)
        {
            Task Converted()
            {
                try
                {
                    return client.GetStringAsync("x");
                }
                catch (Exception e)
                {
                    return Task.FromException(e);
                }
            }

            Task Completed(TaskCompletionSource source)
            {
                try
                {
                    return client.GetStringAsync("x");
                }
                catch (Exception e)
                {
                    source.TrySetException(e);
                    return source.Task;
                }
            }

            Task<string> Validated(string? url)
            {
                try
                {
                    return client.GetStringAsync(url);
                }
                catch (ArgumentException)
                {
                    return Task.FromResult("");
                }
            }

            Task<string> Parsed(string text)
            {
                try
                {
                    var url = new Uri(text).ToString();
                    File.Delete(text);
                    return client.GetStringAsync(url);
                }
                catch (Exception)
                {
                    return Task.FromResult("");
                }
            }

            Task CleanedUp()
            {
                var file = File.OpenRead("x");
                try
                {
                    return ReadAsync(file);
                }
                catch
                {
                    file.Dispose();
                    throw;
                }
            }

            async Task<string> Awaited()
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

            Task<string> Outside()
            {
                Task<string> task;
                try
                {
                    Console.WriteLine();
                }
                catch (IOException)
                {
                }

                task = client.GetStringAsync("x");
                return task;
            }

            static async Task ReadAsync(Stream file)
            {
                using (file)
                    await file.FlushAsync();
            }
        }
        """);

    [NeedsCSharpFact(12)]
    public Task Finally_that_runs_too_early_is_found() => Reports(
        """
        using System.Diagnostics;
        using Microsoft.Extensions.Logging;

        class C(ILogger logger)
        {
            bool busy;
            int running;

            Task Measured()
            {
                var watch = Stopwatch.StartNew();
                try
                {
                    return [|SaveAsync()|];
                }
                finally
                {
                    watch.Stop();
                    logger.LogInformation("took {Time}", watch.Elapsed);
                }
            }

            Task Flagged()
            {
                busy = true;
                try
                {
                    return [|SaveAsync()|];
                }
                finally
                {
                    busy = false;
                }
            }

            Task Told(Func<Task> work)
            {
                try
                {
                    return [|work()|];
                }
                finally
                {
                    Note(1);
                }
            }

            Task Deleted(string path)
            {
                try
                {
                    Note(2);
                    return [|File.WriteAllTextAsync(path, "x")|];
                }
                finally
                {
                    File.Delete(path);
                }
            }

            static void Note(object x) { }

            Task Counted()
            {
                Interlocked.Increment(ref running);
                try
                {
                    return [|SaveAsync()|];
                }
                finally
                {
                    Interlocked.Decrement(ref running);
                }
            }

            static async Task SaveAsync() => await Task.Delay(1);
        }
        """, Setup.AspNet);

    [Fact]
    public Task Finally_that_restores_what_the_start_needed_is_silent() => Silent(
        """
        class C
        {
            static readonly AsyncLocal<string?> Current = new();

            Task Context()
            {
                var before = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(null);
                try
                {
                    return SaveAsync();
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(before);
                }
            }

            Task Ambient()
            {
                var before = Current.Value;
                try
                {
                    Current.Value = "x";
                    return SaveAsync();
                }
                finally
                {
                    Current.Value = before;
                }
            }

            Task Flow()
            {
                var flow = ExecutionContext.SuppressFlow();
                try
                {
                    return SaveAsync();
                }
                finally
                {
                    flow.Undo();
                }
            }

            Task Restored(int state)
            {
                var before = state;
                try
                {
                    return SaveAsync();
                }
                finally
                {
                    Restore(before);
                }
            }

            static void Restore(int state) { }

            Task Empty()
            {
                try
                {
                    return SaveAsync();
                }
                finally
                {
                }
            }

            static async Task SaveAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public async Task Messages_say_what_is_passed()
    {
        var findings = await Findings(
            """
            class C
            {
                readonly object gate = new();

                Task Locked()
                {
                    lock (gate)
                        return SaveAsync();
                }

                Task Caught()
                {
                    try
                    {
                        return SaveAsync();
                    }
                    catch (IOException)
                    {
                        return Task.CompletedTask;
                    }
                }

                static async Task SaveAsync() => await Task.Delay(1);
            }
            """);
        Assert.Equal(
            [
                "The task of 'SaveAsync' has only begun when 'gate' is released, so that it goes on without the lock; await it before that",
                "The task of 'SaveAsync' has only begun when the 'try' is left, so that its 'catch' never sees what goes wrong in it; await it before that",
            ],
            findings.Select(finding => finding.GetMessage()));
    }
}
