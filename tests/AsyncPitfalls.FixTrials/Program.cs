using System.Diagnostics;
using AsyncPitfalls.FixTrials;
using AsyncPitfalls.Tests.Framework;

if (Options.Parse(args) is not { } options)
{
    Console.WriteLine(Options.Usage);
    return 2;
}

var settings = new TrialSettings(options.Sample, options.Seed, TimeSpan.FromSeconds(options.Patience), options.Rule) { Compared = Math.Min(options.Sample, 10) };
var folder = options.Out ?? Path.Combine(ReferenceSets.BuildFact("RepositoryRoot"), "artifacts", "fix-trials");
var figures = new Figures();
foreach (var (name, loadAsync) in Subjects.Of(options))
{
    if (!name.Contains(options.Only, StringComparison.OrdinalIgnoreCase))
        continue;
    var clock = Stopwatch.StartNew();
    var (findings, failures) = (figures.Findings.Values.Sum(), figures.Failures.Count);
    foreach (var subject in await loadAsync())
        await Trial.RunAsync(subject, settings, figures);
    Console.WriteLine($"{name}: {figures.Findings.Values.Sum() - findings} findings, {figures.Failures.Count - failures} failures, {clock.Elapsed.TotalSeconds:N0} s");
    Report.Write(folder, figures);
}

Console.WriteLine();
Console.WriteLine(Report.Table(figures));
Console.WriteLine($"{figures.Failures.Count} failures; figures and diffs are in {folder}");
return figures.Failures.Count == 0 ? 0 : 1;
