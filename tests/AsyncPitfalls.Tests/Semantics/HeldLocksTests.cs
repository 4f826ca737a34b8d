using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class HeldLocksTests
{
    [Theory]
    [InlineData("[|Monitor.Enter(gate)|]; await F(); Monitor.Exit(gate);", "await F()")]
    [InlineData("[|Monitor.Enter(gate)|]; try { await F(); } finally { Monitor.Exit(gate); }", "await F()")]
    [InlineData("[|mutex.WaitOne()|]; if (b) await F(); else mutex.ReleaseMutex();", "await F()")]
    [InlineData("[|rw.EnterReadLock()|]; await foreach (var x in All()) { } rw.ExitReadLock();", "await foreach (var x in All()) { }")]
    [InlineData("if ([|Monitor.TryEnter(gate)|]) { await F(); Monitor.Exit(gate); }", "await F()")]
    [InlineData("while (b) { [|Monitor.Enter(gate)|]; try { try { await F(); } finally { b = false; } } catch { } Monitor.Exit(gate); }", "await F()")]
    public async Task The_await_that_a_lock_is_held_over_is_told(string body, string expected) => Assert.Equal(expected, await AwaitUnder(body));

    [Theory]
    [InlineData("[|Monitor.Enter(gate)|]; Monitor.Exit(gate); await F();")]
    [InlineData("if (![|Monitor.TryEnter(gate)|]) { await F(); return; } Monitor.Exit(gate);")]
    [InlineData("[|Monitor.Enter(gate)|]; try { b = true; } finally { Monitor.Exit(gate); } await F();")]
    [InlineData("[|rw.EnterReadLock()|]; rw.ExitReadLock(); rw.EnterWriteLock(); await F(); rw.ExitWriteLock();")]
    [InlineData("[|Monitor.Enter(gate)|]; Func<Task> later = async () => await F(); Monitor.Exit(gate); await later();")]
    [InlineData("[|slim.Wait()|]; await F(); slim.Release();")]
    public async Task A_lock_that_is_released_before_or_belongs_to_no_thread_is_not_held(string body) => Assert.Null(await AwaitUnder(body));

    [Theory]
    [InlineData("[|Monitor.Enter(gate)|]; await F(); Monitor.Exit(gate);", true)]
    [InlineData("[|Monitor.Enter(gate)|]; await F();", false)]
    public async Task Whether_the_function_releases_it_is_told(string body, bool isReleased) =>
        Assert.Equal(isReleased, (await Compile(body)) is var snippet && snippet.Model.HeldLocks.Of((IInvocationOperation)snippet.Operation, default)!.IsReleased);

    private static async Task<string?> AwaitUnder(string body)
    {
        var snippet = await Compile(body);
        return snippet.Model.HeldLocks.Of((IInvocationOperation)snippet.Operation, default)?.Await.ToString();
    }

    private static Task<Snippet> Compile(string body) => Snippet.CompileAsync(
        $$"""
        class C
        {
            readonly object gate = new();
            readonly Mutex mutex = new();
            readonly ReaderWriterLockSlim rw = new();
            readonly SemaphoreSlim slim = new(1);
            static async Task F() => await Task.Delay(1);
            static async IAsyncEnumerable<int> All() { await Task.Yield(); yield return 1; }
            async Task M(bool b) { {{body}} }
        }
        """);
}
