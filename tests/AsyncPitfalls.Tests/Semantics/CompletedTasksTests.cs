using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Known completed by what ran before: awaits, waits, <c>WhenAll</c>, <c>WhenAny</c>, and what takes the knowledge away again.</summary>
public sealed class CompletedTasksTests() : RuleTest(new AP0002BlockingWaitAnalyzer())
{
    [Theory]
    [InlineData("await t; Use(t.Result);")]
    [InlineData("await t.ConfigureAwait(false); Use(t.Result);")]
    [InlineData("await t; Use(t.GetAwaiter().GetResult());")]
    [InlineData("await t; Use(t.ConfigureAwait(false).GetAwaiter().GetResult());")]
    [InlineData("Use(await t); t.Wait();")]
    [InlineData("if (await t > 3) Use(t.Result);")]
    [InlineData("await (t = F()); Use(t.Result);")]
    [InlineData("var value = await t; Use(value + t.Result);")]
    [InlineData("await t.WaitAsync(TimeSpan.FromSeconds(1)); Use(t.Result);")]
    [InlineData("await Task.WhenAll(t, u); Use(t.Result + u.Result);")]
    [InlineData("await Task.WhenAll(new[] { t, u }); Use(t.Result + u.Result);")]
    [InlineData("await Task.WhenAll(new List<Task<int>> { t, u }); Use(t.Result + u.Result);")]
    [InlineData("await Task.WhenAll(t, u).ConfigureAwait(false); Use(t.Result + u.Result);")]
    [InlineData("await Task.WhenAll(Task.WhenAll(t), u); Use(t.Result + u.Result);")]
    [InlineData("var all = Task.WhenAll(t, u); await all; Use(t.Result + u.Result);")]
    [InlineData("var all = Task.WhenAll(t, u); var again = all; await again; Use(t.Result + u.Result);")]
    [InlineData("var all = Task.WhenAll(t, u); try { await all; } catch { Use(all.Exception); } Use(t.Result + u.Result);")]
    [InlineData("var both = new[] { t, u }; await Task.WhenAll(both); Use(t.Result + both[1].Result);")]
    [InlineData("try { await t; } catch { } Use(t.Result);")]
    [InlineData("try { await t; } catch (Exception) { Use(t.Result); }")]
    [InlineData("try { await t; } catch (OperationCanceledException) when (t.IsCanceled) { Use(t.Result); } ")]
    [InlineData("try { await Task.WhenAll(t, u); } catch { Use(t.Result + u.Result); }")]
    [InlineData("try { await t; } finally { Use(1); } Use(t.Result);")]
    [InlineData("try { Use(1); await t; } finally { Use(2); } Use(t.Result);")]
    [InlineData("try { await t; Use(1); } finally { await u; } Use(t.Result + u.Result);")]
    [InlineData("using (var s = new MemoryStream()) { await t; } Use(t.Result);")]
    [InlineData("using var s = new MemoryStream(); await t; Use(t.Result);")]
    [InlineData("lock (this) { } await t; lock (this) { Use(t.Result); }")]
    [InlineData("if (flag) await t; else await t.ConfigureAwait(false); Use(t.Result);")]
    [InlineData("if (flag) return; await t; Use(t.Result);")]
    [InlineData("if (!flag) { await t; } else { throw new Exception(); } Use(t.Result);")]
    [InlineData("switch (n) { case 1: await t; break; default: return; } Use(t.Result);")]
    [InlineData("while (flag) { await t; Use(t.Result); }")]
    [InlineData("do { await t; } while (flag); Use(t.Result);")]
    [InlineData("await t; for (var i = 0; i < n; i++) Use(t.Result);")]
    [InlineData("await t; foreach (var x in new[] { 1, 2 }) Use(t.Result + x);")]
    [InlineData("again: await t; if (flag) goto again; Use(t.Result);")]
    [InlineData("var copy = t; await copy; Use(t.Result);")]
    [InlineData("var copy = t; await t; Use(copy.Result);")]
    [InlineData("var (a, b) = (t, u); await Task.WhenAll(a, b); Use(t.Result + b.Result);")]
    [InlineData("var pair = (t, u); await pair.t; Use(t.Result + pair.t.Result);")]
    [InlineData("var pair = (First: F(), Second: F()); await Task.WhenAll(pair.First, pair.Second); Use(pair.First.Result + pair.Item2.Result);")]
    [InlineData("var o = new { A = F(), B = F() }; await Task.WhenAll(o.A, o.B); Use(o.A.Result + o.B.Result);")]
    [InlineData("await field; Use(field.Result + this.field.Result);")]
    [InlineData("await Auto; Use(Auto.Result);")]
    [InlineData("await this.other.field; Use(other.field.Result);")]
    [InlineData("await Shared; Use(Shared.Result);")]
    [InlineData("await Lazily.Value; Use(Lazily.Value.Result);")]
    [InlineData("var a = t.GetAwaiter(); if (!a.IsCompleted) return; Use(a.GetResult());")]
    [InlineData("var a = t.GetAwaiter(); await t; Use(a.GetResult());")]
    [InlineData("await v; Use(v.AsTask().Result);")]
    [InlineData("await v.Preserve(); Use(v.Result);")]
    [InlineData("var source = new TaskCompletionSource<int>(); source.SetResult(1); Use(source.Task.Result);")]
    [InlineData("source.TrySetCanceled(); Use(source.Task.Result);")]
    [InlineData("Task<int>? x = null; if (flag) { x = F(); await x; } if (x != null) Use(x.Result);")]
    [InlineData("var next = t.ContinueWith(_ => { }); await next; Use(t.Result);")]
    [InlineData("await t; Task<int>? maybe = flag ? t : null; Use(maybe?.Result);")]
    [InlineData("await t; await u; Use((flag ? t : u).Result);")]
    [InlineData("await t; Use((t ?? Task.FromResult(1)).Result);")]
    [InlineData("t ??= F(); await t; Use(t.Result);")]
    [InlineData("await t; Action a = () => Use(t.Result); a();")]
    [InlineData("await t; Use(Local()); int Local() => t.Result;")]
    [InlineData("await t; int Local() { return t.Result; } Func<int> f = Local; Use(f());")]
    [InlineData("await t; Use(Local(t)); int Local(Task<int> x) => x.Result;")]
    [InlineData("try { Action a = () => { Use(1); Use(t.IsCompleted ? t.Result : 0); }; a(); } catch { }")]
    [InlineData("await t; var q = from x in new[] { 1 } select x + t.Result; Use(q);")]
    [InlineData("var all = Task.WhenAll(t, u); t = F(); await all; Use(u.Result);")]
    [InlineData("Task all; if (flag) { await t; all = Task.WhenAll(u, delay); } else { all = Task.WhenAll(t, u); } await all; Use(t.Result + u.Result);")]
    [InlineData("Task all; if (flag) { all = Task.WhenAll(t, u); } else { await t; all = Task.WhenAll(u, delay); } await all; Use(t.Result + u.Result);")]
    [InlineData("var all = Task.WhenAll(t, u); Func<Task> f = async () => { await all; Use(t.Result); }; await f();")]
    [InlineData("Task<int>? none = null; Func<Task> f = async () => { if (none == null) await t; Use(t.Result); }; await f();")]
    [InlineData("Task<int>? none = null; var copy = none; if (flag) { copy = F(); await copy; } if (copy != null) Use(copy.Result);")]
    [InlineData("other.field = null!; other.field ??= Task.FromResult(1); Use(other.field.Result);")]
    [InlineData("var deep = other.other.other.other.other.other.other.field; await deep; Use(deep.Result);")]
    [InlineData("await Task.WhenAll(ts); Task.WaitAll(ts);")]
    public Task Awaited_on_every_path_is_silent(string body) => Silent(In(body));

