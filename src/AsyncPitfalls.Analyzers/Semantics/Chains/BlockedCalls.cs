using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Where async code runs a synchronous member that blocks further down.</summary>
internal sealed class BlockedCalls(AsyncModel model)
{
    /// <summary>The kinds of operations for which <see cref="Of"/> can have an answer.</summary>
    public static ImmutableArray<OperationKind> Kinds { get; } =
        ImmutableArray.Create(OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation);

    /// <summary>
    /// The chain by which a call, read or creation in an async function blocks it. Null for all others, for what runs on a
    /// thread that is there for it, where no await is expected (<see cref="AwaitingPlaces"/>), for what makes an exception that is thrown, and where the member only waits
    /// for tasks that it is given and that have completed. It does not ask whether another defect comes before.
    /// </summary>
    public CallChain? Of(IOperation operation, CancellationToken cancellation) =>
        model.CallChains.MayBlock(operation, cancellation)
        && !(operation is IPropertyReferenceOperation property && MemberRuns.IsOnlyWritten(property))
        && Functions.IsAsync(Functions.Around(operation.Syntax))
        && model.CallChains.Of(operation, cancellation) is { } chain
        && !MemberRuns.IsThrown(operation)
        && !IsSentToPool(operation, cancellation)
        && model.AwaitingPlaces.Hold(operation, cancellation)
        && !IsGivenCompletedTasks(operation, chain, cancellation)
            ? chain
            : null;

    /// <summary>Whether an operation is in a lambda or local function, be it async or not, that is sent to the pool.</summary>
    private bool IsSentToPool(IOperation operation, CancellationToken cancellation)
    {
        for (var function = Functions.Around(operation.Syntax); function is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax; function = Functions.Around(function))
        {
            if (model.HandOvers.Of(function, operation.SemanticModel!, cancellation).Any(handOver => handOver.Receiver is IInvocationOperation call && Sends(call)))
                return true;
        }

        return false;
    }

    private bool Sends(IInvocationOperation call) => model.PoolWork.StartsOne(call) || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.ThreadPool);

    /// <summary>Whether all that the called member waits for are tasks that it is given here, after they have completed.</summary>
    private bool IsGivenCompletedTasks(IOperation operation, CallChain chain, CancellationToken cancellation) =>
        operation is IInvocationOperation call
        && chain is { Steps.Length: 2, End.Parameters: { IsEmpty: false } awaited }
        && awaited.All(parameter => call.Arguments.Any(argument =>
            SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, parameter.OriginalDefinition)
            && model.CompletedTasks.IsKnownCompleted(argument.Value, cancellation)));
}
