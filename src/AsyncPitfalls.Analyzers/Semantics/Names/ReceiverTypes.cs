using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Whether the type as whose member a name is used can be a well-known one. Only what a name means beside all bodies is asked of the
/// compiler, no body is bound.
/// </summary>
internal sealed class ReceiverTypes(AsyncModel model)
{
    private static readonly TypeSyntax AnyType = SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.ObjectKeyword));

    private readonly ConcurrentDictionary<(SyntaxNode Around, string Name), ImmutableArray<ITypeSymbol>> types = new();
    private readonly ConcurrentDictionary<(SyntaxNode Around, string Name), ISymbol?> values = new();

    /// <summary>
    /// Whether a use may be that of a member which objects of some types have: true where it is not certain of what type the
    /// receiver is. A type from which one of them derives is none of them.
    /// </summary>
    public bool MayBe(NameUse use, NamedBodies file, ImmutableArray<INamedTypeSymbol> known, CancellationToken cancellation)
    {
        // An extension block, which is a type without a name, declares its receiver as nothing else does.
        if (use.Place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } around || !DeclaredTypes.IsNamedType(around) || around.OpenBraceToken.IsKind(SyntaxKind.None))
            return true;
        cancellation.ThrowIfCancellationRequested();
        if (use.On is not { } name)
            return file.UndeclaredReceiver(use) is not { } receiver || MayHold(receiver, around, known);
        if (name == DeclaredTypes.Array)
            return false;
        if (known.Any(type => type.Name == name))
            return true;
        var meant = TypesNamed(name, around, file);
        return meant.IsEmpty
            ? !SyntaxFacts.IsPredefinedType(SyntaxFacts.GetKeywordKind(name))
            : meant.Any(type => KnownTypes.SameOrBelow(type, known)) || IsQualified(name, file);
    }

    /// <summary>Whether a name that its file does not declare may hold an object of some types: that of a type does not.</summary>
    private bool MayHold(string name, TypeDeclarationSyntax around, ImmutableArray<INamedTypeSymbol> known) => MeaningOf(name, around) switch
    {
        INamespaceOrTypeSymbol => false,
        IFieldSymbol field => KnownTypes.SameOrBelow(field.Type, known),
        IPropertySymbol property => KnownTypes.SameOrBelow(property.Type, known),
        _ => true,
    };

    /// <summary>What a name alone means in a type, beside all bodies; null where that is not certain.</summary>
    private ISymbol? MeaningOf(string name, TypeDeclarationSyntax around)
    {
        if (values.TryGetValue((around, name), out var known))
            return known;
        var info = model.Bodies.SemanticsOf(around.SyntaxTree)
            .GetSpeculativeSymbolInfo(around.OpenBraceToken.Span.End, SyntaxFactory.IdentifierName(name), SpeculativeBindingOption.BindAsExpression);
        return values.GetOrAdd((around, name), info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null));
    }

    /// <summary>Which types a name alone means in a type, with as many type arguments as its file writes it with; empty where it may be a type that is not known.</summary>
    private ImmutableArray<ITypeSymbol> TypesNamed(string name, TypeDeclarationSyntax around, NamedBodies file) => types.TryGetValue((around, name), out var known)
        ? known
        : types.GetOrAdd((around, name), AritiesOf(name, around, file).SelectMany(arity => TypesNamed(name, arity, around)).ToImmutableArray());

    /// <summary>With how many type arguments a file names a type, be it by <c>this</c> in the type itself.</summary>
    private static IEnumerable<int> AritiesOf(string name, TypeDeclarationSyntax around, NamedBodies file)
    {
        var written = file.NamesOf(name).Select(found => found.Arity);
        return (around.Identifier.ValueText == name ? written.Append(around.Arity) : written).Distinct();
    }

    private IEnumerable<ITypeSymbol> TypesNamed(string name, int arity, TypeDeclarationSyntax around)
    {
        SimpleNameSyntax written = arity == 0
            ? SyntaxFactory.IdentifierName(name)
            : SyntaxFactory.GenericName(SyntaxFactory.Identifier(name), SyntaxFactory.TypeArgumentList(SyntaxFactory.SeparatedList(Enumerable.Repeat(AnyType, arity))));
        var info = model.Bodies.SemanticsOf(around.SyntaxTree)
            .GetSpeculativeSymbolInfo(around.OpenBraceToken.Span.End, written, SpeculativeBindingOption.BindAsTypeOrNamespace);
        return (info.Symbol is { } one ? ImmutableArray.Create(one) : info.CandidateSymbols).OfType<ITypeSymbol>();
    }

    /// <summary>Whether a file names a type by its namespace or the type around it, so that it means another one than its name alone.</summary>
    private static bool IsQualified(string name, NamedBodies file) =>
        file.NamesOf(name).Any(found => found.Parent is QualifiedNameSyntax qualified && qualified.Right == found || found.Parent is AliasQualifiedNameSyntax);
}
