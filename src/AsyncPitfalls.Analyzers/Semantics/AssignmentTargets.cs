using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What operations give a value.</summary>
internal static class AssignmentTargets
{
    /// <summary>The expressions that an operation itself gives a value: by assignment, deconstruction, <c>++</c>, or by passing them as <c>ref</c> or <c>out</c>.</summary>
    public static IEnumerable<IOperation> Of(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation assignment => [assignment.Target],
        ICompoundAssignmentOperation compound => [compound.Target],
        ICoalesceAssignmentOperation coalesce => [coalesce.Target],
        IIncrementOrDecrementOperation step => [step.Target],
        IDeconstructionAssignmentOperation deconstruction => deconstruction.Target.DescendantsAndSelf().Where(target => target is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => [argument.Value],
        _ => [],
    };
}
