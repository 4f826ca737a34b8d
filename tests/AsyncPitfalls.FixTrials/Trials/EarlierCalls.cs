using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.FixTrials;

/// <summary>Synchronous calls, and ends of a <c>using</c>, that a fix did not write: rules that speak of async functions alone begin to where a fix makes a function async.</summary>
public static class EarlierCalls
{
    /// <summary>The rules that say of a synchronous call that an async function should not make it.</summary>
    public static ImmutableHashSet<string> Rules { get; } = ["AP0013", "AP0028"];

    /// <summary>Whether a call that is found after a change was there before, on a line that the change has rewritten, in the same function when that was not async.</summary>
    public static bool Had(Change document, Diagnostic finding)
    {
        var span = finding.Location.SourceSpan;
        var found = document.NewRoot.FindToken(span.Start).Parent?.AncestorsAndSelf().FirstOrDefault(node =>
            node is InvocationExpressionSyntax call ? call.Expression.Span.Contains(span) : CalledBy(node) is not null && node.SpanStart == span.Start);
        if (found is null || FunctionAround(found) is not { } function || !IsAsync(function))
            return false;
        return document.OldRoot.DescendantNodes().Any(old =>
            old.IsKind(found.Kind())
            && CalledBy(old) is { } called
            && SyntaxFactory.AreEquivalent(called, CalledBy(found))
            && document.Lines.IsGone(document.OldText.Lines.IndexOf(old.SpanStart))
            && FunctionAround(old) is { } earlier
            && earlier.IsKind(function.Kind())
            && NameOf(earlier) == NameOf(function)
            && !IsAsync(earlier));
    }

    /// <summary>What a call calls, or what a <c>using</c> closes; null for all other nodes.</summary>
    private static SyntaxNode? CalledBy(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => call.Expression,
        UsingStatementSyntax statement => (SyntaxNode?)statement.Declaration ?? statement.Expression,
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration => declaration.Declaration,
        _ => null,
    };

    private static SyntaxNode? FunctionAround(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword != default,
        _ => false,
    };

    private static string? NameOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    };
}