    [Theory]
    [InlineData("Use(t.[|Result|]); await t;")]
    [InlineData("if (flag) await t; Use(t.[|Result|]);")]
    [InlineData("if (flag) { await t; } else { Use(t.[|Result|]); }")]
    [InlineData("while (flag) { await t; } Use(t.[|Result|]);")]
    [InlineData("for (var i = 0; i < n; i++) { Use(t.[|Result|]); t = F(); await t; t = F(); }")]
    [InlineData("switch (n) { case 1: await t; break; } Use(t.[|Result|]);")]
    [InlineData("await t; t = F(); Use(t.[|Result|]);")]
    [InlineData("await t; if (flag) t = F(); Use(t.[|Result|]);")]
    [InlineData("await t; while (flag) { Use(t.[|Result|]); t = F(); }")]
    [InlineData("await t; Swap(ref t); Use(t.[|Result|]);")]
    [InlineData("await t; Make(out t); Use(t.[|Result|]);")]
    [InlineData("await t; (t, u) = (u, t); Use(t.[|Result|]);")]
    [InlineData("await t; Action a = () => t = F(); a(); Use(t.[|Result|]);")]
    [InlineData("await t; Again(); Use(t.[|Result|]); void Again() => t = F();")]
    [InlineData("Action a = () => t = F(); await t; a(); Use(t.[|Result|]);")]
    [InlineData("await t; Action a = () => Use(t.[|Result|]); t = F(); a();")]
    [InlineData("var all = Task.WhenAll(t, u); Func<Task> f = async () => { await all; Use(t.[|Result|]); }; t = F(); await f();")]
    [InlineData("Task all = Task.WhenAll(t, u); Func<Task> f = async () => { await all; Use(t.[|Result|]); }; all = Task.CompletedTask; await f();")]
    [InlineData("Task all; if (flag) all = Task.WhenAll(t, u); else all = Task.WhenAll(u, delay); await all; Use(t.[|Result|]);")]
    [InlineData("Task all; if (flag) all = Task.WhenAll(u, delay); else all = Task.WhenAll(t, u); await all; Use(t.[|Result|]);")]
    [InlineData("Task all; if (flag) all = Task.WhenAll(t); else all = Task.WhenAll(u); await all; Use(t.[|Result|]);")]
    [InlineData("Task<int>? none = null; var all = Task.WhenAll(t, u); var some = Task.WhenAll(u, delay); while (flag) t = F(); await all; Use(none); Use(some); Use(t.[|Result|]);")]
    [InlineData("other.other.other.other.other.other.other.source.SetResult(1); Use(other.other.other.other.other.other.other.source.Task.[|Result|]);")]
    [InlineData("try { _ = t.[|Result|]; } catch { Use(t.Result); }")]
    [InlineData("try { Use(1); await t; } catch { Use(t.[|Result|]); }")]
    [InlineData("try { Use(1); await t; } catch { } Use(t.[|Result|]);")]
    [InlineData("try { await u; await t; } finally { Use(t.[|Result|]); }")]
    [InlineData("try { await t.WaitAsync(TimeSpan.FromSeconds(1)); } catch (TimeoutException) { Use(t.[|Result|]); }")]
    [InlineData("try { if (flag) return; await t; } finally { Use(t.[|Result|]); }")]
    [InlineData("await Task.WhenAny(t, u); Use(t.[|Result|]);")]
    [InlineData("var w = await Task.WhenAny(t, u, delay); if (w == delay) return; Use(t.[|Result|]);")]
    [InlineData("var w = await Task.WhenAny(t, delay); if (w == delay) Use(t.[|Result|]);")]
    [InlineData("var w = await Task.WhenAny(t, delay); delay = Task.Delay(5); if (w == delay) return; Use(t.[|Result|]);")]
    [InlineData("var w = await Task.WhenAny(t, delay); w = u; if (w == delay) return; Use(t.[|Result|]);")]
    [InlineData("await Task.WhenAll(u); Use(t.[|Result|]);")]
    [InlineData("_ = Task.WhenAll(t, u); Use(t.[|Result|]);")]
    [InlineData("var all = Task.WhenAll(t, u); t = F(); await all; Use(t.[|Result|]);")]
    [InlineData("var copy = t; t = F(); await copy; Use(t.[|Result|]);")]
    [InlineData("await Fresh; Use(Fresh.[|Result|]);")]
    [InlineData("await F(); Use(F().[|Result|]);")]
    [InlineData("await field; field = F(); Use(field.[|Result|]);")]
    [InlineData("await field; this.field = F(); Use(field.[|Result|]);")]
    [InlineData("await other.field; other = new C(); Use(other.field.[|Result|]);")]
    [InlineData("await t; Func<Task<int>> make = () => t = F(); Action a = () => Use(t.[|Result|]); a();")]
    [InlineData("Action a = () => Use(t.[|Result|]); await t; a();")]
    [InlineData("Use(Local()); await t; Use(Local()); int Local() => t.[|Result|];")]
    [InlineData("await t; Task<int>? maybe = flag ? t : u; Use(maybe.[|Result|]);")]
    [InlineData("var source = new TaskCompletionSource<int>(); Use(source.Task.[|Result|]);")]
    [InlineData("await ((Task)u).ContinueWith(_ => { }); Use(t.[|Result|]);")]
    [InlineData("Use(t.[|Result|] + t.Result);")]
    [InlineData("t.[|Wait|](); Use(t.Result);")]
    [InlineData("t.[|Wait|](token); Use(t.Result);")]
    [InlineData("try { t.[|Wait|](token); } catch (AggregateException e) when (e.InnerExceptions.Count == 1) { Use(e); } Use(t.Result);")]
    [InlineData("try { t.[|Wait|](token); } catch (IOException) { } Use(t.Result);")]
    [InlineData("Use(t.[|Wait|](100)); Use(t.[|Result|]);")]
    [InlineData("if (t.[|Wait|](100)) Use(t.Result);")]
    [InlineData("if (!t.[|Wait|](TimeSpan.FromSeconds(1))) throw new TimeoutException(); Use(t.Result);")]
    [InlineData("if (t.[|Wait|](100)) { } else Use(t.[|Result|]);")]
    [InlineData("Task.[|WaitAll|](t, u); Use(t.Result + u.Result);")]
    [InlineData("if (Task.[|WaitAll|](new[] { t, u }, 100)) Use(t.Result + u.Result);")]
    [InlineData("Task.[|WaitAny|](t, u); Use(t.[|Result|]);")]
    [InlineData("if (Task.[|WaitAny|](t, u) == 0) Use(t.Result); else Use(u.[|Result|]);")]
    [InlineData("var i = Task.[|WaitAny|](t, u); if (i == 1) Use(u.Result);")]
    [InlineData("while (!t.[|IsCompleted|]) { } Use(t.Result);")]
    [InlineData("SpinWait.[|SpinUntil|](() => t.IsCompleted); Use(t.Result);")]
    [InlineData("((IAsyncResult)t).AsyncWaitHandle.[|WaitOne|](); Use(t.Result);")]
    public Task What_is_not_known_on_every_path_is_found(string body) => Reports(In(body));

