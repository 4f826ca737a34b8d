using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>Private fields whose type lies in one file, so that all their uses are in sight.</summary>
internal static class PrivateFields
{
    /// <summary>The declarator of a private field that is declared alone, in a type that has no part in another file than the finding; null for all other symbols.</summary>
    public static VariableDeclaratorSyntax? DeclaratorOf(ISymbol? symbol, FixSite site, CancellationToken cancellation) =>
        symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false } field
        && field.ContainingType.DeclaringSyntaxReferences.All(part => part.SyntaxTree == site.Semantics.SyntaxTree)
        && field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is VariableDeclaratorSyntax
        {
            ArgumentList: null,
            Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax },
        } declarator
            ? declarator
            : null;

    /// <summary>Every expression that names a field, with <c>this.</c> or the type before it where that is written; what <c>nameof</c> and documentation say is left out.</summary>
    public static IEnumerable<ExpressionSyntax> UsesOf(IFieldSymbol field, FixSite site, CancellationToken cancellation) =>
        from part in field.ContainingType.DeclaringSyntaxReferences
        from name in part.GetSyntax(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>()
        where name.Identifier.ValueText == field.Name
            && SymbolEqualityComparer.Default.Equals(site.Semantics.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, field.OriginalDefinition)
        let whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name
        where !IsOnlyNamed(whole, site, cancellation)
        select whole;

    private static bool IsOnlyNamed(ExpressionSyntax name, FixSite site, CancellationToken cancellation) => name.Ancestors().Any(node =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } call
        && site.Semantics.GetConstantValue(call, cancellation).HasValue);
}
