using AsyncPitfalls.Benchmarks.Sets;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>The samples of all rounds on one corpus.</summary>
internal sealed class Results(Corpus corpus)
{
    private readonly Dictionary<MeasuredSet, List<Sample>> samples = [];

    public Corpus Corpus => corpus;

    /// <summary>How often all sets were run.</summary>
    public int Rounds => samples.Count == 0 ? 0 : samples.Values.Min(list => list.Count);

    /// <summary>The sets that were measured, in the order of the report.</summary>
    public IEnumerable<MeasuredSet> Sets => samples.Keys;

    public void Add(MeasuredSet set, Sample sample)
    {
        if (!samples.TryGetValue(set, out var list))
            samples.Add(set, list = []);
        list.Add(sample);
    }

    /// <summary>A figure of a set in each round.</summary>
    public Series Of(MeasuredSet set, Func<Sample, double> figure) => new(samples[set].Select(figure));

    /// <summary>The same for ten thousand lines.</summary>
    public Series Per10k(MeasuredSet set, Func<Sample, double> figure) => Of(set, figure).Times(10_000.0 / corpus.Lines);

    /// <summary>The last sample: findings do not differ from round to round.</summary>
    public Sample Last(MeasuredSet set) => samples[set][^1];
}
