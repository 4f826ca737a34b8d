using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Asyncify;

/// <summary>
/// Tasks that a function drops on purpose, such as <c>F().PipeTo(x);</c>. Once the function is async the compiler warns of
/// them (CS4014), so they are assigned to a discard. Of all others a rule of ours speaks, and the compiler does not.
/// </summary>
internal static class MeantDrops
{
    /// <summary>The edits that discard what a function drops on purpose.</summary>
    public static IEnumerable<NodeEdit> In(CodePlace function, CancellationToken cancellation) =>
        Functions.OwnNodes(function.Node)
            .OfType<ExpressionStatementSyntax>()
            .Select(statement => statement.Expression)
            .Where(expression => expression is InvocationExpressionSyntax or ConditionalAccessExpressionSyntax
                && IsMeant(function.Semantics.GetOperation(expression, cancellation), function.Model, cancellation))
            .SelectMany(expression => Discards.Of(function.Document, function.Semantics, expression, expression, null) ?? []);

    private static bool IsMeant(IOperation? dropped, AsyncModel model, CancellationToken cancellation)
    {
        while (dropped is IConditionalAccessOperation access)
            dropped = access.WhenNotNull;
        return dropped is IInvocationOperation
            && model.Awaitables.ResultOf(dropped.Type) is not null
            && model.Awaitables.Behind(dropped) is var task
            && model.UnobservedTasks.Of(task, cancellation) is null
            && !model.TaskDefects.HasBefore(task, TaskDefect.Unobserved, cancellation);
    }
}
