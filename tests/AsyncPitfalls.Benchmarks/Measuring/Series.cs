namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>A figure of each round.</summary>
internal sealed class Series(IEnumerable<double> values)
{
    private readonly double[] values = [.. values];

    public double Median => MedianOf(values);

    /// <summary>How far the rounds lie apart: half of the distance from the least to the greatest, by the median.</summary>
    public double Spread => Median == 0 ? 0 : (values.Max() - values.Min()) / 2 / Median;

    /// <summary>
    /// The ratio to another figure, round by round: what slows the machine for some minutes slows both of a round. Empty
    /// where the other one is zero.
    /// </summary>
    public Series By(Series other) => new(values.Zip(other.values).Where(pair => pair.Second != 0).Select(pair => pair.First / pair.Second));

    public Series Minus(Series other) => new(values.Zip(other.values, (one, two) => one - two));

    public Series Times(double factor) => new(values.Select(value => value * factor));

    private static double MedianOf(double[] values)
    {
        if (values.Length == 0)
            return double.NaN;
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
