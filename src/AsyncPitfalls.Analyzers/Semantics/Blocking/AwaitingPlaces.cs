using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Where code is expected to await, and not to keep its thread waiting.</summary>
internal sealed class AwaitingPlaces(AsyncModel model)
{
    /// <summary>
    /// Whether an operation runs in an async function, or in one that returns a task without being async. Not where no await
    /// could stand on purpose: in the body of a <c>lock</c>, a query, code that is never run, the set-up of a mock; not
    /// where the thread is nobody else's: in an entry point or a thread's procedure before the first await; and not for callers who asked for
    /// synchronous work (<see cref="FlaggedCalls"/>).
    /// </summary>
    public bool Hold(IOperation operation, CancellationToken cancellation) =>
        operation.SemanticModel is { } semantics
        && FunctionOf(operation) is { } function
        && GivesTask(function, semantics)
        && !ForbiddenAwaits.IsLocked(operation.Syntax)
        && !IsInScopeOfLock(operation)
        && !model.Unexecuted.Holds(operation)
        && !model.Mocks.IsPartOf(operation)
        && !model.DedicatedThreads.Runs(operation.Syntax, semantics, cancellation)
        && !(model.Surroundings.Of(function, semantics, cancellation) is Surrounding.EntryPoint or Surrounding.ThreadProcedure
            && !model.PrecedingAwaits.Any(operation, cancellation))
        && !model.CompletedTasks.Flagged.RunsForSynchronousCallers(operation, cancellation);

    /// <summary>The function whose body holds an operation; null for what no function runs, and in the lambda that a query's clause is.</summary>
    private static SyntaxNode? FunctionOf(IOperation operation) =>
        OwnOperations.FunctionAround(operation) is IAnonymousFunctionOperation { Syntax: not AnonymousFunctionExpressionSyntax }
            ? null
            : Functions.Around(operation.Syntax);

    private bool GivesTask(SyntaxNode function, SemanticModel semantics) =>
        Functions.IsAsync(function) || model.Awaitables.IsTaskLike(Functions.SymbolOf(function, semantics)?.ReturnType);

    /// <summary>Whether an operation is in what <c>using (x.EnterScope())</c> locks, which is a <c>lock</c> in other words.</summary>
    private bool IsInScopeOfLock(IOperation operation) =>
        model.Types.Lock is not null
        && OwnOperations.Around(operation).Any(around => around.Outer switch
        {
            IUsingOperation statement => statement.Body == around.Inner && EntersScope(statement.Resources),
            IBlockOperation block => block.Operations.TakeWhile(other => other != around.Inner).Any(other => other is IUsingDeclarationOperation && EntersScope(other)),
            _ => false,
        });

    private bool EntersScope(IOperation resources) =>
        resources.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod: { Name: "EnterScope", ContainingType: var type } } && KnownTypes.Same(type, model.Types.Lock));
}
