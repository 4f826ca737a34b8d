using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>The calls of an async function whose tasks it drops, by a statement or a discard, and the edits that await them.</summary>
/// <param name="Names">The names of the methods that are called.</param>
/// <param name="Edits">The edits that await all of them.</param>
internal sealed record DroppedCalls(IReadOnlyList<string> Names, IReadOnlyList<NodeEdit> Edits)
{
    /// <summary>The dropped calls of a function; null where there is none that can be awaited.</summary>
    public static async Task<DroppedCalls?> OfAsync(SyntaxNode function, FixSite site, CancellationToken cancellation)
    {
        var names = new List<string>();
        var edits = new List<NodeEdit>();
        foreach (var syntax in Functions.OwnNodes(function).OfType<InvocationExpressionSyntax>())
        {
            if (site.Semantics.GetOperation(syntax, cancellation) is not IInvocationOperation call
                || !IsDropped(call, site.Model, cancellation)
                || Awaited(syntax, site) is not { } awaits
                || await Asyncifier.PlanAsync(site, syntax, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { Edits.Count: 0 })
                continue;
            names.Add(call.TargetMethod.Name);
            edits.AddRange(awaits);
        }

        return edits.Count > 0 ? new DroppedCalls(names, edits) : null;
    }

    private static bool IsDropped(IInvocationOperation call, AsyncModel model, CancellationToken cancellation) =>
        model.Awaitables.ResultOf(call.Type) is not null
        && model.Awaitables.Behind(call) == call
        && model.TaskFates.DestinationOf(call).End is TaskEnd.Dropped or TaskEnd.Discarded
        && !model.DeliberateDrops.Is(call)
        && model.Loggers.OffloadedBy(call) is null
        && !model.Loggers.IsConsoleTask(call, cancellation);

    private static IReadOnlyList<NodeEdit>? Awaited(InvocationExpressionSyntax call, FixSite site)
    {
        ExpressionSyntax place = call;
        while (place.Parent is ExpressionSyntax parent and not AssignmentExpressionSyntax and not AnonymousFunctionExpressionSyntax)
            place = parent;
        if (place.Parent is not AssignmentExpressionSyntax assignment)
            return AwaitEdits.Of(site.Document, site.Semantics, site.Model, BehindQuestionMark(place));
        return place is ConditionalAccessExpressionSyntax || assignment.Parent is not ExpressionStatementSyntax
            ? null
            : [new NodeEdit(site.Document.Id, assignment, Awaiting.Purpose, (current, _) =>
                Awaiting.Await(((AssignmentExpressionSyntax)current).Right, assignment).WithTriviaFrom(current))];
    }

    private static ExpressionSyntax BehindQuestionMark(ExpressionSyntax expression) =>
        expression is ConditionalAccessExpressionSyntax access ? BehindQuestionMark(access.WhenNotNull) : expression;
}