    [Theory]
    [InlineData("Use(Task.FromResult(1).Result);")]
    [InlineData("Task.CompletedTask.Wait();")]
    [InlineData("Task.CompletedTask.GetAwaiter().GetResult();")]
    [InlineData("Use(Task.FromException<int>(new Exception()).Result);")]
    [InlineData("Use(Task.FromCanceled<int>(token).Result);")]
    [InlineData("Use(ValueTask.FromResult(1).Result);")]
    [InlineData("Use(new ValueTask<int>(1).Result);")]
    [InlineData("default(ValueTask).GetAwaiter().GetResult();")]
    [InlineData("var x = Task.FromResult(1); Use(x.Result);")]
    [InlineData("var x = flag ? Task.FromResult(1) : Task.FromResult(2); Use(x.Result);")]
    [InlineData("Task<int> x; if (flag) x = Task.FromResult(1); else { x = F(); await x; } Use(x.Result);")]
    [InlineData("Use(One.Result + Two.Result);")]
    [InlineData("Use(Task.WhenAll(Task.FromResult(1), Task.FromResult(2)).Result);")]
    [InlineData("Use(((Task<int>)Task.FromResult(1)!).Result);")]
    public Task What_was_made_completed_is_silent(string body) => Silent(In(body));

    [Theory]
    [InlineData("var w = await Task.WhenAny(t, u); Use(w.Result);")]
    [InlineData("Use((await Task.WhenAny(t, u)).Result);")]
    [InlineData("Use((await Task.WhenAny(ts).ConfigureAwait(false)).Result);")]
    [InlineData("var any = Task.WhenAny(ts); var w = await any; Use(w.Result);")]
    [InlineData("if (await Task.WhenAny(t, delay) == t) Use(t.Result);")]
    [InlineData("if (t == await Task.WhenAny(t, delay)) Use(t.Result);")]
    [InlineData("if (await Task.WhenAny(t, delay) != t) throw new TimeoutException(); Use(t.Result);")]
    [InlineData("if (await Task.WhenAny(t, delay) != t) return; else Use(t.Result);")]
    [InlineData("var w = await Task.WhenAny(t, delay); if (w == t) Use(t.Result);")]
    [InlineData("var w = await Task.WhenAny(t, delay); if (w != t) { return; } Use(t.Result);")]
    [InlineData("if (ReferenceEquals(await Task.WhenAny(t, delay), t)) Use(t.Result);")]
    [InlineData("if ((await Task.WhenAny(t, delay)).Equals(t)) Use(t.Result);")]
    [InlineData("Use(await Task.WhenAny(t, delay) == t ? t.Result : 0);")]
    [InlineData("var won = await Task.WhenAny(t, delay) == t; if (won) Use(t.Result);")]
    [InlineData("var w = await Task.WhenAny(t, delay); if (w == delay) throw new TimeoutException(); Use(t.Result);")]
    [InlineData("var w = await Task.WhenAny(t, delay).ConfigureAwait(false); if (delay == w) return; Use(t.Result);")]
    [InlineData("var w = await Task.WhenAny(new Task[] { t, delay }); if (w != delay) Use(t.Result);")]
    [InlineData("if (await Task.WhenAny(t, delay) == delay) return; Use(t.Result);")]
    [InlineData("var late = await Task.WhenAny(t, delay) == delay; if (!late) Use(t.Result);")]
    [InlineData("var pending = ts.ToList(); while (pending.Count > 0) { var done = await Task.WhenAny(pending); pending.Remove(done); Use(done.Result); }")]
    [InlineData("await foreach (var done in Task.WhenEach(ts)) Use(done.Result);")]
    [InlineData("_ = t.ContinueWith(x => Use(x.Result));")]
    [InlineData("_ = t.ContinueWith(_ => Use(t.Result));")]
    [InlineData("_ = t.ContinueWith(delegate (Task<int> x) { Use(x.Result); });")]
    [InlineData("_ = t.ContinueWith(Handle); void Handle(Task<int> x) => Use(x.Result);")]
    [InlineData("_ = t.ContinueWith((x, state) => Use(x.Result), 5);")]
    [InlineData("_ = Task.WhenAll(t, u).ContinueWith(_ => Use(t.Result + u.Result));")]
    [InlineData("_ = Task.Factory.ContinueWhenAll(ts, done => Use(done[0].Result + ts[0].Result));")]
    [InlineData("_ = Task.Factory.ContinueWhenAll(ts, done => Use(done.Sum(x => x.Result)));")]
    [InlineData("_ = Task.Factory.ContinueWhenAny(ts, done => Use(done.Result));")]
    [InlineData("_ = Task.WhenAny(ts).ContinueWith(w => Use(w.Result.Result));")]
    [InlineData("var a = t.GetAwaiter(); a.OnCompleted(() => Use(a.GetResult()));")]
    public Task Winners_and_antecedents_are_silent(string body) => Silent(In(body));

