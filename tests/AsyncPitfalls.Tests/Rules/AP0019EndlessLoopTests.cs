using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0019EndlessLoopTests() : RuleTest(new AP0019EndlessLoopAnalyzer())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task F(CancellationToken token = default) => await Task.Delay(1, token);
            public static async IAsyncEnumerable<int> Numbers() { await Task.Yield(); yield return 1; }
            public static void Use(params object?[] values) => Console.WriteLine(values);
        }
        """;

    [Fact]
    public Task Each_kind_of_loop_is_reported_at_its_keyword() => Reports(
        """
        class C
        {
            private const bool Forever = true;
            async Task A() { [|while|] (true) { await Work.F(); } }
            async Task B() { [|for|] (; ; ) await Work.F(); }
            async Task D() { [|for|] (var i = 0; true; i++) { await Work.F(); Work.Use(i); } }
            async Task E() { [|do|] { await Work.F(); } while (true); }
            async Task F() { [|while|] (Forever) await Work.F(); }
            async Task G() { const bool yes = true; [|while|] ((yes)) await Work.F(); }
            async Task H() { [|while|] (1 < 2 && !false) await Work.F(); }
            async Task I() { again: await Work.F(); Work.Use(); [|goto|] again; }
        }
        """ + Work);

    [Fact]
    public Task Loops_of_all_async_functions_are_reported() => Reports(
        """
        class C
        {
            async void A() { [|while|] (true) await Work.F(); }
            async ValueTask<int> B() { [|while|] (true) await Work.F(); }
            Func<Task> D() => async () => { [|while|] (true) await Work.F(); };
            Action E() => async delegate { [|while|] (true) await Work.F(); };
            void F() { async Task Local() { [|while|] (true) await Work.F(); } Local().Wait(); }
            private readonly Func<Task> field = async () => { [|while|] (true) await Work.F(); };
        }
        """ + Work);

    [Fact]
    public Task Top_level_loop_is_reported() => Reports(
        """
        [|while|] (true)
        {
            await Task.Delay(15_000);
            Console.WriteLine();
        }
        """);

    [Fact]
    public Task Awaits_of_all_kinds_count() => Reports(
        """
        class C
        {
            async Task A() { [|while|] (true) { await foreach (var n in Work.Numbers()) Work.Use(n); } }
            async Task B(Func<IAsyncDisposable> open) { [|while|] (true) { await using (open()) { Work.Use(); } } }
            async Task D(Func<IAsyncDisposable> open) { [|while|] (true) { await using var x = open(); Work.Use(x); } }
            async Task E() { [|while|] (true) { try { await Work.F().ConfigureAwait(false)!; } catch (IOException) { continue; } } }
        }
        """.Replace("ConfigureAwait(false)!", "ConfigureAwait(false)") + Work);

    [Fact]
    public Task What_leads_out_of_something_inside_is_no_exit() => Reports(
        """
        class C
        {
            async Task A() { [|while|] (true) { await Work.F(); foreach (var n in new[] { 1 }) { if (n > 0) break; } } }
            async Task B(int n) { [|while|] (true) { await Work.F(); switch (n) { case 1: break; default: continue; } } }
            async Task D() { [|while|] (true) { await Work.F(); Func<int> f = () => { return 1; }; Work.Use(f); } }
            async Task E() { [|while|] (true) { try { await Work.F(); throw new IOException(); } catch (Exception e) { Work.Use(e); } } }
            async Task F() { [|while|] (true) { await Work.F(); Action a = () => throw new IOException(); Work.Use(a); } }
            async Task G() { while (true) { [|while|] (true) await Work.F(); } }
        }
        """.Replace("async Task G() { while", "async Task G() { [|while|]") + Work);

    [Fact]
    public Task Loop_with_an_exit_is_silent() => Silent(
        """
        using System.Diagnostics.CodeAnalysis;

        class C
        {
            private bool stopped;
            async Task A() { while (true) { await Work.F(); if (stopped) break; } }
            async Task B() { while (true) { await Work.F(); if (stopped) return; } }
            async Task D() { while (true) { await Work.F(); if (stopped) throw new IOException(); } }
            async Task E() { while (true) { await Work.F(); Work.Use(stopped ? throw new IOException() : 1); } }
            async Task F() { while (true) { await Work.F(); if (stopped) goto end; } end: Work.Use(); }
            async IAsyncEnumerable<int> G() { while (true) { await Work.F(); yield return 1; } }
            async IAsyncEnumerable<int> H() { while (true) { await Work.F(); if (stopped) yield break; } }
            async Task I() { while (true) { try { await Work.F(); } catch (IOException) { break; } } }
            async Task J() { while (true) { try { await Work.F(); } catch (IOException) { throw; } } }
            async Task K() { while (true) { await Work.F(); ObjectDisposedException.ThrowIf(stopped, this); } }
            async Task L() { while (true) { await Work.F(); Check(); } }
            async Task M() { while (true) { await Work.F(); if (stopped) Environment.Exit(0); } }
            async Task N() { while (true) { await Work.F(); if (stopped) Fail(); } }
            async Task O(int n) { while (true) { await Work.F(); switch (n) { case 1: return; } } }
            async Task P() { again: await Work.F(); if (stopped) return; goto again; }
            void Check() { if (stopped) { throw new IOException(); } }
            [DoesNotReturn] void Fail() => throw new IOException();
        }
        """ + Work);

    [Fact]
    public Task Loop_with_a_condition_is_silent() => Silent(
        """
        class C
        {
            private bool stopped;
            async Task A() { while (!stopped) await Work.F(); }
            async Task B(Queue<int> queue) { while (queue.Count > 0) { await Work.F(); queue.Dequeue(); } }
            async Task D() { for (var i = 0; i < 3; i++) await Work.F(); }
            async Task E(PeriodicTimer timer) { while (await timer.WaitForNextTickAsync()) await Work.F(); }
            async Task F() { do { await Work.F(); } while (!stopped); }
            async Task G(IEnumerable<int> xs) { foreach (var x in xs) await Work.F(); }
            async Task H() { while (false) await Work.F(); }
        }
        """ + Work);

    [Fact]
    public Task Loop_that_has_to_do_with_a_token_is_silent() => Silent(
        """
        class C
        {
            private readonly CancellationTokenSource source = new();
            async Task A(CancellationToken ct) { while (true) { await Work.F(ct); } }
            async Task B(CancellationToken ct) { while (true) { ct.ThrowIfCancellationRequested(); await Work.F(); } }
            async Task D() { while (true) { await Task.Delay(15_000, source.Token); } }
            async Task E() { while (true) { if (source.IsCancellationRequested) await Work.F(); else await Task.Yield(); } }
            async Task F(CancellationToken ct) { while (true) { await Task.Run(() => Work.F(ct)); } }
            async Task G(CancellationToken ct) { while (true) { await foreach (var n in Work.Numbers().WithCancellation(ct)) Work.Use(n); } }
            async Task H(CancellationToken ct) { while (true) { await Work.F(token: ct); await Task.Delay(15_000); } }
        }
        """ + Work);

    [Fact]
    public Task Loop_that_calls_what_has_to_do_with_a_token_of_its_own_is_silent() => Silent(
        """
        class C
        {
            private readonly CancellationTokenSource source = new();
            private readonly CancellationToken stop;
            async Task A() { while (true) { await Step(); } }
            async Task B() { while (true) { Check(); await Work.F(); } }
            async Task D(CancellationToken ct) { while (true) { await Local(); } async Task Local() => await Work.F(ct); }
            async Task E(Context context) { while (true) { await Within(context); } }
            async Task F(CancellationToken ct) { using var own = new CancellationTokenSource(); var token = own.Token; while (true) { await Local(); } Task Local() => Work.F(token); }
            Task Step() => Further();
            async Task Further() => await Work.F(source.Token);
            void Check() => stop.ThrowIfCancellationRequested();
            static Task Within(Context context) => Work.F(context.Aborted);
        }

        class Context { public CancellationToken Aborted { get; } }
        """ + Work);

    [Fact]
    public Task Token_that_only_the_called_method_has_stops_nothing() => Reports(
        """
        class C
        {
            async Task A(CancellationToken ct) { [|while|] (true) { await Step(); } }
            async Task B() { [|while|] (true) { await Timed(); } }
            async Task D() { [|while|] (true) { await Recursive(3); } }
            static Task Step(CancellationToken token = default) => token.IsCancellationRequested ? Task.CompletedTask : Work.F(token);
            static async Task Timed() { using var own = new CancellationTokenSource(100); var token = own.Token; await Work.F(own.Token); await Work.F(token); }
            static async Task Recursive(int n) { await Work.F(); if (n > 0) await Recursive(n - 1); }
        }
        """ + Work);

    [Fact]
    public Task Token_that_nobody_can_cancel_stops_nothing() => Reports(
        """
        class C
        {
            async Task A() { [|while|] (true) await Work.F(default); }
            async Task B() { [|while|] (true) await Work.F(CancellationToken.None); }
            async Task D() { [|while|] (true) await Work.F(default(CancellationToken)); }
            async Task E() { [|while|] (true) await Work.F(new CancellationToken()); }
        }
        """ + Work);

    [Fact]
    public Task Loop_that_awaits_nothing_is_silent() => Silent(
        """
        class C
        {
            void A() { while (true) Thread.Sleep(1); }
            async Task B() { await Work.F(); while (true) Thread.Sleep(1); }
            async Task D() { await Work.F(); while (true) { Func<Task> f = async () => await Work.F(); Work.Use(f); } }
            Task E() { while (true) Work.F().Wait(); }
        }
        """ + Work);

    [Fact]
    public async Task Severity_and_message_say_whether_a_token_is_in_scope()
    {
        var findings = await Findings(
            """
            class Base { protected CancellationToken Stopping { get; } }
            class C
            {
                private readonly CancellationTokenSource source = new();
                async Task Field() { while (true) await Work.F(); }
                static async Task Static() { while (true) await Work.F(); }
                async Task Parameter(CancellationToken ct) { while (true) await Task.Delay(15_000); }
                static void Captured(CancellationToken ct) { Func<Task> f = async () => { while (true) await Work.F(); }; Work.Use(f); }
                static void NotCaptured(CancellationToken ct) { Func<Task> f = static async () => { while (true) await Work.F(); }; Work.Use(f); }
                static async Task Two(CancellationToken one, CancellationToken two) { while (true) await Work.F(); }
                static async Task Local() { using var cts = new CancellationTokenSource(); while (true) await Work.F(); }
                static async Task Later() { while (true) await Work.F(); CancellationToken later = default; }
                class Nested { async Task M() { while (true) await Work.F(); } }
            }
            class D : Base { async Task Inherited() { while (true) await Work.F(); } }
            """.Replace("CancellationToken later = default;", "") + Work);
        Assert.Equal(
            ["source", "-", "ct", "ct", "-", "several", "cts", "-", "-", "Stopping"],
            findings.Select(finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture) switch
            {
                "This loop runs for ever, and nothing can stop it but the end of the process; take a CancellationToken, and loop while it is not cancelled" => "-",
                var some when some.Contains("there are some", StringComparison.Ordinal) => "several",
                var one => one.Split('\'')[1],
            }));
        Assert.Equal(
            [true, false, true, true, false, true, true, false, false, true],
            findings.Select(finding => finding.Severity == DiagnosticSeverity.Warning));
    }

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task A() { while ({|CS1525:)|} { await Work.F(); } }
            async Task B() { while (true) { await {|CS0103:Missing|}({|CS0103:token|}); return; } }
        }
        """ + Work);
}
