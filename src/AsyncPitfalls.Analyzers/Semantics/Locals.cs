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
        return VariableMentions.Around(reference).Of(reference.Local).Any(IsGivenValue) ? null : value;
    }

    private static bool IsGivenValue(IOperation mention) =>
        IsInTarget(mention)
        || mention.Parent switch
        {
            IIncrementOrDecrementOperation step => step.Target == mention,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value == mention,
            IAddressOfOperation address => address.Reference == mention,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
            _ => false,
        };

    /// <summary>Whether a mention is part of what an assignment puts its value into.</summary>
    private static bool IsInTarget(IOperation mention)
    {
        for (var (inner, outer) = (mention, mention.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            if (outer is IAssignmentOperation assignment && assignment.Target == inner)
                return true;
        }

        return false;
    }
}