    [Theory]
    [InlineData("Use(ts[Task.[|WaitAny|](ts)].Result);")]
    [InlineData("var i = Task.[|WaitAny|](ts); Use(ts[i].Result);")]
    [InlineData("var i = Task.[|WaitAny|](ts); i++; Use(ts[i].[|Result|]);")]
    [InlineData("if (await Task.WhenAny(t, delay) == delay) Use(t.[|Result|]);")]
    [InlineData("if (await Task.WhenAny(t, delay) != t) Use(t.[|Result|]);")]
    [InlineData("var w = await Task.WhenAny(t, delay); Use(t.[|Result|]);")]
    [InlineData("_ = t.ContinueWith(x => Use(u.[|Result|]));")]
    [InlineData("Use(Task.WhenAny(ts).[|Result|].Result);")]
    [InlineData("Use(F().ContinueWith(x => x.Result).[|Result|]);")]
    public Task Losers_are_found(string body) => Reports(In(body));

    [Theory]
    [InlineData("try { _ = new List<int>(n); await t; } catch { } Use(t.[|Result|]);")]
    [InlineData("try { F(); await t; } catch { } Use(t.[|Result|]);")]
    [InlineData("try { Task.Run(() => 1); await t; } catch { } Use(t.[|Result|]);")]
    [InlineData("try { t.[|Wait|](token); } catch { } Use(t.[|Result|]);")]
    [InlineData("try { t.[|Wait|](token); } catch (Exception) { } Use(t.[|Result|]);")]
    [InlineData("try { t.[|Wait|](token); } catch (AggregateException) { } catch (OperationCanceledException e) when (n > 1) { try { Use(e); } finally { } } Use(t.[|Result|]);")]
    [InlineData("try { try { t.[|Wait|](token); } catch (AggregateException) { } } catch (SystemException) { } Use(t.[|Result|]);")]
    [InlineData("try { t.[|Wait|](token); } finally { Use(t.[|Result|]); }")]
    public Task What_may_throw_before_an_await_is_no_proof(string body) => Reports(In(body));

