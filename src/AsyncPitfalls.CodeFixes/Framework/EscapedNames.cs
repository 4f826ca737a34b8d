using System.Linq;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Framework;

/// <summary>What is called <c>await</c>, written <c>@await</c> within async functions, where the word alone is no name.</summary>
internal static class EscapedNames
{
    private const string Await = "await";

    /// <summary>A file in which the functions that edits have made async, and all within them, name nothing <c>await</c> without the <c>@</c>.</summary>
    public static SyntaxNode In(SyntaxNode root)
    {
        var names = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == Await && IsInAsync(token)).ToList();
        return names.Count == 0
            ? root
            : root.ReplaceTokens(names, (_, name) => name.CopyAnnotationsTo(SyntaxFactory.VerbatimIdentifier(name.LeadingTrivia, Await, Await, name.TrailingTrivia)));
    }

    // The compilation unit is left out: edits do not make top-level statements async, which always may await.
    private static bool IsInAsync(SyntaxToken token) =>
        token.Parent!.AncestorsAndSelf().Any(node => node is not CompilationUnitSyntax && Functions.IsFunction(node) && Functions.IsAsync(node));
}
