namespace AsyncPitfalls.Tests.Semantics;

public sealed class UnexecutedCodeTests
{
    private const string Expressions = "using System.Linq.Expressions;\n";

    [Theory]
    [InlineData("class C { object M(string s) => nameof([|s.Length|]); }")]
    [InlineData(Expressions + "class C { Expression<Func<string, int>> e = s => [|s.Length|]; }")]
    [InlineData(Expressions + "class C { Expression<Func<string, Func<int>>> e = s => () => [|s.Length|]; }")]
    [InlineData("class C { object M(IQueryable<string> q) => q.Where(s => [|s.Length|] > 0); }")]
    [InlineData("class C { object M(IQueryable<string> q) => from s in q where [|s.Length|] > 0 select s; }")]
    public async Task Code_that_does_not_run_where_it_stands(string code)
    {
        var snippet = await Snippet.CompileAsync(code);
        Assert.True(snippet.Model.Unexecuted.Holds(snippet.Operation));
    }

    [Theory]
    [InlineData("class C { int M(string s) => [|s.Length|]; }")]
    [InlineData("class C { Func<string, int> f = s => [|s.Length|]; }")]
    [InlineData("class C { object M(IEnumerable<string> q) => from s in q where [|s.Length|] > 0 select s; }")]
    [InlineData("class C { object M(IQueryable<string> q, string s) => q.Take([|s.Length|]); }")]
    public async Task Code_that_runs(string code)
    {
        var snippet = await Snippet.CompileAsync(code);
        Assert.False(snippet.Model.Unexecuted.Holds(snippet.Operation));
    }
}
