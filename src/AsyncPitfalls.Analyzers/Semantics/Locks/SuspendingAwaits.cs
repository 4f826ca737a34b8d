using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>After which awaits a function may go on with another thread.</summary>
internal sealed class SuspendingAwaits(AsyncModel model)
{
    // ConfigureAwaitOptions.ContinueOnCapturedContext
    private const int ContinueOnCapturedContext = 1;

    /// <summary>
    /// Whether an operation of a control-flow graph may suspend its function: an await of what is not known completed, one
    /// that nobody has written (<c>await foreach</c>, <c>await using</c>), and a <c>yield return</c> of an async function.
    /// </summary>
    public bool Suspends(IOperation operation, SemanticModel semantics, CancellationToken cancellation) => operation switch
    {
        IAwaitOperation => operation.IsImplicit
            || semantics.GetOperation(operation.Syntax, cancellation) is not IAwaitOperation { Operation: { } awaited }
            || !model.CompletedTasks.IsKnownCompleted(awaited, cancellation),
        IReturnOperation { Kind: OperationKind.YieldReturn } => Functions.IsAsync(Functions.Around(operation.Syntax)),
        _ => false,
    };

    /// <summary>Whether an await says that it does not go on where it was captured: <c>ConfigureAwait(false)</c>.</summary>
    public static bool LeavesContext(IOperation operation) =>
        operation.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call =>
            call is { TargetMethod.Name: "ConfigureAwait", Arguments: { IsEmpty: false } arguments }
            && arguments[arguments.Length - 1].Value.ConstantValue switch
            {
                { HasValue: true, Value: bool continues } => !continues,
                { HasValue: true, Value: int options } => (options & ContinueOnCapturedContext) == 0,
                _ => false,
            });

    /// <summary>
    /// Whether a function goes on with the thread that it was on, after an await that does not say otherwise: a handler that a
    /// user interface calls on its loop, which puts the rest of it into that loop again.
    /// </summary>
    public bool KeepsThread(SyntaxNode place, SemanticModel semantics, CancellationToken cancellation) =>
        model.Surroundings.Around(place, semantics, cancellation) == Surrounding.UserInterfaceHandler;
}
