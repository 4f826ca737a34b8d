namespace AsyncPitfalls.Tests.AllRules.Precedence;

/// <summary>
/// The base of the tests of two rules that see one defect: the first of them speaks. The code also has a look-alike of which
/// the second one speaks, so that its silence says something.
/// </summary>
public abstract class PrecedenceTest
{
    /// <summary>All rules together find what is marked, each with the id that the mark names, and nothing else.</summary>
    protected static Task Check(string code, Setup? setup = null) =>
        AllRulesRun.ReportsAsync(Markup.Parse(code, "none"), (setup ?? Setup.Default) with { EditorConfig = On });

    private static string On => string.Join('\n', Package.Analyzers
        .SelectMany(analyzer => analyzer.SupportedDiagnostics)
        .Where(rule => !rule.IsEnabledByDefault)
        .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = suggestion"));
}
