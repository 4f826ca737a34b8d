using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncPitfalls.Baselines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Framework;

/// <summary>Makes what a rule reports, with the properties by which a baseline knows it again.</summary>
internal static class Finding
{
    /// <summary>How long a line is still told whole; longer ones are machine-made.</summary>
    private const int LongestLine = 400;

    /// <param name="rule">The rule that speaks.</param>
    /// <param name="place">The smallest text that shows the defect.</param>
    /// <param name="arguments">What fills <c>{0}</c>, <c>{1}</c>… of the rule's message.</param>
    public static Diagnostic Of(DiagnosticDescriptor rule, Location place, params object?[] arguments) =>
        Of(rule, place, related: null, arguments);

    /// <param name="rule">The rule that speaks.</param>
    /// <param name="place">The smallest text that shows the defect.</param>
    /// <param name="related">Other places that explain it.</param>
    /// <param name="arguments">What fills <c>{0}</c>, <c>{1}</c>… of the rule's message.</param>
    public static Diagnostic Of(DiagnosticDescriptor rule, Location place, IEnumerable<Location>? related, params object?[] arguments) =>
        Of(rule, place, rule.DefaultSeverity, related, arguments);

    /// <param name="rule">The rule that speaks.</param>
    /// <param name="place">The smallest text that shows the defect.</param>
    /// <param name="severity">The severity that fits the spot, where the rule has two.</param>
    /// <param name="related">Other places that explain it.</param>
    /// <param name="arguments">What fills <c>{0}</c>, <c>{1}</c>… of the rule's message.</param>
    public static Diagnostic Of(
        DiagnosticDescriptor rule, Location place, DiagnosticSeverity severity, IEnumerable<Location>? related, params object?[] arguments) =>
#pragma warning disable RS0030 // the one place
        Diagnostic.Create(rule, place, severity, related, PropertiesAt(place), arguments);
#pragma warning restore RS0030

    private static ImmutableDictionary<string, string?> PropertiesAt(Location place) => place.SourceTree is not { } file
        ? ImmutableDictionary<string, string?>.Empty
        : ImmutableDictionary<string, string?>.Empty
            .Add(FindingProperties.Line, LineAt(place.SourceSpan.Start, file.GetText()))
            .Add(FindingProperties.Member, DeclaredNames.Around(place.SourceSpan, file.GetRoot()));

    private static string LineAt(int position, SourceText text)
    {
        var line = text.Lines.GetLineFromPosition(position).Span;
        if (line.Length > LongestLine)
            line = TextSpan.FromBounds(position, Math.Min(position + LongestLine, line.End));
        return string.Join(" ", text.ToString(line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
