using System.Collections.Generic;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>Makes a lambda async whose body is a task that its delegate drops, so that the task is awaited.</summary>
internal static class AwaitedBody
{
    private const string Purpose = "become async";

    /// <summary>The edits of the lambda and its body; none where it is async already, null where the body cannot be awaited as it stands.</summary>
    public static IReadOnlyList<NodeEdit>? Of(FixSite site, AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.AsyncKeyword != default)
            return [];
        return lambda.ExpressionBody is { } body && AwaitEdits.Of(site.Document, site.Semantics, site.Model, BehindQuestionMark(body)) is { } awaits
            ? [.. awaits, new NodeEdit(site.Document.Id, lambda, Purpose, (current, _) => FunctionRewriter.WithAsync(current))]
            : null;
    }

    /// <summary>What a body that begins with <c>?.</c> calls last, before which the <c>await</c> is put.</summary>
    private static ExpressionSyntax BehindQuestionMark(ExpressionSyntax expression) =>
        expression is ConditionalAccessExpressionSyntax access ? BehindQuestionMark(access.WhenNotNull) : expression;
}
