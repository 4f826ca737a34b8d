using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.FixTrials;

/// <summary>How much is tried, and for how long.</summary>
/// <param name="Sample">The most findings of a rule that are tried in one subject, drawn by the seed.</param>
/// <param name="Seed">Draws the same findings each time.</param>
/// <param name="Patience">What may take no longer: one fix, or one run of Fix All.</param>
/// <param name="Rule">The only rule to try; null for all.</param>
public sealed record TrialSettings(int Sample = int.MaxValue, int Seed = 1, TimeSpan? Patience = null, string? Rule = null)
{
    /// <summary>The most documents in which Fix All is tried alone and compared with one by one, per rule and idea.</summary>
    public int Compared { get; init; } = int.MaxValue;
}

/// <summary>Code to try fixes on.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Solution">The code.</param>
/// <param name="IsWhole">Whether it compiles; of code that does not, findings beside errors are left out.</param>
public sealed record Subject(string Name, Solution Solution, bool IsWhole = true);

/// <summary>Applies every fix to every finding of a subject, alone and by Fix All, and has each result judged.</summary>
public static class Trial
{
    /// <summary>Tries all rules of a subject, several at the same time.</summary>
    /// <param name="subject">The code.</param>
    /// <param name="settings">How much of it.</param>
    /// <param name="figures">Takes what each rule comes to as soon as it is known.</param>
    /// <param name="noted">Is called after each rule, while the figures do not change.</param>
    public static async Task RunAsync(Subject subject, TrialSettings settings, Figures figures, Action? noted = null)
    {
        var before = new Analysis(Analysis.WithAllOn(subject.Solution));
        var judge = new Judge(before);
        var rules = await FindingsAsync(subject, before, settings.Rule);
        await Parallel.ForEachAsync(rules, async (rule, _) =>
        {
            var trial = new RuleTrial(subject, settings, before, judge, rule.Key);
            await trial.RunAsync([.. rule]);
            figures.Add(trial.Figures, noted);
        });
    }

    private static async Task<IEnumerable<IGrouping<string, Diagnostic>>> FindingsAsync(Subject subject, Analysis before, string? rule)
    {
        var findings = new List<Diagnostic>();
        foreach (var project in before.Solution.Projects)
        {
            await before.FindAllAsync(project.Id);
            foreach (var document in project.Documents)
            {
                foreach (var finding in await before.FindingsAsync(document.Id))
                {
                    if (subject.IsWhole || !await SoundCode.IsBesideErrorAsync(before, document.Id, finding))
                        findings.Add(finding);
                }
            }
        }

        return findings.Where(finding => Fixing.FixOf(finding.Id) is not null && (rule is null || finding.Id == rule))
            .GroupBy(finding => finding.Id).OrderBy(found => found.Key, StringComparer.Ordinal);
    }
}
