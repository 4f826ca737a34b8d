using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>Where the language allows no <c>await</c>, though the function is async; where code is expected to await is <see cref="AwaitingPlaces"/>.</summary>
internal static class ForbiddenAwaits
{
    /// <summary>
    /// Whether no <c>await</c> may stand at a node: in the body of a <c>lock</c>, an exception filter, a query's clause, unsafe
    /// code, an attribute, <c>nameof</c> or an expression tree, at the start of a <c>for</c>, and where a span or a reference
    /// would have to live on across it.
    /// </summary>
    public static bool At(SyntaxNode spot, SemanticModel semantics, AsyncModel model, CancellationToken cancellation)
    {
        var inner = spot;
        for (var outer = inner.Parent; outer is not null && !Functions.IsFunction(outer); inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case FixedStatementSyntax or UnsafeStatementSyntax:
                case CatchFilterClauseSyntax or AttributeSyntax or ParameterSyntax:
                case QueryClauseSyntax or SelectOrGroupClauseSyntax when !IsEvaluatedOnce(outer, inner):
                case ForStatementSyntax loop when BeginsWith(loop, inner, spot):
                    return true;
            }
        }

        return IsLocked(spot)
            || IsUnsafe(spot)
            || LiveAcrossAwait.Any(spot, semantics, cancellation)
            || semantics.GetOperation(spot, cancellation) is { } operation && model.Unexecuted.Holds(operation);
    }

    /// <summary>Whether a node is in the body of a <c>lock</c>.</summary>
    public static bool IsLocked(SyntaxNode node)
    {
        var inner = node;
        for (var outer = inner.Parent; outer is not null && !Functions.IsFunction(outer); inner = outer, outer = outer.Parent)
        {
            if (outer is LockStatementSyntax statement && statement.Statement == inner)
                return true;
        }

        return false;
    }

    /// <summary>Whether a node is in unsafe code, where <c>await</c> is forbidden.</summary>
    public static bool IsUnsafe(SyntaxNode node) => node.AncestorsAndSelf().Any(ancestor => ancestor switch
    {
        UnsafeStatementSyntax => true,
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    });

    /// <summary>Whether an initializer begins with a node: the compiler takes <c>for (await F(); …)</c> for the declaration of a variable.</summary>
    private static bool BeginsWith(ForStatementSyntax loop, SyntaxNode initializer, SyntaxNode spot) =>
        loop.Initializers.FirstOrDefault() == initializer && initializer.SpanStart == spot.SpanStart;

    /// <summary>The parts of a query in which <c>await</c> may stand: what the first <c>from</c> and a <c>join</c> range over.</summary>
    private static bool IsEvaluatedOnce(SyntaxNode clause, SyntaxNode part) => clause switch
    {
        FromClauseSyntax { Parent: QueryExpressionSyntax } from => from.Expression == part,
        JoinClauseSyntax join => join.InExpression == part,
        _ => false,
    };
}