    [Theory]
    [InlineData("try { await t.ConfigureAwait(false); } catch { } Use(t.Result);")]
    [InlineData("try { await Task.WhenAll(t, Task.FromResult(1), Task.Delay(1)); } catch { } Use(t.Result);")]
    [InlineData("try { await Task.WhenAll(ts.ToArray()); } catch { } Use(ts[0].Result);")]
    [InlineData("try { await Task.WhenAll(ts.ToList()); } catch { } Use(ts[0].Result);")]
    [InlineData("try { var any = Task.WhenAny(t, u); await t; } catch { } Use(t.Result);")]
    [InlineData("try { await v.AsTask(); } catch { } Use(v.Result);")]
    [InlineData("try { await v.Preserve(); } catch { } Use(v.Result);")]
    [InlineData("try { var a = t.GetAwaiter(); await t; } catch { } Use(t.Result);")]
    [InlineData("try { var w = u.WaitAsync(token); await t; } catch { } Use(t.Result);")]
    [InlineData("_ = t is not { IsCompleted: true, Result: 1 };")]
    [InlineData("_ = (t, t) is ({ IsCompleted: true }, { Result: 1 });")]
    [InlineData("_ = t is { IsCompleted: true, Result: 1 } or null;")]
    [InlineData("_ = t is { IsCompleted: true } and { Result: 1 };")]
    [InlineData("_ = (t, u) is ({ IsCompleted: true, Result: 1 }, _);")]
    public Task What_makes_or_matches_a_task_fails_before_nothing(string body) => Silent(In(body));

