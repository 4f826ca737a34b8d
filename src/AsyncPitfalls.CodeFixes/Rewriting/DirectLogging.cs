using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>Logging without <c>await</c> and without another thread: the edits that make the call a direct one.</summary>
internal static class DirectLogging
{
    private const string Purpose = "log directly";

    /// <summary>The edits for one defect; null where no direct call means the same there.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(NeedlessLogging found, FixSite site, CancellationToken cancellation)
    {
        if (found.Kind == NeedlessLoggingKind.Offloaded)
            return LoggingHandedBack.Plan(found, site, cancellation);
        if (found.Kind != NeedlessLoggingKind.Console)
            return [WithoutAwait((AwaitExpressionSyntax)found.Whole.Syntax, site)];
        return WaitsForInput(found.Call, site.Model, cancellation) ? null : WithoutTask(found.Whole.Syntax, found.Call, site);
    }

    /// <summary>Whether the synchronous call would keep async code waiting for somebody to type, which is no better.</summary>
    private static bool WaitsForInput(IInvocationOperation call, AsyncModel model, CancellationToken cancellation) =>
        KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.TextReader) && model.AwaitingPlaces.Hold(call, cancellation);

    /// <summary>The edit that makes <c>log.Info()</c> of <c>await log.Info()</c>.</summary>
    public static NodeEdit WithoutAwait(AwaitExpressionSyntax awaited, FixSite site) =>
        new(site.Document.Id, awaited, Purpose, (current, _) =>
        {
            var operand = ((AwaitExpressionSyntax)current).Expression;
            while (operand is ParenthesizedExpressionSyntax parenthesized)
                operand = parenthesized.Expression;
            return Commented(operand.WithTriviaFrom(current), ((AwaitExpressionSyntax)current).AwaitKeyword);
        });

    /// <summary>The edit that makes the synchronous call of a console's call and of what is around it: its await, <c>ConfigureAwait</c>, parentheses.</summary>
    public static IReadOnlyList<NodeEdit>? WithoutTask(SyntaxNode whole, IInvocationOperation call, FixSite site)
    {
        if (ConsoleCalls.Of(call, site.Semantics, site.Model) is not { } console)
            return null;
        var place = whole;
        while (place.Parent is ParenthesizedExpressionSyntax)
            place = place.Parent;
        var depth = 0;
        for (SyntaxNode? node = place; node != call.Syntax; node = Operand(node))
        {
            if (node is null)
                return null;
            depth++;
        }

        return
        [
            new NodeEdit(site.Document.Id, place, Purpose, (current, _) =>
            {
                var inner = current;
                for (var step = 0; step < depth; step++)
                    inner = Operand(inner)!;
                return console.Rewrite((InvocationExpressionSyntax)inner).WithTriviaFrom(current);
            }),
        ];
    }

    private static SyntaxNode? Operand(SyntaxNode node) => node switch
    {
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        AwaitExpressionSyntax awaited => awaited.Expression,
        PostfixUnaryExpressionSyntax postfix => postfix.Operand,
        CastExpressionSyntax cast => cast.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        _ => null,
    };

    private static SyntaxNode Commented(SyntaxNode call, SyntaxToken keyword) =>
        keyword.TrailingTrivia.All(trivia => string.IsNullOrWhiteSpace(trivia.ToString()))
            ? call
            : call.WithLeadingTrivia(keyword.LeadingTrivia.AddRange(keyword.TrailingTrivia.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))));
}
