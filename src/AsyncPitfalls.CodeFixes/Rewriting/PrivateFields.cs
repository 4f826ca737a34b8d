using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>Private fields, all of whose uses are in sight: in the files that their type is written in.</summary>
internal static class PrivateFields
{
    /// <summary>The declarator of a private field that is declared alone; null for all other symbols, and where a part of its type is not in a file that can be changed.</summary>
    public static CodePlace? DeclaratorOf(ISymbol? symbol, FixSite site, CancellationToken cancellation) =>
        symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false } field
        && field.ContainingType.DeclaringSyntaxReferences.All(part => PlaceOf(part.GetSyntax(cancellation), site) is not null)
        && field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is VariableDeclaratorSyntax
        {
            ArgumentList: null,
            Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax },
        } declarator
            ? PlaceOf(declarator, site)
            : null;

    /// <summary>Every expression that names a field, with <c>this.</c> or the type before it where that is written; what <c>nameof</c> and documentation say is left out.</summary>
    public static IEnumerable<CodePlace> UsesOf(IFieldSymbol field, FixSite site, CancellationToken cancellation) =>
        from part in field.ContainingType.DeclaringSyntaxReferences
        let place = PlaceOf(part.GetSyntax(cancellation), site)
        where place is not null
        from name in place.Node.DescendantNodes().OfType<IdentifierNameSyntax>()
        where name.Identifier.ValueText == field.Name
            && SymbolEqualityComparer.Default.Equals(place.Semantics.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, field.OriginalDefinition)
        let whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name
        where !IsOnlyNamed(whole, place.Semantics, cancellation)
        select place.At(whole);

    private static CodePlace? PlaceOf(SyntaxNode node, FixSite site)
    {
        if (node.SyntaxTree == site.Semantics.SyntaxTree)
            return CodePlace.Of(site, node);
        return site.Document.Project.GetDocument(node.SyntaxTree) is { } document and not SourceGeneratedDocument
            && !GeneratedFiles.IsGenerated(node.SyntaxTree, document.Project.AnalyzerOptions)
                ? new CodePlace(document, site.Model.Bodies.SemanticsOf(node.SyntaxTree), site.Model, node)
                : null;
    }

    private static bool IsOnlyNamed(ExpressionSyntax name, SemanticModel semantics, CancellationToken cancellation) => name.Ancestors().Any(node =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } call
        && semantics.GetConstantValue(call, cancellation).HasValue);
}
