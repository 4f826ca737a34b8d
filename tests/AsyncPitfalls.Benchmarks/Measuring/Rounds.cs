using System.Diagnostics;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>Runs every set on every corpus, round by round, so that a machine that is busy for a while slows all alike.</summary>
internal static class Rounds
{
    /// <summary>The samples of all rounds; of those that are done where somebody does not wait for the rest.</summary>
    public static async Task<IReadOnlyList<Results>> RunAsync(IReadOnlyList<(Corpus Corpus, IReadOnlyList<MeasuredSet> Sets)> plan, int rounds, CancellationToken cancellation)
    {
        var results = plan.Select(part => new Results(part.Corpus)).ToList();
        try
        {
            // The round before the first one compiles the analyzers' own code.
            for (var round = -1; round < rounds; round++)
            {
                foreach (var ((corpus, sets), result) in plan.Zip(results))
                {
                    Console.Error.Write($"round {round + 1} of {rounds}: {corpus.Name}");
                    await RunAsync(corpus, InTurn(sets, round), round < 0 ? null : result, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (results.All(result => result.Rounds > 0))
        {
            Console.Error.WriteLine("; stopped");
        }

        return results;
    }

    private static async Task RunAsync(Corpus corpus, IReadOnlyList<MeasuredSet> sets, Results? results, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var found = new Dictionary<MeasuredSet, Sample>();
        foreach (var set in sets)
        {
            found.Add(set, await Measurement.RunAsync(corpus, set, cancellation));
            Console.Error.Write($", {set.Key} {found[set].WallMs / 1000:0.0} s");
        }

        foreach (var (set, sample) in found)
            results?.Add(set, sample);
        Console.Error.WriteLine($"; {clock.Elapsed.TotalSeconds:0} s");
    }

    /// <summary>Who comes first meets a machine in another state than who comes last, so they take turns.</summary>
    private static IReadOnlyList<MeasuredSet> InTurn(IReadOnlyList<MeasuredSet> sets, int round)
    {
        var first = (round + sets.Count) % sets.Count;
        return [.. sets.Skip(first), .. sets.Take(first)];
    }
}
