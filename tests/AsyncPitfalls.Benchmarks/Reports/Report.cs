using System.Collections.Immutable;

namespace AsyncPitfalls.Benchmarks.Reports;

/// <summary>All figures of a run, as the JSON has them.</summary>
internal sealed record Report(MachineFigures Machine, int Rounds, ImmutableArray<CorpusFigures> Corpora, ImmutableArray<TargetFigures> Targets);

/// <summary>What it was measured on.</summary>
internal sealed record MachineFigures(int Processors, string System, string Net, string Roslyn, ImmutableDictionary<string, string> Peers);

/// <summary>The figures on one corpus.</summary>
internal sealed record CorpusFigures(string Name, int Lines, ImmutableArray<string> LeftOut, ImmutableArray<SetFigures> Sets, ImmutableArray<RuleFigures> Rules);

/// <summary>A median of all rounds, and half the distance from the least to the greatest as a part of it.</summary>
internal sealed record Figure(double Median, double Spread);

/// <summary>A row of the table. What makes no sense for a set is null: the compiler alone has no analyzers.</summary>
/// <param name="AnalyzerMs">Milliseconds in the analyzers' actions, for ten thousand lines.</param>
/// <param name="Scale">The same where the async rules of VSTHRD are 100.</param>
/// <param name="TimesFloor">The same by that of the floor.</param>
/// <param name="OursByThis">That of ours by this.</param>
/// <param name="ShareOfCompiling">The same by the time of the compiler alone.</param>
/// <param name="CpuMs">Processor time of the whole process for ten thousand lines, compiling included.</param>
/// <param name="CpuOverCompiling">By how much that is more than the compiler's alone, as a part of it.</param>
/// <param name="AllocatedMB">Megabytes allocated for ten thousand lines, compiling included.</param>
internal sealed record SetFigures(
    string Key,
    string Name,
    Figure? AnalyzerMs,
    double? Scale,
    double? TimesFloor,
    double? OursByThis,
    double? ShareOfCompiling,
    Figure CpuMs,
    double? CpuOverCompiling,
    Figure AllocatedMB,
    int Findings,
    int Crashes);

/// <summary>One rule of ours among all of ours.</summary>
/// <param name="Ms">Milliseconds in its actions, for ten thousand lines. What rules share is paid by the one that asks first.</param>
/// <param name="Share">As a part of all of ours.</param>
/// <param name="Scale">Where the async rules of VSTHRD are 100.</param>
internal sealed record RuleFigures(string Id, Figure Ms, double Share, double? Scale);

/// <summary>A target, and whether it is met on a corpus.</summary>
/// <param name="Blame">Where it is missed: by which rules, and what would be without them.</param>
internal sealed record TargetFigures(string Target, string Corpus, double Value, double Limit, bool IsMet, string Blame);
