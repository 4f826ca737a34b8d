namespace AsyncPitfalls.Tests.Semantics;

public sealed class PrecedingAwaitsTests
{
    [Theory]
    [InlineData("await F(); [|Use()|];", true)]
    [InlineData("if (b) await F(); [|Use()|];", true)]
    [InlineData("while (b) { [|Use()|]; await F(); }", true)]
    [InlineData("try { await F(); } finally { [|Use()|]; }", true)]
    [InlineData("try { await F(); } catch { [|Use()|]; }", true)]
    [InlineData("while (b) { try { try { Use(); } finally { Use(); } } catch { Use(); } } [|Use()|]; await F();", false)]
    [InlineData("[|Use()|]; await F();", false)]
    [InlineData("if (b) { await F(); return; } [|Use()|];", false)]
    [InlineData("Func<Task> later = async () => await F(); [|Use()|]; await later();", false)]
    public async Task Whether_some_path_has_awaited_before_is_known(string body, bool isPreceded)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ static async Task F() => await Task.Delay(1); void Use() {{ }} async Task M(bool b) {{ {body} }} }}");
        Assert.Equal(isPreceded, snippet.Model.PrecedingAwaits.Any(snippet.Operation, default));
    }
}
