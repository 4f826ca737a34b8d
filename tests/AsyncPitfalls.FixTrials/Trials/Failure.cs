namespace AsyncPitfalls.FixTrials;

/// <summary>What is wrong with the result of a fix.</summary>
public enum FailureKind
{
    /// <summary>Offering or applying it throws.</summary>
    Throws,

    /// <summary>It takes longer than the trial's patience.</summary>
    TooSlow,

    /// <summary>The compiler reports an error that was not there.</summary>
    Error,

    /// <summary>The compiler newly warns of a dropped task, an async function without await, or of null.</summary>
    Warning,

    /// <summary>The finding is still there.</summary>
    StillFound,

    /// <summary>A line that it changes has a finding that was not there.</summary>
    NewFinding,

    /// <summary>The same of a rule that is off by default. It is counted, but no failure: an event handler becomes <c>async void</c> by contract.</summary>
    NewOptIn,

    /// <summary>A loop that is no more endless than before awaits now, and AP0019 speaks of loops that do. It is counted, but no failure: that defect has a fix of its own.</summary>
    NowEndless,

    /// <summary>A synchronous call is now in an async function, of which AP0013 and AP0028 speak. It is counted, but no failure: the call blocked before as it does now, and that defect has a fix of its own.</summary>
    NowAsync,

    /// <summary>A comment or directive is gone.</summary>
    LostTrivia,

    /// <summary>Applied again, it changes something again.</summary>
    Restless,

    /// <summary>Fix All and one by one come to different results.</summary>
    Differs,
}

/// <summary>One thing that is wrong with a result, and what shows it.</summary>
public sealed record Fault(FailureKind Kind, string Detail);

/// <summary>A trial that failed: what was applied where, what is wrong, and what it changed.</summary>
/// <param name="Subject">The code it was applied to.</param>
/// <param name="Rule">The rule whose finding it mends.</param>
/// <param name="Idea">The equivalence key of the fix.</param>
/// <param name="Scope">One finding, or all of a document, project or solution.</param>
/// <param name="File">The file of the finding.</param>
/// <param name="Span">Its place there.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Diff">What the fix changed.</param>
public sealed record Failure(string Subject, string Rule, string Idea, string Scope, string File, string Span, Fault Fault, string Diff);
