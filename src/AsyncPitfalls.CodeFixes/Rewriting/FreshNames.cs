using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>Names for locals that a fix puts in.</summary>
internal static class FreshNames
{
    /// <summary>A name for a local of a type, which nothing around a place has: <c>store</c> for an <c>IStore</c>, else <c>store1</c>.</summary>
    /// <param name="type">The type of the local.</param>
    /// <param name="place">The place where it is declared.</param>
    /// <param name="semantics">The model of the file.</param>
    /// <param name="before">How many free names others may take that want the same one.</param>
    public static string Of(ITypeSymbol type, SyntaxNode place, SemanticModel semantics, int before = 0) =>
        Series(Stem(type.Name), place, semantics).ElementAt(before);

    /// <summary>A name for what is declared at a place and used in one part of it alone: neither in scope there nor mentioned in that part.</summary>
    public static string For(string stem, SyntaxNode place, SyntaxNode part, SemanticModel semantics)
    {
        var taken = new HashSet<string>(semantics.LookupSymbols(place.SpanStart).Select(symbol => symbol.Name));
        taken.UnionWith(part.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        return Series(stem, taken).First();
    }

    /// <summary>The names <c>stem</c>, <c>stem1</c>, <c>stem2</c>…, without end, without those that something around a place has.</summary>
    public static IEnumerable<string> Series(string stem, SyntaxNode place, SemanticModel semantics)
    {
        var taken = new HashSet<string>(semantics.LookupSymbols(place.SpanStart).Select(symbol => symbol.Name));
        taken.UnionWith(Scope(place).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        return Series(stem, taken);
    }

    private static IEnumerable<string> Series(string stem, HashSet<string> taken)
    {
        for (var number = 0; ; number++)
        {
            var name = number == 0 ? stem : stem + number;
            if (!taken.Contains(name))
                yield return name;
        }
    }

    /// <summary>The outermost function around a place in its type, in which names must differ; the place itself where there is none.</summary>
    public static SyntaxNode Scope(SyntaxNode place) =>
        place.Ancestors().TakeWhile(node => node is not BaseTypeDeclarationSyntax).LastOrDefault(Semantics.Functions.IsFunction) ?? place;

    private static string Stem(string name)
    {
        if (name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]))
            name = name.Substring(1);
        if (name.Length == 0)
            return "value";
        var stem = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return SyntaxFacts.GetKeywordKind(stem) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(stem) == SyntaxKind.None ? stem : stem + "Value";
    }
}
