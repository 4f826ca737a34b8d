using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class EndlessTasksTests
{
    private const string Others =
        """
         async Task Ever() { while (true) await Task.Delay(1); }
         async Task Until(CancellationToken stop) { while (!stop.IsCancellationRequested) await Task.Delay(1); }
         async Task Once() { await Task.Delay(1); }
        """;

    [Theory]
    [InlineData("Ever()", true)]
    [InlineData("Task.Run(Ever)", true)]
    [InlineData("Task.Run(() => Ever())", true)]
    [InlineData("Task.WhenAll(Once(), Ever())", true)]
    [InlineData("Task.WhenAny(Ever(), Ever())", true)]
    [InlineData("Task.Delay(-1)", true)]
    [InlineData("Task.Delay(Timeout.InfiniteTimeSpan)", true)]
    [InlineData("Ever().ConfigureAwait(false)", true)]
    [InlineData("Once()", false)]
    [InlineData("Until(default)", false)]
    [InlineData("Task.WhenAny(Once(), Ever())", false)]
    [InlineData("Task.Delay(1)", false)]
    [InlineData("Task.Delay(-1, stop)", false)]
    [InlineData("Ever().WaitAsync(stop)", false)]
    [InlineData("Task.Run(Ever, stop)", false)]
    public async Task Tasks_that_nothing_ends_are_known(string task, bool isEndless) =>
        Assert.Equal(isEndless, await IsEndless(task, Endlessness.ForEver));

    [Theory]
    [InlineData("Ever()", true)]
    [InlineData("Until(stop)", true)]
    [InlineData("Task.Delay(-1, stop)", true)]
    [InlineData("Task.Run(() => Until(stop), stop)", true)]
    [InlineData("Once()", false)]
    public async Task Tasks_that_end_only_when_they_are_stopped_are_known(string task, bool isEndless) =>
        Assert.Equal(isEndless, await IsEndless(task, Endlessness.UntilStopped));

    [Fact]
    public async Task Recursion_has_the_same_answers_whoever_is_asked_first()
    {
        const string Members =
            """
            async Task A(int n) { if (n > 0) await B(n); }
            async Task B(int n) { await A(n); await D(n); }
            async Task D(int n) { await B(n); await E(n); }
            async Task E(int n) { if (n > 0) await D(n); while (true) await Task.Delay(n); }
            async Task F(int n) { await F(n); }
            """;
        string[] names = ["A", "B", "D", "E", "F"];
        var code = "class C { " + Members + string.Concat(names.Select(name => $" void Call{name}() {{ [|{name}(1)|]; }}")) + " }";
        var answers = new List<string>();
        for (var shift = 0; shift < names.Length; shift++)
        {
            var snippet = await Snippet.CompileAsync(code);
            var endless = new SortedSet<string>();
            for (var i = 0; i < names.Length; i++)
            {
                var asked = (i + shift) % names.Length;
                if (snippet.Model.EndlessTasks.Of(snippet.Semantics.GetOperation(snippet.Marked[asked])!, Endlessness.ForEver, default) is not null)
                    endless.Add(names[asked]);
            }

            answers.Add(string.Join(" ", endless));
        }

        Assert.Equal("B D E", Assert.Single(answers.Distinct()));
    }

    [Fact]
    public async Task Functions_that_all_call_each_other_are_read_a_few_times_only()
    {
        var calls = string.Concat(Enumerable.Range(0, 60).Select(i => $" await F{i}(n);"));
        var ring = string.Concat(Enumerable.Range(0, 60).Select(i => $" async Task F{i}(int n) {{ if (n > {i}) {{{calls} }} }}"));
        Assert.False(await IsEndless("F0(1)", Endlessness.UntilStopped, ring));
        Assert.False(await IsEndless("F0(1)", Endlessness.ForEver, ring + " async Task F0() { while (true) await F1(1); }"));
    }

    [Fact]
    public async Task Long_chains_of_calls_are_followed_to_their_end()
    {
        var chain = string.Concat(Enumerable.Range(0, 2000).Select(i => $" Task F{i}() => F{i + 1}();"));
        Assert.True(await IsEndless("F0()", Endlessness.ForEver, chain + " Task F2000() => Ever();"));
        Assert.False(await IsEndless("F0()", Endlessness.UntilStopped, chain + " Task F2000() => Once();"));
    }

    [Theory]
    [InlineData("while (true) { try { try { await Once(); } finally { Note(); } } catch { } }", true)]
    [InlineData("while (true) { try { await using var r = Open(); await Once(); } catch (Exception) { Note(); } }", true)]
    [InlineData("try { Note(); } finally { while (true) { try { try { Note(); } finally { Note(); } } catch { } await Once(); } }", true)]
    [InlineData("while (true) { try { try { await Once(); } finally { Note(); } } catch { break; } }", false)]
    public async Task An_exception_from_a_finally_leaves_behind_what_was_to_follow_it(string body, bool isEndless) =>
        Assert.Equal(isEndless, await IsEndless("Turn()", Endlessness.ForEver, $"async Task Turn() {{ {body} }} void Note() {{ }} IAsyncDisposable Open() => null!;"));

    private static async Task<bool> IsEndless(string task, Endlessness by, string members = "")
    {
        var snippet = await Snippet.CompileAsync($"class C {{ {Others} {members} void M(CancellationToken stop) {{ object kept = [|{task}|]; }} }}");
        return snippet.Model.EndlessTasks.Of(snippet.Operation, by, default) is not null;
    }
}
