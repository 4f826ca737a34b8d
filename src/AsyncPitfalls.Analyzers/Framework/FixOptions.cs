namespace AsyncPitfalls.Framework;

/// <summary>
/// What users choose about the results of fixes. These options are here and not beside the fixes, because a build loads
/// only analyzers, and it is a build that tells of a value that cannot be read.
/// </summary>
internal static class FixOptions
{
    /// <summary>Whether a method that a fix makes async is renamed to end in <c>Async</c>.</summary>
    public static readonly RuleOption<bool> AsyncSuffix = RuleOption.Flag(
        "fix_async_suffix", whereUnset: false, RuleCatalog.AP0002, RuleCatalog.AP0003, RuleCatalog.AP0004, RuleCatalog.AP0006,
        RuleCatalog.AP0007, RuleCatalog.AP0009, RuleCatalog.AP0010, RuleCatalog.AP0011, RuleCatalog.AP0012, RuleCatalog.AP0013, RuleCatalog.AP0014,
        RuleCatalog.AP0018, RuleCatalog.AP0020, RuleCatalog.AP0021);
}
