using System.Collections.Immutable;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>What one run of a set of rules over a corpus took.</summary>
/// <param name="Rules">Milliseconds in the actions of each analyzer, by its first id: what Roslyn's own telemetry says.</param>
/// <param name="WallMs">From the first compilation to the last finding, compiling included.</param>
/// <param name="CpuMs">Processor time of the whole process meanwhile, on all threads.</param>
/// <param name="AllocatedBytes">What was allocated meanwhile, on all threads.</param>
/// <param name="Findings">What the rules have found.</param>
/// <param name="Crashes">Exceptions that analyzers threw.</param>
internal sealed record Sample(
    ImmutableDictionary<string, double> Rules, double WallMs, double CpuMs, long AllocatedBytes, int Findings, int Crashes)
{
    /// <summary>Milliseconds in the actions of all analyzers.</summary>
    public double AnalyzerMs { get; } = Rules.Values.Sum();
}
