using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>A configuration in which rules speak that are off by default, unless the one that it extends names them.</summary>
internal sealed class RulesSwitchedOn(SyntaxTreeOptionsProvider? configured, ImmutableHashSet<string> rules) : SyntaxTreeOptionsProvider
{
    public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
        configured?.IsGenerated(tree, cancellationToken) ?? GeneratedKind.Unknown;

    public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
    {
        severity = ReportDiagnostic.Default;
        return configured?.TryGetDiagnosticValue(tree, diagnosticId, cancellationToken, out severity) == true;
    }

    public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
    {
        severity = ReportDiagnostic.Default;
        if (configured?.TryGetGlobalDiagnosticValue(diagnosticId, cancellationToken, out severity) == true)
            return true;
        severity = ReportDiagnostic.Warn;
        return rules.Contains(diagnosticId);
    }
}
