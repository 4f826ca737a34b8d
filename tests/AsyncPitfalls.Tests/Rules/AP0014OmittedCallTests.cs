using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0014OmittedCallTests() : RuleTest(new AP0014BlockedCallAnalyzer(), new AP0014BlockedCallCodeFix())
{
    private const string Trace =
        """

        static class Log
        {
            [System.Diagnostics.Conditional("TRACING")]
            public static void Trace(string text) { Thread.Sleep(1); Console.WriteLine(text); }
        }
        """;

    [Fact]
    public Task Silent_where_the_compiler_leaves_the_call_out() => Silent(
        "class C { async Task M() { await Task.Yield(); Log.Trace(\"a\"); } }" + Trace);

    [Fact]
    public Task Silent_where_a_method_on_the_way_is_left_out() => Silent(
        "class C { void Save() { Log.Trace(\"a\"); } async Task M() { await Task.Yield(); Save(); } }" + Trace);

    [Fact]
    public Task Silent_in_what_a_call_that_is_left_out_is_given() => Silent(
        "class C { string Text() { Thread.Sleep(1); return \"\"; } async Task M() { await Task.Yield(); Log.Trace(Text()); } }" + Trace);

    [Fact]
    public Task Reports_where_the_symbol_is_defined() => Reports(
        "#define TRACING\nclass C { void Save() { Log.Trace(\"a\"); } async Task M() { await Task.Yield(); Log.[|Trace|](\"a\"); [|Save|](); } }" + Trace);

    [Fact]
    public Task The_file_that_calls_decides() => Silent(
        "class C { async Task M() { await Task.Yield(); Log.Trace(\"a\"); } }\n=== Test/Log.cs\n#define TRACING" + Trace);

    [Fact]
    public Task Offers_no_fix_as_such_a_method_returns_nothing() => OffersNoFix(
        "#define TRACING\nclass C { async Task M() { await Task.Yield(); Log.[|Trace|](\"a\"); } }" + Trace);
}
