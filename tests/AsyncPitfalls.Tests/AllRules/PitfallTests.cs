namespace AsyncPitfalls.Tests.AllRules;

/// <summary>All rules at once over programs with pitfalls: each spot has one finding, of the rule that knows it best.</summary>
public sealed class PitfallTests
{
    public static TheoryData<string> PitfallCode => [.. Corpus.PitfallCode];

    [Theory]
    [MemberData(nameof(PitfallCode))]
    public Task Every_pitfall_is_found_once_and_nothing_else(string path) => AllRulesRun.ReportsAsync(Corpus.Read(path), Corpus.SetupOf(path));
}
