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

    [Theory]
    [InlineData("")]
    [InlineData("#define OTHER\n")]
    [InlineData("#define X\n#undef X\n")]
    [InlineData("#if OTHER\n#define X\n#endif\n")]
    public async Task A_call_whose_symbol_is_not_defined_in_the_file(string directives)
    {
        foreach (var call in ConditionalCalls)
        {
            var snippet = await Snippet.CompileAsync(directives + Conditional(call));
            Assert.True(snippet.Model.Unexecuted.Holds(snippet.Operation), directives + call);
        }
    }

    [Theory]
    [InlineData("#define X\n")]
    [InlineData("#define Y\n")]
    [InlineData("#undef Y\n#define X\n")]
    [InlineData("#if !OTHER\n#define X\n#endif\n")]
    public async Task A_call_whose_symbol_is_defined_in_the_file(string directives)
    {
        foreach (var call in ConditionalCalls)
        {
            var snippet = await Snippet.CompileAsync(directives + Conditional(call));
            Assert.False(snippet.Model.Unexecuted.Holds(snippet.Operation), directives + call);
        }
    }

    [Theory]
    [InlineData("partial class C { partial void Hook(int n); void M(string s) => [|Hook(s.Length)|]; }")]
    [InlineData("partial class C { partial void Hook(int n); void M(string s) => Hook([|s.Length|]); }")]
    public async Task A_call_of_a_partial_method_without_a_body(string code)
    {
        var snippet = await Snippet.CompileAsync(code);
        Assert.True(snippet.Model.Unexecuted.Holds(snippet.Operation));
        snippet = await Snippet.CompileAsync(code + " partial class C { partial void Hook(int n) { } }");
        Assert.False(snippet.Model.Unexecuted.Holds(snippet.Operation));
    }

    [Fact]
    public async Task An_attribute_that_is_only_called_so()
    {
        var snippet = await Snippet.CompileAsync(
            """
            class ConditionalAttribute : Attribute { public ConditionalAttribute(string symbol) { } }
            class C { [Conditional("X")] void Log() { } void M() => [|Log()|]; }
            """);
        Assert.False(snippet.Model.Unexecuted.Holds(snippet.Operation));
    }

    private static readonly string[] ConditionalCalls =
    [
        "[|Log(s.Length)|]", "Log([|s.Length|])", "Log(((Func<int>)(() => [|s.Length|]))())",
        "[|s.Extend()|]", "[|new D().Virtual()|]", "[|Generic(s)|]", "this?[|.Log(1)|]",
    ];

    private static string Conditional(string call) =>
        $$"""
        using System.Diagnostics;

        static class E { [Conditional("X"), Conditional("Y")] public static void Extend(this string s) { } }
        class B { [Conditional("X"), Conditional("Y")] public virtual void Virtual() { } }
        class D : B { public override void Virtual() { } }
        class C
        {
            [Conditional("X"), Conditional("Y")] void Log(int n) { }
            [Conditional("X"), Conditional("Y")] void Generic<T>(T value) { }
            void M(string s) { {{call}}; }
        }
        """;
}
