using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class InstalledLoopsTests
{
    [Theory]
    [InlineData("[|SynchronizationContext.SetSynchronizationContext(own)|]; F();")]
    [InlineData("var old = SynchronizationContext.Current; [|SynchronizationContext.SetSynchronizationContext(own)|]; F(); SynchronizationContext.SetSynchronizationContext(old);")]
    [InlineData("var old = SynchronizationContext.Current; [|SynchronizationContext.SetSynchronizationContext(own)|]; if (b) return; SynchronizationContext.SetSynchronizationContext(old);")]
    [InlineData("var old = SynchronizationContext.Current; while (b) { [|SynchronizationContext.SetSynchronizationContext(own)|]; try { try { F(); } finally { F(); } } catch { break; } SynchronizationContext.SetSynchronizationContext(old); }")]
    public async Task A_context_that_some_path_leaves_behind_is_found(string body) => Assert.True(await IsLeft(body));

    [Theory]
    [InlineData("var old = SynchronizationContext.Current; [|SynchronizationContext.SetSynchronizationContext(own)|]; try { F(); } finally { SynchronizationContext.SetSynchronizationContext(old); }")]
    [InlineData("[|SynchronizationContext.SetSynchronizationContext(own)|]; try { F(); } finally { SynchronizationContext.SetSynchronizationContext(null); }")]
    [InlineData("new Thread(() => { [|SynchronizationContext.SetSynchronizationContext(own)|]; F(); }).Start();")]
    [InlineData("var old = SynchronizationContext.Current; [|SynchronizationContext.SetSynchronizationContext(old)|];")]
    public async Task One_that_is_restored_or_has_the_thread_for_itself_is_not(string body) => Assert.False(await IsLeft(body));

    private static async Task<bool> IsLeft(string body)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ void F() {{ }} public void M(SynchronizationContext own, bool b) {{ {body} }} }}");
        return snippet.Model.InstalledLoops.IsLeft(Assert.IsAssignableFrom<IInvocationOperation>(snippet.Operation), default);
    }
}
