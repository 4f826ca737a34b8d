using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// References to variables, and ref structs such as spans, that would have to live on while an <c>await</c> is waiting, which
/// they cannot. The compiler says so only when it emits code (CS4007, CS8178, CS9217), so it is found here.
/// </summary>
internal static class LiveAcrossAwait
{
    /// <summary>Whether such a value is made before a spot that becomes an <c>await</c>, and needed after it.</summary>
    public static bool Any(SyntaxNode spot, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetOperation(spot, cancellation) is { } operation && IsOperandWaiting(operation)
        || Functions.Around(spot) is { } function && Functions.OwnNodes(function).Any(node => IsLiveLocal(node, spot, semantics, cancellation));

    /// <summary>Whether something around an operation has already evaluated such an operand, as in <c>span.IndexOf(F().Result)</c>, or loops over one.</summary>
    private static bool IsOperandWaiting(IOperation operation)
    {
        var current = operation;
        for (var parent = current.Parent; parent is not null; current = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                case IForEachLoopOperation loop when loop.Body == current && IsTransient(Unconverted(loop.Collection)):
                case IUsingOperation { Resources: not IVariableDeclarationGroupOperation } statement when statement.Body == current && IsTransient(statement.Resources):
                    return true;
                case IBlockOperation or ILoopOperation or IUsingOperation:
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation { Local.RefKind: not RefKind.None } } assignment when assignment.Target != current:
                    return true;
                default:
                    if (parent.ChildOperations.TakeWhile(child => child != current).Any(IsTransient))
                        return true;
                    break;
            }
        }

        return false;
    }

    private static bool IsTransient(IOperation operand) => operand switch
    {
        IArgumentOperation argument => IsTransient(argument.Value),
        IInvocationOperation { TargetMethod.RefKind: not RefKind.None } => true,
        IPropertyReferenceOperation { Property.RefKind: not RefKind.None } => true,
        IVariableDeclarationGroupOperation or IExpressionStatementOperation => false,
        _ => operand.Type is { IsRefLikeType: true },
    };

    private static IOperation Unconverted(IOperation operation) =>
        operation is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : operation;

    /// <summary>Whether a node declares a local of that kind, before a spot, that is read behind it or in the next turn of a loop.</summary>
    private static bool IsLiveLocal(SyntaxNode node, SyntaxNode spot, SemanticModel semantics, CancellationToken cancellation)
    {
        if (node is not (VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax)
            || node.SpanStart > spot.SpanStart
            || semantics.GetDeclaredSymbol(node, cancellation) is not ILocalSymbol local
            || local.RefKind == RefKind.None && !local.Type.IsRefLikeType
            || Scope(node) is not { } scope || !scope.Span.Contains(spot.Span))
            return false;
        if (local.IsUsing)
            return true;
        var loop = spot.Ancestors().TakeWhile(ancestor => ancestor != scope).LastOrDefault(IsLoop);
        // What an awaited call itself is given has been read when it begins to wait.
        var dies = loop?.SpanStart ?? (spot is ExpressionSyntax ? spot.Span.End : spot.SpanStart + 1);
        return scope.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.SpanStart >= dies
            && name.Identifier.ValueText == local.Name
            && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name, cancellation).Symbol, local));
    }

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static SyntaxNode? Scope(SyntaxNode declaration) => declaration is ForEachStatementSyntax
        ? declaration
        : declaration.Ancestors().FirstOrDefault(ancestor => ancestor is BlockSyntax or SwitchSectionSyntax or ForStatementSyntax or CompilationUnitSyntax || Functions.IsFunction(ancestor));
}
