using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls whose task is meant to be dropped, and that say so themselves.</summary>
internal sealed class DeliberateDrops(AsyncModel model)
{
    /// <summary>
    /// Whether a call says that its task is nobody's concern: an argument such as <c>CommandFlags.FireAndForget</c>, an
    /// extension of somebody's own that takes the task and returns one (<c>PipeTo</c>), or the verification of a mock.
    /// </summary>
    public bool Is(IInvocationOperation call) => HasFlag(call) || TakesTask(call) || IsVerification(call);

    private static bool HasFlag(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.Value.DescendantsAndSelf().Any(value =>
            value is IFieldReferenceOperation { Field: { Name: "FireAndForget", ContainingType.TypeKind: TypeKind.Enum } }));

    private bool TakesTask(IInvocationOperation call) =>
        call.TargetMethod is { IsExtensionMethod: true } method
        && model.Awaitables.IsTaskOrValueTask((method.ReducedFrom ?? method).Parameters.FirstOrDefault()?.Type)
        && !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Types.Task?.ContainingAssembly);

    /// <summary>Whether a call on what <c>Received()</c> and its like return only tells which call is expected.</summary>
    private bool IsVerification(IInvocationOperation call)
    {
        for (var receiver = call.Instance; receiver is not null; receiver = ReceiverOf(receiver))
        {
            if (receiver is IInvocationOperation { TargetMethod.ContainingType: var type }
                && (KnownTypes.Same(type, model.Types.NSubstituteExtensions) || KnownTypes.Same(type, model.Types.NSubstituteReceivedExtensions)))
                return true;
        }

        return false;
    }

    private static IOperation? ReceiverOf(IOperation operation) => operation switch
    {
        IConversionOperation conversion => conversion.Operand,
        IMemberReferenceOperation member => member.Instance,
        IInvocationOperation call => call.Instance,
        _ => null,
    };
}
