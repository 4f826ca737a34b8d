using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Tasks of which a glance at the statements tells that they are observed; whatever it tells, the paths must tell too.</summary>
public sealed class SureObservationsTests : TaskFatesTest
{
    [Theory]
    [InlineData("var t = [|F()|]; await t;")]
    [InlineData("var t = [|F()|]; n++; await t;")]
    [InlineData("Task t; t = [|F()|]; await t;")]
    [InlineData("await G(); var t = [|F()|]; await t;")]
    [InlineData("if (b) return; var t = [|F()|]; await t;")]
    [InlineData("var t = G(); if (b) return; t = [|G()|]; await t;")]
    [InlineData("if (b) { var t = [|F()|]; await t; }")]
    [InlineData("var t = [|F()|]; await t; if (b) return;")]
    [InlineData("var t = [|F()|]; await t.ConfigureAwait(false);")]
    [InlineData("var t = [|F()|]; await (t);")]
    [InlineData("var t = [|F()|]; t.Wait();")]
    [InlineData("var t = [|G()|]; n = t.Result;")]
    [InlineData("var t = [|F()|]; Take(t);")]
    [InlineData("var t = [|F()|]; field = t;")]
    [InlineData("var t = [|F()|]; var all = Task.WhenAll(t); await all;")]
    [InlineData("var t = [|F()|]; await Task.WhenAll(new[] { t, G() });")]
    [InlineData("var t = [|F()|]; any = new List<Task>(new[] { t });")]
    [InlineData("var t = [|F()|]; Take(new Task<Task>(() => G())); await t;")]
    [InlineData("Task L() { var t = [|F()|]; return t; }")]
    [InlineData("async Task<int> L() { var t = [|G()|]; return await t; }")]
    [InlineData("IEnumerable<Task> L() { var t = [|F()|]; yield return G(); yield return t; }")]
    [InlineData("var t = [|F()|]; _ = t.IsCompleted; await t;")]
    [InlineData("var t = [|F()|]; if (b) await t; await t;")]
    [InlineData("var t = [|F()|]; foreach (var x in xs) { if (x > 1) break; if (x > 2) continue; } await t;")]
    [InlineData("var t = [|F()|]; for (; ; ) { if (b) break; continue; } await t;")]
    [InlineData("var t = [|F()|]; while (b) { if (n > 1) break; continue; } await t;")]
    [InlineData("var t = [|F()|]; do { if (n > 1) break; continue; } while (b); await t;")]
    [InlineData("var t = [|F()|]; switch (n) { case 1: break; } await t;")]
    [InlineData("var t = [|F()|]; Func<int> f = () => { return 1; }; await t;")]
    [InlineData("var t = [|F()|]; int L() { return 1; } await t;")]
    public async Task Every_path_without_an_exception_observes_it(string body)
    {
        var (task, model) = await TaskOf(body);
        Assert.True(model.SureObservations.Has(task, model.TaskFates.DestinationOf(task)));
        Assert.False(model.TaskFates.Of(task).IsLost);
    }

    [Theory]
    [InlineData("[|F()|];")]
    [InlineData("var t = [|F()|];")]
    [InlineData("var t = [|F()|]; _ = t.Status;")]
    [InlineData("var t = [|F()|]; t = G(); await t;")]
    [InlineData("var t = [|F()|]; if (b) await t;")]
    [InlineData("var t = [|F()|]; while (b) await t;")]
    [InlineData("var t = [|F()|]; _ = b && t.Wait(1);")]
    [InlineData("var t = [|F()|]; await (b ? t : G());")]
    [InlineData("var t = [|F()|]; await (shared ?? t);")]
    [InlineData("var t = [|F()|]; if (b) return; await t;")]
    [InlineData("var t = [|F()|]; { if (b) return; } await t;")]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); await t;")]
    [InlineData("var t = [|F()|]; _ = b ? 1 : throw new Exception(); await t;")]
    [InlineData("var t = [|F()|]; any = string.Concat(b ? \"\" : throw new Exception(), t);")]
    [InlineData("var t = [|F()|]; if (b) goto end; await t; end: n++;")]
    [InlineData("foreach (var x in xs) { var t = [|F()|]; if (x > 1) break; await t; }")]
    [InlineData("foreach (var x in xs) { var t = [|F()|]; if (x > 1) continue; await t; }")]
    [InlineData("foreach (var x in xs) { var t = [|F()|]; switch (x) { case 1: continue; } await t; }")]
    [InlineData("switch (n) { case 1: { var t = [|F()|]; if (b) break; await t; break; } }")]
    [InlineData("IEnumerable<Task> L() { var t = [|F()|]; if (b) yield break; yield return t; }")]
    public async Task A_path_may_lose_it(string body)
    {
        var (task, model) = await TaskOf(body);
        Assert.False(model.SureObservations.Has(task, model.TaskFates.DestinationOf(task)));
        Assert.True(model.TaskFates.Of(task).IsLost);
    }

    [Theory]
    [InlineData("var t = [|F()|]; await G(); await t;", true)]
    [InlineData("var t = [|F()|]; var u = t; await u;", true)]
    [InlineData("var t = [|F()|]; await t;", false)]
    [InlineData("var t = [|F()|]; await G(); t.Wait();", false)]
    [InlineData("var t = G(); await F(); t = [|G()|]; await t;", false)]
    [InlineData("var t = [|F()|]; await t; await G();", false)]
    public async Task An_await_may_come_before_its_own(string body, bool expected)
    {
        var (task, model) = await TaskOf(body);
        Assert.Equal(expected, model.SureObservations.MayComeTooLate(task, model.TaskFates.DestinationOf(task).Variable!));
    }

    private static async Task<(IOperation Task, AsyncModel Model)> TaskOf(string body)
    {
        var snippet = await Compile(body);
        return (TaskIn(snippet), snippet.Model);
    }
}
