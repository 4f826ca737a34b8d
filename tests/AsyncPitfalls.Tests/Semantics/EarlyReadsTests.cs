using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class EarlyReadsTests
{
    [Theory]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); Use(n); await t;", "n")]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); if (b) await t; Use(n);", "n")]
    [InlineData("int n = 0; Task.Run(() => { n = 1; }); Use(n);", "n")]
    [InlineData("int n = 0; async Task L() { await F(); n = 1; } var t = L(); Use(n + 1); await t;", "n")]
    [InlineData("int n = 0, m = 0; var t = Task.Run(() => { n = 1; m = 2; }); Use(n); Use(m); await t;", "n m")]
    [InlineData("int n = 0; while (b) { var t = Task.Run(() => { n = 1; }); try { try { Use(n); } finally { b = false; } } catch { } await t; }", "n")]
    public async Task Reads_between_the_start_and_the_completion_are_found_in_order(string body, string expected) => Assert.Equal(expected, await ReadsIn(body));

    [Theory]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); await t; Use(n);")]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); t.Wait(); Use(n);")]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); await Task.WhenAll(t, F()); Use(n);")]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); n = 2; Use(n); await t;")]
    [InlineData("int n = 0; Use(n); await Task.Run(() => { n = 1; });")]
    [InlineData("int n = 0; async Task L() { n = 1; await F(); } var t = L(); Use(n); await t;")]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); lock (this) { Use(n); } await t;")]
    [InlineData("int n = 0; var t = Task.Run(() => { n = 1; }); Use(Volatile.Read(ref n)); await t;")]
    [InlineData("int n = 0; var t = Task.Run(() => { Use(n); }); Use(n); await t;")]
    public async Task Other_reads_are_not(string body) => Assert.Equal("", await ReadsIn(body));

    private static async Task<string> ReadsIn(string body)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ static async Task F() => await Task.Delay(1); void Use(int n) {{ }} async Task M(bool b) [|{{ {body} }}|] }}");
        var member = Assert.IsAssignableFrom<IBlockOperation>(snippet.Operation);
        return string.Join(" ", snippet.Model.EarlyReads.In(member, default).Select(read => read.Variable.Name));
    }
}
