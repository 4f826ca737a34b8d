using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>What becomes of a task: each end, in its plainest forms.</summary>
public sealed class TaskFatesTests : TaskFatesTest
{
    [Theory]
    [InlineData("await [|F()|];", "Awaited")]
    [InlineData("await [|F()|].ConfigureAwait(false);", "Awaited")]
    [InlineData("await (b ? [|F()|] : G());", "Awaited")]
    [InlineData("await (null ?? [|F()|]);", "Awaited")]
    [InlineData("await (b switch { true => [|F()|], _ => G() });", "Awaited")]
    [InlineData("Task t; await (t = [|F()|]);", "Awaited")]
    [InlineData("var t = [|F()|]; await t;", "Awaited")]
    [InlineData("var t = [|F()|]; var u = t; await u;", "Awaited")]
    [InlineData("var t = [|F()|]; Task u; u = t; t = G(); await u;", "Awaited")]
    [InlineData("var c = [|F()|].ConfigureAwait(false); await c;", "Awaited")]
    [InlineData("var (t, k) = ([|F()|], 1); await t;", "Awaited")]
    [InlineData("Task t; (t, _) = ([|F()|], 1); await t;", "Awaited")]
    [InlineData("[|F()|].Wait();", "WaitedFor")]
    [InlineData("_ = [|G()|].Result;", "WaitedFor")]
    [InlineData("[|F()|]?.Wait();", "WaitedFor")]
    [InlineData("[|F()|].GetAwaiter().GetResult();", "WaitedFor")]
    [InlineData("var t = [|F()|]; t?.Wait();", "WaitedFor")]
    [InlineData("Func<Task> f = () => [|F()|];", "Returned")]
    [InlineData("IEnumerable<Task> Each() { yield return [|F()|]; }", "Returned")]
    [InlineData("await Task.WhenAll([|F()|], G());", "PassedOn")]
    [InlineData("var t = [|F()|]; await Task.WhenAny(t, G());", "PassedOn")]
    [InlineData("_ = [|F()|].ContinueWith(t => t.Exception);", "PassedOn")]
    [InlineData("_ = [|F().ContinueWith(t => t.Exception)|];", "Discarded")]
    [InlineData("var t = [|F()|]; t = t.ContinueWith(u => u.Exception); await t;", "PassedOn")]
    [InlineData("var list = new List<Task> { [|F()|] };", "PassedOn")]
    [InlineData("field = [|F()|];", "Stored")]
    [InlineData("field ??= [|F()|];", "Stored")]
    [InlineData("var array = new Task[1]; array[0] = [|F()|];", "Stored")]
    [InlineData("var array = new[] { [|F()|] };", "Stored")]
    [InlineData("var pair = ([|F()|], 1);", "Stored")]
    [InlineData("var o = new { Task = [|F()|] };", "Stored")]
    [InlineData("void L() { Task t = G(); ref var r = ref t; r = [|F()|]; }", "Stored")]
    [InlineData("Task? t = null; Action a = () => t = [|F()|];", "Stored")]
    [InlineData("var t = [|F()|]; Action a = () => t.Wait();", "Captured")]
    [InlineData("var t = [|F()|]; L(); void L() => t.Wait();", "Captured")]
    [InlineData("_ = [|F()|] == null;", "Inspected")]
    [InlineData("_ = $\"{[|F()|]}\";", "Inspected")]
    [InlineData("_ = [|F()|] is Task<int>;", "Inspected")]
    [InlineData("_ = [|F()|].IsCompleted;", "Inspected")]
    [InlineData("var t = [|F()|]; while (true) { }", "Held")]
    [InlineData("[|F()|];", "Dropped")]
    [InlineData("([|F()|]).ConfigureAwait(false);", "Dropped")]
    [InlineData("Action a = () => [|F()|];", "Dropped")]
    [InlineData("for ([|F()|]; b; ) { }", "Dropped")]
    [InlineData("_ = [|F()|];", "Discarded")]
    [InlineData("(_, var k) = ([|F()|], 1);", "Discarded")]
    [InlineData("_ = b ? [|F()|] : G();", "Discarded")]
    [InlineData("var t = [|F()|];", "Unread")]
    [InlineData("var t = [|F()|]; t = G();", "Unread")]
    [InlineData("var t = [|F()|]; var u = t; _ = u;", "Unread")]
    [InlineData("var t = [|F()|]; t.ToString();", "Unread")]
    [InlineData("var t = [|F()|]; if (b) return; await t;", "LostOnPath")]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); await t;", "LostOnPath")]
    [InlineData("var t = [|F()|]; if (b) await t;", "LostOnPath")]
    [InlineData("var t = [|F()|]; switch (n) { case 1: await t; break; case 2: return; default: await t; break; }", "LostOnPath")]
    [InlineData("var t = [|F()|]; if (b) t = G(); await t;", "LostOnPath")]
    [InlineData("var t = [|F()|]; foreach (var x in xs) await t;", "LostOnPath")]
    [InlineData("foreach (var x in xs) { var t = [|F()|]; if (x > 1) continue; await t; }", "LostOnPath")]
    [InlineData("Task t = G(); foreach (var x in xs) { t = [|F()|]; } await t;", "LostOnPath")]
    [InlineData("var t = [|F()|]; try { if (b) throw new Exception(); await t; } catch (Exception) { }", "LostOnPath")]
    [InlineData("var t = [|F()|]; try { if (b) return; } finally { n++; } await t;", "LostOnPath")]
    [InlineData("var t = [|F()|]; _ = n > 1 ? n : throw new Exception(); await t;", "LostOnPath")]
    [InlineData("var t = [|F()|]; await G(); await t;", "LostToException")]
    [InlineData("var t = [|F()|]; try { await G(); } catch (InvalidOperationException) { return; } await t;", "LostToException")]
    [InlineData("var t = [|F()|]; try { await G(); } finally { await t; }", "Awaited")]
    [InlineData("var t = [|F()|]; try { await G(); } catch { } await t;", "Awaited")]
    [InlineData("var t = [|F()|]; try { if (b) return; } finally { await t; }", "Awaited")]
    [InlineData("var t = [|F()|]; try { if (b) throw new Exception(); } catch { n++; } await t;", "Awaited")]
    [InlineData("var t = [|F()|]; using (new MemoryStream()) { if (b) { await t; return; } } await t;", "Awaited")]
    [InlineData("var t = [|F()|]; lock (xs) { n++; } await t;", "Awaited")]
    [InlineData("var t = [|F()|]; do { n++; } while (n < 3); await t;", "Awaited")]
    [InlineData("Task? t = null; if (b) t = [|F()|]; if (t != null) await t;", "Awaited")]
    [InlineData("Task? t = null; if (b) t = [|F()|]; if (t is not null) await t;", "Awaited")]
    [InlineData("Task? t = null; if (b) t = [|F()|]; if (t == null) return; await t;", "Awaited")]
    [InlineData("Task? t = null; if (b) t = [|F()|]; if (b) await t!;", "Awaited")]
    [InlineData("Task? t = b ? [|F()|] : null; if (b) await t!;", "Awaited")]
    [InlineData("Task? t = null; var s = false; if (n > 1) { t = [|F()|]; s = true; } if (s) await t!;", "Awaited")]
    [InlineData("var t = [|F()|]; if (!t.IsCompleted) await t;", "Awaited")]
    [InlineData("var t = [|F()|]; while (!t.IsCompleted) n++; ", "Held")]
    public Task Each_fate_is_known(string body, string expected) => Check(body, expected);

    [Theory]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); await t;", "new Exception()")]
    [InlineData("var t = [|F()|]; t = G(); await t;", "t = G()")]
    [InlineData("var t = [|F()|]; await G(); await t;", "await G()")]
    [InlineData("var t = [|F()|];", null)]
    [InlineData("var t = [|F()|]; if (n > 1) return; await t;", null)]
    [InlineData("async Task<int> L() { var t = [|F()|]; if (b) return 1; await t; return 2; }", "1")]
    [InlineData("async Task<int> L() { var t = [|F()|]; try { if (b) return 1; } finally { n++; } await t; return 2; }", "1")]
    [InlineData("async Task<int> L() { var t = [|F()|]; try { if (b) throw new Exception(); } catch { return 1; } await t; return 2; }", "1")]
    [InlineData("async Task<int> L() { var t = [|F()|]; try { if (b) throw new Exception(); } catch { t = G(); } await t; return 2; }", "t = G()")]
    public async Task The_place_of_the_loss_is_told(string code, string? expected)
    {
        var snippet = await Compile(code);
        Assert.Equal(expected, snippet.Model.TaskFates.Of(snippet.Operation).Loss?.ToString());
    }

    [Theory]
    [InlineData("try { Func<Task> f = async () => { var t = [|F()|]; await G(); await t; }; await f(); } finally { n++; }", "LostToException")]
    [InlineData("try { } finally { Func<Task> f = async () => { var t = [|F()|]; await G(); await t; }; await f(); }", "LostToException")]
    [InlineData("try { Func<Task> f = async () => { var t = [|F()|]; if (b) return; await t; }; await f(); } catch { n++; }", "LostOnPath")]
    [InlineData("try { } finally { L().Wait(); async Task L() { foreach (var x in xs) { var t = [|F()|]; await t; } } }", "Awaited")]
    [InlineData("using (new MemoryStream()) { Action a = () => { var t = [|F()|]; if (b) throw new Exception(); t.Wait(); }; a(); }", "LostOnPath")]
    public async Task The_regions_around_a_nested_function_are_none_of_its_own(string code, string expected)
    {
        var snippet = await Compile(code);
        Assert.Equal(expected, snippet.Model.TaskFates.Of(snippet.Operation).End.ToString());
    }

    [Theory]
    [InlineData("var t = [|F()|]; Console.WriteLine(t.Status);", true)]
    [InlineData("var t = [|F()|]; if (t != null) n++;", false)]
    public async Task A_question_for_the_state_is_told(string code, bool expected)
    {
        var snippet = await Compile(code);
        Assert.Equal(expected, snippet.Model.TaskFates.Of(snippet.Operation).IsInspected);
    }

    [Theory]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); await t;", true)]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); var u = t; if (n > 1) throw new Exception(); await u;", true)]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); if (n > 1) return; await t;", false)]
    [InlineData("var t = [|F()|]; if (b) return; if (n > 1) throw new Exception(); await t;", false)]
    [InlineData("var t = [|F()|]; try { throw new Exception(); } catch { return; }", false)]
    [InlineData("var t = [|F()|]; if (b) return; await t;", false)]
    [InlineData("var t = [|F()|]; await t;", false)]
    public async Task A_task_that_only_a_throw_loses_is_told(string code, bool expected)
    {
        var snippet = await Compile(code);
        Assert.Equal(expected, snippet.Model.TaskFates.Of(snippet.Operation).IsOnlyThrown);
    }

    [Theory]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); var u = t; if (n > 1) throw new Exception(); await u;", "LostOnPath")]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); if (n > 1) throw new Exception(); await t;", "LostOnPath")]
    public Task More_than_one_throw_loses_a_task_as_well(string body, string expected) => Check(body, expected);

    [Theory]
    [InlineData("var t = [|F()|]; if (b) await t; else t.Wait(); Take(t);", "await t; t.Wait()")]
    [InlineData("var t = [|F()|]; if (b) { Take(t); } else if (n > 1) { await t; } else { t.Wait(); }", "t; await t; t.Wait()")]
    [InlineData("await [|F()|];", "await F()")]
    [InlineData("[|F()|];", "")]
    [InlineData("var t = [|F()|];", "")]
    public async Task Those_who_observe_a_task_are_told_in_their_order(string code, string expected)
    {
        var snippet = await Compile(code);
        Assert.Equal(expected, string.Join("; ", snippet.Model.TaskFates.Of(snippet.Operation).Observers.Select(use => use.Place.Syntax)));
    }

    [Theory]
    [InlineData("var t = [|F()|]; await G(); await t;", "await G()", true)]
    [InlineData("var t = [|F()|]; await G(); await t;", "await t", false)]
    [InlineData("var t = [|F()|]; await G(); if (b) await F(); await t;", "await F()", true)]
    [InlineData("var t = [|F()|]; try { await G(); } catch { n++; } await F(); await t;", "await G()", false)]
    [InlineData("var t = [|F()|]; if (b) return; await G(); await t;", "await G()", false)]
    public async Task An_await_that_loses_a_task_by_throwing_is_told_apart(string code, string failing, bool expected)
    {
        var snippet = await Compile(code);
        var place = snippet.Root.DescendantNodes().Single(node => node is AwaitExpressionSyntax && node.ToString() == failing);
        Assert.Equal(expected, snippet.Model.TaskFates.IsLostTo(snippet.Operation, place, default));
    }

    [Theory]
    [InlineData("[|F()|]; Stop();", true)]
    [InlineData("Stop(); [|F()|];", false)]
    [InlineData("[|F()|]; await G(); Stop();", true)]
    [InlineData("[|F()|]; await Task.Yield(); if (b) Stop();", true)]
    [InlineData("var t = [|F()|]; Stop(); await t;", true)]
    [InlineData("var t = [|F()|]; await t; Stop();", false)]
    [InlineData("var t = [|F()|]; if (b) await t; Stop();", true)]
    [InlineData("var t = [|F()|]; field = t; Stop();", true)]
    [InlineData("var t = [|F()|]; Take(t); Stop();", false)]
    [InlineData("var t = [|F()|]; try { await G(); } catch { Stop(); } await t;", false)]
    [InlineData("var t = [|F()|]; Action a = () => t.Wait(); Stop();", false)]
    [InlineData("var t = [|F()|]; Environment.Exit(0); Stop();", false)]
    [InlineData("[|F()|]; Environment.Exit(0); Stop();", false)]
    public async Task A_call_that_finds_a_task_running_is_told(string code, bool expected)
    {
        var snippet = await Compile(code);
        Assert.Equal(expected, snippet.Model.TaskFates.IsRunningAt(
            (IInvocationOperation)snippet.Operation,
            operation => operation is IInvocationOperation { TargetMethod.Name: "Stop" },
            operation => operation is IInvocationOperation { TargetMethod.Name: "Exit" }));
    }

    [Theory]
    [InlineData("[|F()|];", "Dropped")]
    [InlineData("var t = [|F()|];", "")]
    [InlineData("var t = [|F()|]; await t; Take(t);", "Awaited, PassedOn")]
    [InlineData("var t = [|F()|]; var u = t; t = u; await u; t = G();", "Awaited")]
    [InlineData("var t = [|F()|]; Action a = () => t.Wait();", "WaitedFor")]
    public async Task Every_use_of_a_value_is_found_on_whatever_path(string code, string expected)
    {
        var snippet = await Compile(code);
        Assert.Equal(expected, string.Join(", ", snippet.Model.TaskFates.UsesOf(snippet.Operation).Select(use => use.End)));
    }

    [Theory]
    [InlineData("[|F()|]; Stop();", false)]
    [InlineData("[|F()|]; if (b) Stop();", true)]
    [InlineData("[|F()|]; try { Stop(); } finally { n++; }", false)]
    [InlineData("if (b) { [|F()|]; } Stop();", false)]
    [InlineData("Stop(); [|F()|];", true)]
    [InlineData("while (true) { [|F()|]; }", false)]
    [InlineData("while (true) { [|F()|]; if (b) break; }", true)]
    public async Task Calls_can_end_a_path_safely(string code, bool expected)
    {
        var snippet = await Compile(code);
        var call = (IInvocationOperation)snippet.Operation;
        Assert.Equal(expected, snippet.Model.TaskFates.ReachesEnd(
            call, operation => operation is IInvocationOperation { TargetMethod.Name: "Stop" }));
    }
}
