using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Framework;

/// <summary>
/// Whether a rule speaks in a file, by the compiler's own order: the command line, <c>.editorconfig</c>,
/// <c>.globalconfig</c>, then the bulk settings of a category and of all analyzers, then the rule's default.
/// </summary>
internal static class RuleActivation
{
    /// <summary>Whether a rule speaks in a file.</summary>
    public static bool IsOn(DiagnosticDescriptor rule, SyntaxTree file, Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var chosen = ChosenFor(rule.Id, file, compilation.Options, cancellation);
        if (chosen is null or ReportDiagnostic.Default)
            return rule.IsEnabledByDefault && !IsOffInBulk(rule, options.AnalyzerConfigOptionsProvider.GetOptions(file));
        return chosen != ReportDiagnostic.Suppress;
    }

    private static ReportDiagnostic? ChosenFor(string rule, SyntaxTree file, CompilationOptions options, CancellationToken cancellation)
    {
        if (options.SpecificDiagnosticOptions.TryGetValue(rule, out var chosen) && chosen != ReportDiagnostic.Default)
            return chosen;
        if (options.SyntaxTreeOptionsProvider is not { } files)
            return null;
        return files.TryGetDiagnosticValue(file, rule, cancellation, out chosen) || files.TryGetGlobalDiagnosticValue(rule, cancellation, out chosen)
            ? chosen
            : null;
    }

    private static bool IsOffInBulk(DiagnosticDescriptor rule, AnalyzerConfigOptions options)
    {
        var isSet = options.TryGetValue($"dotnet_analyzer_diagnostic.category-{rule.Category}.severity", out var severity)
            || options.TryGetValue("dotnet_analyzer_diagnostic.severity", out severity);
        return isSet && string.Equals(severity, "none", StringComparison.OrdinalIgnoreCase);
    }
}
