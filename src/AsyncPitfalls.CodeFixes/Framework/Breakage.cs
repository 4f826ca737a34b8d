using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Framework;

/// <summary>
/// The last check before a fix is offered: the changed files keep their directives, and what the compiler says of them holds
/// no new error, nor a call that is no longer awaited, nor a new doubt whether something is null, in no target framework and
/// no project that compiles them.
/// </summary>
internal static class Breakage
{
    private const string CallIsNotAwaited = "CS4014";

    /// <summary>What the numbers of all warnings begin with that tell of possible nulls.</summary>
    private const string PossibleNull = "CS86";

    /// <summary>The documents that compile worse with a fix than without it, or have lost a directive.</summary>
    public static async Task<IReadOnlyCollection<DocumentId>> OfAsync(Solution solution, Solution fixedSolution, CancellationToken cancellation)
    {
        var changed = Changed(solution, fixedSolution);
        var result = await LinkedFiles.WrittenAsync(solution, fixedSolution, changed, cancellation).ConfigureAwait(false);
        var broken = new HashSet<DocumentId>();
        foreach (var id in LinkedFiles.Of(changed, solution))
        {
            if (await IsBrokenAsync(solution.GetDocument(id)!, result.GetDocument(id)!, cancellation).ConfigureAwait(false))
                broken.Add(id);
        }

        return broken;
    }

    /// <summary>The documents that differ.</summary>
    public static IReadOnlyList<DocumentId> Changed(Solution before, Solution after) =>
        [.. after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments())];

    private static async Task<bool> IsBrokenAsync(Document before, Document after, CancellationToken cancellation)
    {
        if (await DirectivesAsync(after, cancellation).ConfigureAwait(false) < await DirectivesAsync(before, cancellation).ConfigureAwait(false))
            return true;
        var errors = await ErrorsAsync(after, cancellation).ConfigureAwait(false);
        if (errors.Count == 0)
            return false;
        var known = await ErrorsAsync(before, cancellation).ConfigureAwait(false);
        var worse = errors.Where(error => !known.TryGetValue(error.Key, out var count) || count < error.Value).Select(error => error.Key).ToList();
        return worse.Count > 1
            || (worse.Count == 1 && (worse[0] != CallIsNotAwaited || await DropsMoreAsync(before, after, cancellation).ConfigureAwait(false)));
    }

    private static async Task<int> DirectivesAsync(Document document, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        return root.ContainsDirectives ? root.DescendantTrivia().Count(trivia => trivia.IsDirective) : 0;
    }

    /// <summary>
    /// Whether more calls drop a task than before: the compiler also begins to warn of one that was dropped already where the
    /// function around it becomes async.
    /// </summary>
    private static async Task<bool> DropsMoreAsync(Document before, Document after, CancellationToken cancellation) =>
        await CountDropsAsync(after, cancellation).ConfigureAwait(false) > await CountDropsAsync(before, cancellation).ConfigureAwait(false);

    private static async Task<int> CountDropsAsync(Document document, CancellationToken cancellation)
    {
        var semantics = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var awaitables = AsyncModel.For(semantics.Compilation, document.Project.AnalyzerOptions).Awaitables;
        return (await semantics.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false)).DescendantNodes()
            .OfType<ExpressionStatementSyntax>()
            .Count(statement => statement.Expression is not AssignmentExpressionSyntax
                && awaitables.ResultOf(semantics.GetTypeInfo(statement.Expression, cancellation).Type) is not null);
    }

    /// <summary>How often the compiler reports each error in a file, and each of those warnings that count as one here.</summary>
    private static async Task<Dictionary<string, int>> ErrorsAsync(Document document, CancellationToken cancellation)
    {
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return semantics!.GetDiagnostics(cancellationToken: cancellation)
            .Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error
                || diagnostic.Id == CallIsNotAwaited
                || diagnostic.Id.StartsWith(PossibleNull, StringComparison.Ordinal))
            .GroupBy(diagnostic => diagnostic.Id)
            .ToDictionary(group => group.Key, group => group.Count());
    }
}
