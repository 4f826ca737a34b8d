using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class UnboundedConditionsTests
{
    [Theory]
    [InlineData("while (true) { }", true, true)]
    [InlineData("for (;;) { }", true, true)]
    [InlineData("do { } while (true);", true, true)]
    [InlineData("while (!false) { }", true, true)]
    [InlineData("while (Always) { }", true, true)]
    [InlineData("while (!stop.IsCancellationRequested) { }", true, false)]
    [InlineData("while (stop.IsCancellationRequested == false) { }", true, false)]
    [InlineData("while (stop.IsCancellationRequested is false) { }", true, false)]
    [InlineData("while (!source.IsCancellationRequested && running) { }", true, false)]
    [InlineData("while (Volatile.Read(ref running)) { }", true, false)]
    [InlineData("for (; running;) { }", true, false)]
    [InlineData("while (await timer.WaitForNextTickAsync(stop)) { }", true, false)]
    [InlineData("while (n < 3) { }", false, false)]
    [InlineData("while (running && n < 3) { }", false, false)]
    [InlineData("while (own) { }", false, false)]
    [InlineData("while (Next()) { }", false, false)]
    [InlineData("for (var i = 0; i < n; i++) { }", false, false)]
    [InlineData("foreach (var x in new int[n]) { }", false, false)]
    public async Task A_loop_that_only_somebody_outside_ends_is_known(string loop, bool isUnbounded, bool isConstant)
    {
        var snippet = await Snippet.CompileAsync(
            $$"""
            class C
            {
                const bool Always = true;
                bool running = true;
                bool Next() => running;
                async Task M(int n, bool own, CancellationToken stop, CancellationTokenSource source, PeriodicTimer timer) { await Task.Yield(); [|{{loop}}|] }
            }
            """);
        var operation = Assert.IsAssignableFrom<ILoopOperation>(snippet.Operation);
        Assert.Equal(isUnbounded, new UnboundedConditions(snippet.Model).Rules(operation));
        Assert.Equal(isConstant, UnboundedConditions.IsConstant(operation));
    }
}
