using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Framework;

/// <summary>
/// The findings that a fix would bring on the lines that it changes: a line with an <c>await</c> is judged as async code,
/// and a call that was right before may have an async sibling. Rules that are off by default do not count, since a person
/// who has them on asked to be told.
/// </summary>
internal static class NewFindings
{
    private static readonly Lazy<ImmutableArray<DiagnosticAnalyzer>> Rules = new(() => typeof(AsyncPitfallAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(AsyncPitfallAnalyzer).IsAssignableFrom(type))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
        .Where(analyzer => analyzer.SupportedDiagnostics.All(rule => rule.IsEnabledByDefault))
        .ToImmutableArray());

    /// <summary>The findings on changed lines, of each rule that has more of them there than before; by document.</summary>
    /// <param name="before">The solution without the fix.</param>
    /// <param name="after">The solution with it.</param>
    /// <param name="changed">The documents that it changes.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<ILookup<DocumentId, Diagnostic>> OfAsync(Solution before, Solution after, IReadOnlyList<DocumentId> changed, CancellationToken cancellation)
    {
        var found = new List<(DocumentId Document, Diagnostic Finding)>();
        foreach (var id in changed)
        {
            var (_, lines) = await ChangedLinesAsync(before.GetDocument(id)!, after.GetDocument(id)!, cancellation).ConfigureAwait(false);
            found.AddRange((await OnLinesAsync(after.GetDocument(id)!, lines, cancellation).ConfigureAwait(false)).Select(finding => (id, finding)));
        }

        var known = found.Count == 0 ? [] : await CountsBeforeAsync(before, after, changed, cancellation).ConfigureAwait(false);
        return found.GroupBy(pair => pair.Finding.Id)
            .Where(rule => !known.TryGetValue(rule.Key, out var count) || rule.Count() > count)
            .SelectMany(rule => rule)
            .ToLookup(pair => pair.Document, pair => pair.Finding);
    }

    private static async Task<Dictionary<string, int>> CountsBeforeAsync(Solution before, Solution after, IReadOnlyList<DocumentId> changed, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, int>();
        foreach (var id in changed)
        {
            var (lines, _) = await ChangedLinesAsync(before.GetDocument(id)!, after.GetDocument(id)!, cancellation).ConfigureAwait(false);
            foreach (var finding in await OnLinesAsync(before.GetDocument(id)!, lines, cancellation).ConfigureAwait(false))
                counts[finding.Id] = (counts.TryGetValue(finding.Id, out var count) ? count : 0) + 1;
        }

        return counts;
    }

    private static async Task<IReadOnlyList<Diagnostic>> OnLinesAsync(Document document, IReadOnlyList<TextSpan> lines, CancellationToken cancellation)
    {
        if (lines.Count == 0)
            return [];
        var semantics = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var analysis = semantics.Compilation.WithAnalyzers(Rules.Value, new CompilationWithAnalyzersOptions(
            document.Project.AnalyzerOptions, onAnalyzerException: static (_, _, _) => { }, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        var around = TextSpan.FromBounds(lines[0].Start, lines[lines.Count - 1].End);
        var findings = await analysis.GetAnalyzerSemanticDiagnosticsAsync(semantics, around, cancellation).ConfigureAwait(false);
        return [.. findings.Where(finding => !finding.IsSuppressed && lines.Any(line => line.Contains(finding.Location.SourceSpan.Start)))];
    }

    /// <summary>The lines that differ, in the old text and in the new one, in order.</summary>
    private static async Task<(IReadOnlyList<TextSpan> Old, IReadOnlyList<TextSpan> New)> ChangedLinesAsync(Document old, Document current, CancellationToken cancellation)
    {
        var (oldText, newText) = (await old.GetTextAsync(cancellation).ConfigureAwait(false), await current.GetTextAsync(cancellation).ConfigureAwait(false));
        var changes = await current.GetTextChangesAsync(old, cancellation).ConfigureAwait(false);
        var (oldLines, newLines) = (new List<TextSpan>(), new List<TextSpan>());
        var shift = 0;
        foreach (var change in changes.OrderBy(change => change.Span.Start))
        {
            var length = change.NewText!.Length;
            oldLines.Add(LinesAround(oldText, change.Span));
            newLines.Add(LinesAround(newText, new TextSpan(change.Span.Start + shift, length)));
            shift += length - change.Span.Length;
        }

        return (oldLines, newLines);
    }

    private static TextSpan LinesAround(SourceText text, TextSpan span) => TextSpan.FromBounds(
        text.Lines.GetLineFromPosition(Math.Min(span.Start, text.Length)).Start, text.Lines.GetLineFromPosition(Math.Min(span.End, text.Length)).End);
}
