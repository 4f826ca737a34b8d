using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class EndlessSyntaxTests
{
    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while ((true)) { }")]
    [InlineData("while (!false) { }")]
    [InlineData("while (1 == 1) { }")]
    [InlineData("while (Never == false) { }")]
    [InlineData("while (never == false) { }")]
    [InlineData("while (!Settings.Never) { }")]
    [InlineData("while (!Own.Never) { }")]
    [InlineData("while (!Space.lower.Never) { }")]
    [InlineData("while (!other.Never) { }")]
    [InlineData("while (n > 0 || true) { }")]
    [InlineData("do { } while (true);")]
    [InlineData("for (; ; ) { }")]
    [InlineData("for (; true; n++) { }")]
    [InlineData("again: n++; goto again;")]
    [InlineData("Task.Delay(-1);")]
    [InlineData("Task.Delay(Never);")]
    [InlineData("Task.Delay(Timeout.Infinite);")]
    [InlineData("Task.Delay(Timeout.InfiniteTimeSpan, clock);")]
    [InlineData("Task.Delay(Timeout.Infinite, CancellationToken.None);")]
    [InlineData("Task.Delay(Timeout.Infinite, default);")]
    [InlineData("Task.Delay(Settings.Forever);")]
    [InlineData("Task.Delay(TimeSpan.FromMilliseconds(-1));")]
    [InlineData("Task.Delay(TimeSpan.FromMilliseconds(Forever));")]
    [InlineData("Task.Delay(TimeSpan.FromMilliseconds(Settings.Forever));")]
    [InlineData("Delay(-1);")]
    public void What_may_go_on_for_ever_looks_endless(string statement) => Looks(statement, true);

    [Theory]
    [InlineData("while (n > 0) { }")]
    [InlineData("while (!source.IsCancellationRequested) { }")]
    [InlineData("while (!source.Token.IsCancellationRequested) { }")]
    [InlineData("while (!given.IsCompleted) { }")]
    [InlineData("while (given.Status == TaskStatus.Running) { }")]
    [InlineData("while (!this.Own.IsDone) { }")]
    [InlineData("while (!base.Done) { }")]
    [InlineData("while (!Make().Done) { }")]
    [InlineData("while (!all[0].Done) { }")]
    [InlineData("while (!new Own().Done) { }")]
    [InlineData("while (true) { break; }")]
    [InlineData("while (true) { return; }")]
    [InlineData("for (; n < 3; ) { }")]
    [InlineData("foreach (var one in all) { }")]
    [InlineData("Task.Delay(1);")]
    [InlineData("Task.Delay(n);")]
    [InlineData("Task.Delay(source.Time);")]
    [InlineData("Task.Delay(TimeSpan.FromSeconds(1));")]
    [InlineData("Task.Delay(TimeSpan.FromSeconds(n), CancellationToken.None);")]
    [InlineData("Task.Delay(Timeout.Infinite, token);")]
    [InlineData("Task.Delay(Timeout.Infinite, source.Token);")]
    [InlineData("clock.Delay(Timeout.InfiniteTimeSpan);")]
    public void What_ends_or_asks_a_variable_does_not(string statement) => Looks(statement, false);

    private static void Looks(string statement, bool expected)
    {
        var tree = CSharpSyntaxTree.ParseText(
            $$"""
            class C : Base
            {
                void M(CancellationTokenSource source, CancellationToken token, Task given, object clock, Own[] all, int n)
                {
                    const bool never = false;
                    {{statement}}
                }
            }
            """);
        Assert.Empty(tree.GetDiagnostics());
        var file = NamedBodies.In(tree, default);
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        Assert.Equal(expected, method.DescendantNodes().Any(file.LooksEndless));
        Assert.Equal(expected, file.Endless.Any(body => body.Node == method));
    }
}
