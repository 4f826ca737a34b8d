using System;
using System.Collections.Generic;
using System.Linq;

namespace AsyncPitfalls.Baselines;

/// <summary>
/// Which findings of a compilation a baseline knows. A finding is known by its rule, its file and its line of code, wherever
/// in the file that line is now; each finding of the baseline stands for one. Of equal lines those are known first that are
/// still in the same member, so that it is the copy that speaks and not the line that was copied.
/// </summary>
/// <param name="baseline">What is known.</param>
/// <param name="present">The files of the compilation, by their paths from the baseline's folder on.</param>
internal sealed class BaselineMatch(BaselineFile baseline, ICollection<string> present)
{
    private readonly IReadOnlyDictionary<string, string> moved = MovedFiles.Of(baseline.Findings.Select(entry => entry.Finding.Path), present);

    /// <summary>For each finding, in the order of the source, the place of its twin in the baseline; null where it is new.</summary>
    public IReadOnlyList<int?> TwinsOf(IReadOnlyList<KnownFinding> findings)
    {
        var twins = new int?[findings.Count];
        foreach (var spot in Enumerable.Range(0, findings.Count).ToLookup(index => BaselineFile.SpotOf(AsKnown(findings[index]))))
        {
            var twinsLeft = baseline.BySpot[spot.Key].ToLookup(twin => baseline.Findings[twin].Finding.Member, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => new Queue<int>(group), StringComparer.Ordinal);
            foreach (var index in spot)
            {
                if (twinsLeft.TryGetValue(findings[index].Member, out var inMember) && inMember.Count > 0)
                    twins[index] = inMember.Dequeue();
            }

            var elsewhere = new Queue<int>(twinsLeft.Values.SelectMany(left => left).OrderBy(twin => twin));
            foreach (var index in spot.Where(index => twins[index] is null))
            {
                if (elsewhere.Count > 0)
                    twins[index] = elsewhere.Dequeue();
            }
        }

        return twins;
    }

    private KnownFinding AsKnown(KnownFinding finding) => moved.TryGetValue(finding.Path, out var before) ? finding with { Path = before } : finding;
}