    [Theory]
    [InlineData("void M(Task<int> t) => t.ContinueWith(Handle); private static int Handle(Task<int> x) => x.Result;")]
    [InlineData("void M(Task<int> t, Task<int> u) { t.ContinueWith(Handle); u.ContinueWith(Handle); } void Handle(Task<int> x) { Console.WriteLine(x.Result); }")]
    [InlineData("void M(Task<int>[] ts) => Task.Factory.ContinueWhenAll(ts, Handle); void Handle(Task<int>[] xs) { Console.WriteLine(xs[0].Result); }")]
    [InlineData("struct Awaiter : System.Runtime.CompilerServices.INotifyCompletion { Task<int> t; public bool IsCompleted => t.IsCompleted; public void OnCompleted(Action next) { } public int GetResult() => t.Result; }")]
    [InlineData("class Source : System.Threading.Tasks.Sources.IValueTaskSource<int> { Task<int> t = null!; public int GetResult(short token) => t.Result; public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short token) => default; public void OnCompleted(Action<object?> next, object? state, short token, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags flags) { } }")]
    public Task Members_that_run_only_after_the_task_are_silent(string member) => Silent($"class C {{ {member} }}");

    [Theory]
    [InlineData("void M(Task<int> t) => t.ContinueWith(Handle); public int Handle(Task<int> x) => x.[|Result|];")]
    [InlineData("void M(Task<int> t) { t.ContinueWith(Handle); Array.ForEach(new[] { t }, Handle); } void Handle(Task<int> x) { Console.WriteLine(x.[|Result|]); }")]
    [InlineData("void M(Task<int> t) { t.ContinueWith(Handle); Action<Task<int>> later = Handle; later(t); Each += Handle; } event Action<Task<int>>? Each; void Handle(Task<int> x) { Console.WriteLine(x.[|Result|]); }")]
    [InlineData("Task<int> t = null!; public int GetResult() => t.[|Result|];")]
    [InlineData("class Own { public void ContinueWith(Action<Task<int>> a) { } } void M(Own own) => own.ContinueWith(x => Console.WriteLine(x.[|Result|]));")]
    [InlineData("void M(Task<int> t) => Task.FromResult(t).ContinueWith(x => x.Result.[|Result|]);")]
    [InlineData("void M(Task<int> t) => Task.Factory.StartNew(x => ((Task<int>)x!).[|Result|], t);")]
    [InlineData("struct Awaiter : System.Runtime.CompilerServices.INotifyCompletion { Task<int> t; public bool IsCompleted => t.IsCompleted; public void OnCompleted(Action next) { } public int GetResult() => 1; public int Result() => t.[|Result|]; }")]
    public Task Members_that_others_may_run_are_found(string member) => Reports($"class C {{ {member} }}");

