using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The locals and parameters that a file declares. Each name is looked for by itself, where its letters stand: most of what a
/// member declares nobody asks about.
/// </summary>
/// <param name="root">The file.</param>
/// <param name="words">Its words.</param>
internal sealed class DeclaredLocals(SyntaxNode root, WrittenWords words)
{
    private const string Given = "value";

    private readonly ConcurrentDictionary<string, List<int>> positions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(SyntaxNode Member, string Name), Local> known = new();

    /// <summary>
    /// Whether the member around a place declares a local or parameter of a name, and the last name of its type: null where the
    /// declaration does not say it, and where several of the name have different ones.
    /// </summary>
    public bool Have(string name, SyntaxNode place, out string? type)
    {
        // Top-level statements are one body, though each is a member.
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? root;
        if (!known.TryGetValue((member, name), out var local))
            local = known.GetOrAdd((member, name), Find(name, member));
        if (name == Given && GivenTo(place) is { } given)
            local = new Local(true, local.IsDeclared && local.Type != DeclaredTypes.NameOf(given.Type) ? null : DeclaredTypes.NameOf(given.Type));
        type = local.Type;
        return local.IsDeclared;
    }

    /// <summary>The property, indexer or event to which an accessor around a place gives what nobody declares, <c>value</c>; null where there is none.</summary>
    private static BasePropertyDeclarationSyntax? GivenTo(SyntaxNode place) =>
        place.FirstAncestorOrSelf<AccessorDeclarationSyntax>() is { RawKind: not (int)SyntaxKind.GetAccessorDeclaration } accessor
            ? accessor.Parent?.Parent as BasePropertyDeclarationSyntax
            : null;

    private Local Find(string name, SyntaxNode member)
    {
        if (!positions.TryGetValue(name, out var all))
            all = positions.GetOrAdd(name, words.PositionsOf(name));
        var found = new Local(false, null);
        var first = all.BinarySearch(member.SpanStart);
        for (var index = first < 0 ? ~first : first; index < all.Count && all[index] < member.Span.End; index++)
        {
            var token = member.FindToken(all[index]);
            // Else it is a word of a comment, or of a name that is written otherwise.
            if (!token.IsKind(SyntaxKind.IdentifierToken) || !token.Span.Contains(all[index]) || token.ValueText != name || !IsDeclared(token, out var written))
                continue;
            var type = DeclaredTypes.NameOf(written);
            found = new Local(true, found.IsDeclared && found.Type != type ? null : type);
        }

        return found;
    }

    /// <summary>Whether a token is the name of a local or parameter where that is declared, and with which type; null where the declaration does not tell.</summary>
    private static bool IsDeclared(SyntaxToken token, out TypeSyntax? type)
    {
        type = token.Parent switch
        {
            ParameterSyntax parameter => parameter.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true }, Initializer.Value: ObjectCreationExpressionSyntax made } => made.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type,
            ForEachStatementSyntax loop => loop.Type,
            CatchDeclarationSyntax caught => caught.Type,
            _ => null,
        };
        return token.Parent is ParameterSyntax or VariableDeclaratorSyntax or ForEachStatementSyntax or CatchDeclarationSyntax
            or SingleVariableDesignationSyntax
            or FromClauseSyntax or LetClauseSyntax or JoinClauseSyntax or JoinIntoClauseSyntax or QueryContinuationSyntax;
    }

    private readonly record struct Local(bool IsDeclared, string? Type);
}
