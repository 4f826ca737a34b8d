namespace AsyncPitfalls.FixTrials;

/// <summary>What is counted of one idea of one rule; of a rule alone where the idea is empty.</summary>
public sealed class Figure
{
    /// <summary>Findings for which the idea was asked.</summary>
    public int Asked { get; set; }

    /// <summary>Findings for which it was offered, all of which were applied.</summary>
    public int Applied { get; set; }

    /// <summary>Runs of Fix All, in any scope.</summary>
    public int AllRuns { get; set; }

    /// <summary>The longest of these runs.</summary>
    public TimeSpan LongestAll { get; set; }

    /// <summary>Documents in which one by one was compared with Fix All.</summary>
    public int Compared { get; set; }

    public Dictionary<FailureKind, int> Failures { get; } = [];

    public void Add(FailureKind kind, int count = 1) => Failures[kind] = Failures.GetValueOrDefault(kind) + count;

    public void Add(Figure other)
    {
        Asked += other.Asked;
        Applied += other.Applied;
        AllRuns += other.AllRuns;
        LongestAll = other.LongestAll > LongestAll ? other.LongestAll : LongestAll;
        Compared += other.Compared;
        foreach (var (kind, count) in other.Failures)
            Add(kind, count);
    }
}

/// <summary>What trials have come to.</summary>
public sealed class Figures
{
    private readonly List<Failure> failures = [];

    /// <summary>All findings of each rule, also those that a sample left out.</summary>
    public Dictionary<string, int> Findings { get; } = [];

    public SortedDictionary<(string Rule, string Idea), Figure> OfIdeas { get; } = [];

    public IReadOnlyList<Failure> Failures => failures;

    public Figure Of(string rule, string idea)
    {
        if (!OfIdeas.TryGetValue((rule, idea), out var figure))
            OfIdeas.Add((rule, idea), figure = new Figure());
        return figure;
    }

    /// <summary>Takes over the figures of one trial; several may come at the same time.</summary>
    /// <param name="others">The figures.</param>
    /// <param name="whenAdded">Reads the sum before the next ones are added.</param>
    public void Add(Figures others, Action? whenAdded)
    {
        lock (failures)
        {
            foreach (var (rule, count) in others.Findings)
                Findings[rule] = Findings.GetValueOrDefault(rule) + count;
            foreach (var ((rule, idea), figure) in others.OfIdeas)
                Of(rule, idea).Add(figure);
            failures.AddRange(others.failures);
            whenAdded?.Invoke();
        }
    }

    public void Add(Failure failure)
    {
        if (failure.Fault.Kind is not (FailureKind.NewOptIn or FailureKind.NowEndless or FailureKind.NowAsync))
            failures.Add(failure);
        Of(failure.Rule, failure.Idea).Add(failure.Fault.Kind);
    }
}
