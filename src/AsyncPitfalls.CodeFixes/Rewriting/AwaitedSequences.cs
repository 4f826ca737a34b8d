using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary><c>await foreach (var x in xs)</c> in the place of <c>foreach (var x in xs.ToBlockingEnumerable())</c>.</summary>
internal static class AwaitedSequences
{
    private const string Purpose = "await foreach";
    private const string CancellationName = "WithCancellation";

    /// <summary>The loop that awaits; null where the sequence is not what a loop goes over, or is no asynchronous one.</summary>
    public static BlockingAwait? Of(FixSite site, BlockingCall call)
    {
        if (call.Operation is not IInvocationOperation { TargetMethod.IsExtensionMethod: true, Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } place }
            || LoopOver(place) is not { } loop
            || ((CSharpParseOptions)loop.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8)
            return null;
        var source = ((MemberAccessExpressionSyntax)place.Expression).Expression;
        var hasToken = place.ArgumentList.Arguments.Count > 0;
        var passed = !hasToken && source is InvocationExpressionSyntax maker ? TokensInScope.Pass(site.Document, maker, site.Semantics, site.Model, sameMethod: false) : null;
        var token = hasToken || passed is not null || TakesToken(source, site) ? null : TokensInScope.NameAt(loop, site.Semantics, site.Model);
        var sequence = new NodeEdit(site.Document.Id, place, Awaiting.Purpose, (current, _) => Awaited((InvocationExpressionSyntax)current, token));
        var awaiting = new NodeEdit(site.Document.Id, loop, Purpose, (current, _) => WithAwait((CommonForEachStatementSyntax)current));
        return new BlockingAwait(loop, passed is null ? [sequence, awaiting] : [passed, sequence, awaiting], "foreach");
    }

    private static CommonForEachStatementSyntax? LoopOver(ExpressionSyntax sequence)
    {
        SyntaxNode whole = sequence;
        while (whole.Parent is ParenthesizedExpressionSyntax)
            whole = whole.Parent;
        return whole.Parent is CommonForEachStatementSyntax loop && loop.Expression == whole ? loop : null;
    }

    /// <summary>Whether the call that makes a sequence is given a token already.</summary>
    private static bool TakesToken(ExpressionSyntax source, FixSite site) =>
        source is InvocationExpressionSyntax call
        && call.ArgumentList.Arguments.Any(argument => KnownTypes.Same(site.Semantics.GetTypeInfo(argument.Expression).ConvertedType, site.Model.Types.CancellationToken));

    /// <summary>The sequence itself, with the token that it was given, or the one in scope.</summary>
    private static ExpressionSyntax Awaited(InvocationExpressionSyntax call, string? token)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        if (token is null && call.ArgumentList.Arguments.Count == 0)
            return access.Expression.InPlaceOf(call);
        var cancelled = call.WithExpression(access.WithName(IdentifierName(CancellationName).WithTriviaFrom(access.Name)));
        return token is not null
            ? TokensInScope.With(cancelled, token)
            : cancelled.WithArgumentList(call.ArgumentList.WithArguments(SingletonSeparatedList(call.ArgumentList.Arguments[0].WithNameColon(null))));
    }

    private static SyntaxNode WithAwait(CommonForEachStatementSyntax loop)
    {
        var keyword = Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(loop.ForEachKeyword.LeadingTrivia).WithTrailingTrivia(Space);
        var bare = loop.ForEachKeyword.WithLeadingTrivia();
        return loop switch
        {
            ForEachStatementSyntax plain => plain.WithForEachKeyword(bare).WithAwaitKeyword(keyword),
            ForEachVariableStatementSyntax split => split.WithForEachKeyword(bare).WithAwaitKeyword(keyword),
            _ => loop,
        };
    }
}
