namespace AsyncPitfalls.Baselines;

/// <summary>
/// The properties by which a finding is known again. Rules put them into what they report, the compiler writes them into
/// its log, and a baseline is made of that log.
/// </summary>
internal static class FindingProperties
{
    /// <summary>The line of code in which the finding begins, with single spaces.</summary>
    public const string Line = "asyncpitfalls.line";

    /// <summary>The member in which the finding is.</summary>
    public const string Member = "asyncpitfalls.member";
}
