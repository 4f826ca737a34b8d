using System.Diagnostics;
using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>Runs every set on every corpus, round by round, so that a machine that is busy for a while slows all alike.</summary>
internal static class Rounds
{
    public static async Task<IReadOnlyList<Results>> RunAsync(IReadOnlyList<(Corpus Corpus, IReadOnlyList<MeasuredSet> Sets)> plan, int rounds, CancellationToken cancellation)
    {
        await WarmUpAsync(plan.SelectMany(part => part.Sets).Distinct(), cancellation);
        var results = plan.Select(part => new Results(part.Corpus)).ToList();
        for (var round = 0; round < rounds; round++)
        {
            for (var part = 0; part < plan.Count; part++)
            {
                var clock = Stopwatch.StartNew();
                // Who comes first meets a machine in another state than who comes last, so they take turns.
                var sets = plan[part].Sets;
                var order = sets.Skip(round % sets.Count).Concat(sets.Take(round % sets.Count));
                var found = new Dictionary<MeasuredSet, Sample>();
                Console.Error.Write($"round {round + 1} of {rounds}: {plan[part].Corpus.Name}");
                foreach (var set in order)
                {
                    found.Add(set, await Measurement.RunAsync(plan[part].Corpus, set, cancellation));
                    Console.Error.Write($", {set.Key} {found[set].WallMs / 1000:0.0} s");
                }

                foreach (var set in sets)
                    results[part].Add(set, found[set]);
                Console.Error.WriteLine($"; {clock.Elapsed.TotalSeconds:0} s");
            }
        }

        return results;
    }

    /// <summary>Compiles the analyzers' own code, which a first run would pay for.</summary>
    private static async Task WarmUpAsync(IEnumerable<MeasuredSet> sets, CancellationToken cancellation)
    {
        var corpus = Corpus.Generated(5_000);
        foreach (var set in sets)
            await Measurement.RunAsync(corpus, set, cancellation);
    }
}