    [Fact]
    public async Task A_body_of_two_thousand_statements_is_done_at_once()
    {
        var statements = Enumerable.Range(0, 500).Select(i => $"var t{i} = F(); try {{ await t{i}; }} catch (Exception) {{ Use({i}); }} if (flag) Use(t{i}.Result);");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Silent(In(string.Join("\n", statements)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
    }

    internal static string In(string body) =>
        $$"""
        class C
        {
            private Task<int> field = F();
            private C other = null!;
            private readonly TaskCompletionSource<int> source = new();
            private static readonly Task<int> One = Task.FromResult(1);
            private static Task<int> Two { get; } = Task.FromResult(2);
            private static Task<int> Shared = F();
            private static readonly Lazy<Task<int>> Lazily = new(F);
            private Task<int> Auto { get; set; } = F();
            private Task<int> Fresh => F();

            public async Task M(Task<int> t, Task<int> u, ValueTask<int> v, Task<int>[] ts, Task delay, bool flag, int n, CancellationToken token)
            {
                await Task.Yield();
                {{body}}
            }

            static Task<int> F() => Task.Run(() => 1);
            static void Swap(ref Task<int> x) => x = F();
            static void Make(out Task<int> x) => x = F();
            static void Use(object? o) { }
        }
        """;
}
