using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>By which variable an expression reaches the state that it means.</summary>
internal static class SharedVariables
{
    /// <summary>
    /// The local, parameter, static member or member of this object with which an expression begins: <c>stats</c> in
    /// <c>stats.Totals.Count</c>. Null where a call, an element of a collection, or a member that computes its value comes
    /// between, so that each time there may be another object.
    /// </summary>
    public static ISymbol? RootOf(IOperation? expression) => ConditionalAccesses.Receiver(expression) switch
    {
        IConversionOperation conversion => RootOf(conversion.Operand),
        IParenthesizedOperation parenthesized => RootOf(parenthesized.Operand),
        ILocalReferenceOperation { Local: { RefKind: RefKind.None, IsConst: false } local } => local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => parameter,
        IFieldReferenceOperation { Field: { IsConst: false } field } reference => RootOf(reference, field),
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } reference when IsStored(property) => RootOf(reference, property),
        _ => null,
    };

    private static ISymbol? RootOf(IMemberReferenceOperation reference, ISymbol member) =>
        reference.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } ? member : RootOf(reference.Instance);

    /// <summary>Whether a property of a source file keeps its value, or gives away a field's: nobody knows what others compute.</summary>
    private static bool IsStored(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            PropertyDeclarationSyntax { ExpressionBody.Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } => true,
            PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } => accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }),
            ParameterSyntax => true,
            _ => false,
        };
}
