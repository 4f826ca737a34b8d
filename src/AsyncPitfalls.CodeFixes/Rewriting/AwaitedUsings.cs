using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Makes <c>await using</c> of <c>using</c>.</summary>
internal static class AwaitedUsings
{
    private const string Purpose = "await using";

    /// <summary>The edit of a <c>using</c> statement or declaration; null for other nodes, and where the language has none yet.</summary>
    public static NodeEdit? Of(Document document, SyntaxNode statement) =>
        statement is UsingStatementSyntax or LocalDeclarationStatementSyntax
        && ((CSharpParseOptions)statement.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8
            ? new NodeEdit(document.Id, statement, Purpose, (current, _) => Awaited(current))
            : null;

    private static SyntaxNode Awaited(SyntaxNode current)
    {
        var word = Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(Space);
        return current switch
        {
            UsingStatementSyntax statement => statement.WithUsingKeyword(statement.UsingKeyword.WithLeadingTrivia()).WithAwaitKeyword(word),
            LocalDeclarationStatementSyntax declaration => declaration.WithUsingKeyword(declaration.UsingKeyword.WithLeadingTrivia()).WithAwaitKeyword(word),
            _ => current,
        };
    }
}
