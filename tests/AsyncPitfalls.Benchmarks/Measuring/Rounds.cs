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
        await WarmUpAsync(plan.SelectMany(part => part.Sets).Distinct(), cancellation);
        var results = plan.Select(part => new Results(part.Corpus)).ToList();
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                foreach (var ((corpus, sets), result) in plan.Zip(results))
                {
                    Console.Error.Write($"round {round + 1} of {rounds}: {corpus.Name}");
                    await AddRoundAsync(result, sets, round, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (results.All(result => result.Rounds > 0))
        {
            Console.Error.WriteLine("; stopped");
        }

        return results;
    }

    private static async Task AddRoundAsync(Results results, IReadOnlyList<MeasuredSet> sets, int round, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var found = new Dictionary<MeasuredSet, Sample>();
        // Who comes first meets a machine in another state than who comes last, so they take turns.
        foreach (var set in sets.Skip(round % sets.Count).Concat(sets.Take(round % sets.Count)))
        {
            found.Add(set, await Measurement.RunAsync(results.Corpus, set, cancellation));
            Console.Error.Write($", {set.Key} {found[set].WallMs / 1000:0.0} s");
        }

        foreach (var set in sets)
            results.Add(set, found[set]);
        Console.Error.WriteLine($"; {clock.Elapsed.TotalSeconds:0} s");
    }

    /// <summary>Compiles the analyzers' own code, which a first run would pay for.</summary>
    private static async Task WarmUpAsync(IEnumerable<MeasuredSet> sets, CancellationToken cancellation)
    {
        var corpus = Corpus.Generated(5_000);
        foreach (var set in sets)
            await Measurement.RunAsync(corpus, set, cancellation);
    }
}
