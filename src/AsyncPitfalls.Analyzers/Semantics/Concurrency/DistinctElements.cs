using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Whether the runs of a function each change an element of their own, as the index tells.</summary>
internal sealed class DistinctElements
{
    /// <summary>
    /// Whether several runs change the same element of an array for certain: its index is the same for all of them, or is
    /// made smaller or looked up, as in <c>counts[x % 10]</c> and <c>counts[colors[i]]</c>.
    /// </summary>
    public bool AreShared(IArrayElementReferenceOperation element) => element.Indices.All(IsShared);

    /// <summary>Whether an element of a list is written by an index that the function itself is given, as in a loop over a list that is filled already.</summary>
    public bool AreDistinct(IPropertyReferenceOperation element) =>
        element.Arguments is { Length: 1 } arguments
        && arguments[0].Value.Type?.SpecialType == SpecialType.System_Int32
        && element.Instance?.Type is INamedTypeSymbol { TypeArguments.Length: < 2 }
        && !IsShared(arguments[0].Value);

    private static bool IsShared(IOperation index) =>
        index.ConstantValue.HasValue
        || index.DescendantsAndSelf().Any(part => part
            is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder or BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift or BinaryOperatorKind.And }
            or IArrayElementReferenceOperation
            or IPropertyReferenceOperation { Property.IsIndexer: true })
        || index.DescendantsAndSelf().All(part => part switch
        {
            ILocalReferenceOperation { Local: var local } => IsFromOutside(local, index),
            IParameterReferenceOperation { Parameter: var parameter } => IsFromOutside(parameter, index),
            IInvocationOperation or IObjectCreationOperation => false,
            _ => true,
        });

    /// <summary>Whether a variable is declared by another function than the one that uses it, and by no loop around both, so that all runs have the same value.</summary>
    private static bool IsFromOutside(ISymbol variable, IOperation use) =>
        variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declaration
        && Functions.Around(declaration) is var function && function != Functions.Around(use.Syntax)
        && !declaration.AncestorsAndSelf().TakeWhile(node => node != function).Any(node => IsLoop(node) && node.Span.Contains(use.Syntax.Span));

    private static bool IsLoop(SyntaxNode node) => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
