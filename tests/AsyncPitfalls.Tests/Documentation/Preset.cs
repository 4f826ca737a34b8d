using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>What a mode of <c>AsyncPitfallsMode</c> makes of a rule.</summary>
/// <param name="Name">The mode, which is the name of its file too.</param>
/// <param name="Meaning">What it is for, as its file says.</param>
/// <param name="Severity">The severity of a rule; null where the mode leaves it as it is by default.</param>
public sealed record Preset(string Name, string Meaning, Func<DiagnosticDescriptor, ReportDiagnostic?> Severity)
{
    public static readonly Preset None = new("none", "nothing speaks", rule => IsOn(rule) ? ReportDiagnostic.Suppress : null);

    public static readonly Preset Minimal = new("minimal", "only what goes wrong whenever it runs", rule => IsOn(rule) && !Warns(rule) ? ReportDiagnostic.Suppress : null);

    public static readonly Preset Recommended = new("recommended", "every rule as it is by default; empty, so that settings of a category hold too", _ => null);

    public static readonly Preset Strict = new("strict", "every rule speaks, one step higher than by default", rule => Warns(rule) ? ReportDiagnostic.Error : ReportDiagnostic.Warn);

    public static IReadOnlyList<Preset> All { get; } = [None, Minimal, Recommended, Strict];

    /// <summary>The severity of a rule as an <c>.editorconfig</c> writes it, whoever set it.</summary>
    public string SeverityOf(DiagnosticDescriptor rule) => Written(Severity(rule) ?? (IsOn(rule) ? DefaultOf(rule) : ReportDiagnostic.Suppress));

    /// <summary>The file; a user's own files are above its level, and the SDK's below.</summary>
    public string TextFor(IEnumerable<DiagnosticDescriptor> rules)
    {
        var text = new StringBuilder($"# AsyncPitfallsMode {Name}: {Meaning}. ASYNCPITFALLS_UPDATE=1 dotnet test writes this file.\nis_global = true\nglobal_level = -99\n");
        foreach (var rule in rules)
        {
            if (Severity(rule) is { } severity)
                text.Append(CultureInfo.InvariantCulture, $"\n# {rule.Title.ToString(CultureInfo.InvariantCulture)}\ndotnet_diagnostic.{rule.Id}.severity = {Written(severity)}\n");
        }

        return text.ToString();
    }

    private static bool IsOn(DiagnosticDescriptor rule) => rule.IsEnabledByDefault;

    private static bool Warns(DiagnosticDescriptor rule) => rule.DefaultSeverity == DiagnosticSeverity.Warning;

    private static ReportDiagnostic DefaultOf(DiagnosticDescriptor rule) => Warns(rule) ? ReportDiagnostic.Warn : ReportDiagnostic.Info;

    private static string Written(ReportDiagnostic severity) => severity switch
    {
        ReportDiagnostic.Suppress => "none",
        ReportDiagnostic.Info => "suggestion",
        ReportDiagnostic.Warn => "warning",
        _ => "error",
    };
}
