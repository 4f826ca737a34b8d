using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Whether the type as whose member a name is used can be a well-known one. Only what a name means beside all bodies is asked of the
/// compiler, nothing is bound.
/// </summary>
internal sealed class ReceiverTypes(AsyncModel model)
{
    private readonly ConcurrentDictionary<(SyntaxNode Around, string Name), ImmutableArray<ITypeSymbol>> meant = new();

    /// <summary>
    /// Whether a use may be that of a member which objects of some types have: true where it is not certain of what type the
    /// receiver is. A type from which one of them derives is none of them.
    /// </summary>
    public bool MayBe(NameUse use, NamedBodies file, ImmutableArray<INamedTypeSymbol> known, CancellationToken cancellation)
    {
        if (use.Place.FirstAncestorOrSelf<TypeDeclarationSyntax>(DeclaredTypes.IsNamedType) is not { } around || around.OpenBraceToken.IsKind(SyntaxKind.None))
            return true;
        cancellation.ThrowIfCancellationRequested();
        if (use.On is not { } name)
            return file.UndeclaredReceiver(use) is not { } receiver || MayHold(receiver, around, known, cancellation);
        if (name == DeclaredTypes.Array)
            return false;
        if (known.Any(type => type.Name == name))
            return true;
        var types = TypesNamed(name, around);
        return types.IsEmpty
            ? !SyntaxFacts.IsPredefinedType(SyntaxFacts.GetKeywordKind(name))
            : types.Any(type => KnownTypes.SameOrBelow(type, known)) || IsQualified(name, file);
    }

    /// <summary>Whether a name that its file does not declare may hold an object of some types: that of a type or namespace does not.</summary>
    private bool MayHold(string name, TypeDeclarationSyntax around, ImmutableArray<INamedTypeSymbol> known, CancellationToken cancellation)
    {
        for (var outer = model.Bodies.SemanticsOf(around.SyntaxTree).GetDeclaredSymbol(around, cancellation); outer is not null; outer = outer.ContainingType)
        {
            for (var type = outer; type is not null; type = type.BaseType)
            {
                foreach (var member in type.GetMembers(name))
                {
                    if (member is not INamedTypeSymbol)
                        return Holds(member, known);
                }
            }
        }

        return model.NamedFiles.ImportMembers(cancellation);
    }

    private static bool Holds(ISymbol member, ImmutableArray<INamedTypeSymbol> known) => member switch
    {
        IFieldSymbol field => KnownTypes.SameOrBelow(field.Type, known),
        IPropertySymbol property => KnownTypes.SameOrBelow(property.Type, known),
        _ => true,
    };

    /// <summary>Which types a name alone means in a type.</summary>
    private ImmutableArray<ITypeSymbol> TypesNamed(string name, TypeDeclarationSyntax around) => meant.TryGetValue((around, name), out var types)
        ? types
        : meant.GetOrAdd((around, name), model.Bodies.SemanticsOf(around.SyntaxTree).LookupNamespacesAndTypes(around.OpenBraceToken.Span.End, name: name)
            .Select(symbol => symbol is IAliasSymbol alias ? alias.Target : symbol)
            .OfType<ITypeSymbol>()
            .ToImmutableArray());

    /// <summary>Whether a file names a type by its namespace or the type around it, so that it means another one than its name alone.</summary>
    private static bool IsQualified(string name, NamedBodies file) =>
        file.NamesOf(name).Any(found => found.Parent is QualifiedNameSyntax qualified && qualified.Right == found || found.Parent is AliasQualifiedNameSyntax);
}
