using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a local stands for.</summary>
internal static class Locals
{
    /// <summary>
    /// The value of a local that is given one where it is declared and never another; null for all other locals. Passing
    /// it by reference counts as giving it another value.
    /// </summary>
    public static IOperation? OnlyValueOf(ILocalReferenceOperation reference, CancellationToken cancellation)
    {
        // A declaration further down is half-typed code, and following it could go on for ever.
        if (reference.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer: { } initializer }
            || initializer.Span.End > reference.Syntax.SpanStart
            || reference.SemanticModel?.GetOperation(initializer, cancellation) is not IVariableInitializerOperation { Value: { } value })
            return null;
        var root = (IOperation)reference;
        while (root.Parent is not null)
            root = root.Parent;
        return root.Descendants().Any(operation => GivesValue(operation, reference.Local)) ? null : value;
    }

    private static bool GivesValue(IOperation operation, ILocalSymbol local) => operation switch
    {
        IAssignmentOperation assignment => assignment.Target.DescendantsAndSelf().Any(target => IsLocal(target, local)),
        IIncrementOrDecrementOperation step => IsLocal(step.Target, local),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsLocal(argument.Value, local),
        IAddressOfOperation address => IsLocal(address.Reference, local),
        IVariableDeclaratorOperation { Symbol.IsRef: true, Initializer.Value: { } referred } => IsLocal(referred, local),
        _ => false,
    };

    private static bool IsLocal(IOperation operation, ILocalSymbol local) =>
        operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);
}
