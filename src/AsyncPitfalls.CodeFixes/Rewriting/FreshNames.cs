using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Rewriting;

/// <summary>Names for locals that a fix puts in.</summary>
internal static class FreshNames
{
    /// <summary>A name for a local of a type, which nothing around a place has: <c>store</c> for an <c>IStore</c>, else <c>store1</c>.</summary>
    public static string Of(ITypeSymbol type, SyntaxNode place, SemanticModel semantics)
    {
        var stem = Stem(type.Name);
        var taken = new HashSet<string>(semantics.LookupSymbols(place.SpanStart).Select(symbol => symbol.Name));
        taken.UnionWith(Scope(place).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        var name = stem;
        for (var number = 1; taken.Contains(name); number++)
            name = stem + number;
        return name;
    }

    private static string Stem(string name)
    {
        if (name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]))
            name = name.Substring(1);
        if (name.Length == 0)
            return "value";
        var stem = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return SyntaxFacts.GetKeywordKind(stem) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(stem) == SyntaxKind.None ? stem : stem + "Value";
    }

    private static SyntaxNode Scope(SyntaxNode place) =>
        place.Ancestors().LastOrDefault(ancestor => Semantics.Functions.IsFunction(ancestor)) ?? place;
}
