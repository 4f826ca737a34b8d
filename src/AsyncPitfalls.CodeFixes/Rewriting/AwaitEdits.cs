using System.Collections.Generic;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>The edits that put an <c>await</c> in the place of an expression, also behind a <c>?.</c>.</summary>
internal static class AwaitEdits
{
    /// <summary>The edits that replace an expression with an awaited one, without a thread that would only start it; null where no form would mean the same.</summary>
    /// <param name="document">The document of the expression.</param>
    /// <param name="semantics">The model of the document.</param>
    /// <param name="model">The model of the compilation.</param>
    /// <param name="place">The expression that becomes the <c>await</c>, as it is before any edit.</param>
    /// <param name="awaited">
    /// What is awaited, made from the current form of <paramref name="place"/>; null for that form itself. Behind a
    /// <c>?.</c> it may return null for what the <c>?.</c> stands on: <c>t</c> in <c>t?.Result</c>.
    /// </param>
    /// <param name="type">The type of what is awaited where that is not the type of <paramref name="place"/> itself.</param>
    public static IReadOnlyList<NodeEdit>? Of(
        Document document, SemanticModel semantics, AsyncModel model, ExpressionSyntax place, AwaitedMaker? awaited = null, ITypeSymbol? type = null)
    {
        if (ConditionalAwait.Around(place) is { } conditional)
            return conditional.Edits(document, semantics, model, awaited, type);
        return
        [
            .. DirectTasks.Within(document, semantics, model, place),
            new NodeEdit(document.Id, place, Awaiting.Purpose, (current, generator) =>
            {
                var expression = (ExpressionSyntax)current;
                var operand = awaited is null ? expression : (awaited(expression, generator) ?? expression).InPlaceOf(expression);
                return Awaiting.Await(operand, place);
            }),
        ];
    }
}
