using System.Diagnostics;
using AsyncPitfalls.FixTrials;
using AsyncPitfalls.Tests.Framework;

const int MostCompared = 4;

if (Options.Parse(args) is not { } options)
{
    Console.WriteLine(Options.Usage);
    return 2;
}

var settings = new TrialSettings(options.Sample, options.Seed, TimeSpan.FromSeconds(options.Patience), options.Rule) { Compared = Math.Min(options.Sample, MostCompared) };
var folder = options.Out ?? Path.Combine(ReferenceSets.BuildFact("RepositoryRoot"), "artifacts", "fix-trials");
var figures = new Figures();
foreach (var (name, loadAsync) in Subjects.Of(options))
{
    if (!name.Contains(options.Only, StringComparison.OrdinalIgnoreCase))
        continue;
    var clock = Stopwatch.StartNew();
    var (findings, failures) = (figures.Findings.Values.Sum(), figures.Failures.Count);
    var subjects = await loadAsync();
    // Of many small ones the table is written when all have been tried.
    await Parallel.ForEachAsync(subjects, async (subject, _) => await Trial.RunAsync(subject, settings, figures, subjects.Count == 1 ? () => Report.Write(folder, figures) : null));
    Console.WriteLine($"{name}: {figures.Findings.Values.Sum() - findings} findings, {figures.Failures.Count - failures} failures, {clock.Elapsed.TotalSeconds:N0} s");
    Report.Write(folder, figures);
}

Console.WriteLine();
Console.WriteLine(Report.Table(figures));
Console.WriteLine($"{figures.Failures.Count} failures; figures and diffs are in {folder}");
return figures.Failures.Count == 0 ? 0 : 1;
