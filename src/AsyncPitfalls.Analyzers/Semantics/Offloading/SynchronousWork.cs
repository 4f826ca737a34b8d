using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Whether code keeps the thread that calls it busy before its first <c>await</c>: with a loop, a lock, a wait, or a call of
/// which nobody knows how long it takes. An asynchronous method of another assembly is taken at its word.
/// </summary>
internal sealed class SynchronousWork(AsyncModel model)
{
    private const int Farthest = 4;

    private readonly AsyncModel model = model;
    private readonly ConcurrentDictionary<ISymbol, bool> methods = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a method keeps its caller busy when it is called.</summary>
    public bool IsDoneBy(IMethodSymbol method, CancellationToken cancellation) => IsDoneBy(method, Farthest, cancellation);

    /// <summary>Whether the body of a function does, given as its operation.</summary>
    public bool IsDoneIn(IOperation body, CancellationToken cancellation) => new Reader(this, Farthest, cancellation).FindsWork(body);

    private bool IsDoneBy(IMethodSymbol method, int steps, CancellationToken cancellation)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (methods.TryGetValue(method, out var known))
            return known;
        if (Bodies.SyntaxOf(method, cancellation) is null)
            return method is { IsAbstract: false, IsExtern: false } && !IsQuick(method);
        if (steps == 0)
            return false;
        var found = model.Bodies.OperationOf(method, cancellation) is { } body && new Reader(this, steps - 1, cancellation).FindsWork(body);
        return steps == Farthest ? methods.GetOrAdd(method, found) : found;
    }

    /// <summary>Whether a method without a body here returns at once, or as soon as something has to be waited for.</summary>
    private bool IsQuick(IMethodSymbol method) =>
        method.MethodKind != MethodKind.DelegateInvoke
        && (model.Awaitables.ResultOf(method.ReturnType) is not null
            || model.Types.QuickTypes.Any(type => KnownTypes.Same(method.ContainingType, type))
            || KnownTypes.SameOrBelow(method.ContainingType, model.Types.Exception)
            || method.ContainingType.IsValueType
            || IsOneElement(method));

    /// <summary>Whether a method puts one element into a collection, takes one out or looks one up.</summary>
    private bool IsOneElement(IMethodSymbol method) =>
        method.Name is "Add" or "TryAdd" or "Remove" or "TryRemove" or "TryGetValue" or "ContainsKey" or "Enqueue" or "TryDequeue" or "Push" or "TryPop"
        && KnownTypes.SameOrBelow(method.ContainingType, model.Types.PlainEnumerable);

    /// <summary>Reads code in the order in which it runs, up to its first await on each path.</summary>
    private sealed class Reader(SynchronousWork work, int steps, CancellationToken cancellation)
    {
        private readonly AsyncModel model = work.model;
        private bool found;

        public bool FindsWork(IOperation body)
        {
            Ends(body is ILocalFunctionOperation function ? function.Body : body);
            return found;
        }

        /// <summary>Reads an operation; whether every path through it awaits, or leaves.</summary>
        private bool Ends(IOperation? operation)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (operation)
            {
                case null or IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation:
                    return false;
                case IAwaitOperation await:
                    Ends(await.Operation);
                    return true;
                case ILoopOperation loop:
                    return EndsLoop(loop);
                case IConditionalOperation choice:
                    return Ends(choice.Condition) | (Ends(choice.WhenTrue) & Ends(choice.WhenFalse));
                case ISwitchOperation choice:
                    return Ends(choice.Value) | (choice.Cases.Count(EndsAll) == choice.Cases.Length & choice.Cases.Any(one => one.Clauses.Any(clause => clause.CaseKind == CaseKind.Default)));
                case ISwitchExpressionOperation choice:
                    return Ends(choice.Value) | choice.Arms.Count(EndsAll) == choice.Arms.Length;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                    var left = Ends(both.LeftOperand);
                    Ends(both.RightOperand);
                    return left;
                case ICoalesceOperation coalesce:
                    var value = Ends(coalesce.Value);
                    Ends(coalesce.WhenNull);
                    return value;
                case ITryOperation attempt:
                    return Ends(attempt.Body) | Ends(attempt.Finally);
                case ILockOperation:
                    return found = true;
                case IReturnOperation or IThrowOperation or IBranchOperation:
                    EndsAll(operation);
                    return true;
                default:
                    if (EndsAll(operation))
                        return true;
                    found |= IsWork(operation);
                    return false;
            }
        }

        private bool EndsAll(IOperation operation) => operation.ChildOperations.Any(Ends);

        /// <summary>A loop that awaits has done so in its first turn; one that does not runs through.</summary>
        private bool EndsLoop(ILoopOperation loop)
        {
            if (!OwnOperations.Of(loop).Any(inner => inner is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true }))
                return found = true;
            EndsAll(loop);
            return true;
        }

        private bool IsWork(IOperation operation) =>
            model.BlockingWaits.Of(operation) is not null
            || operation is IInvocationOperation call
            && !model.Loggers.IsLogging(call)
            && (model.BlockingMembers.Of(call, cancellation) is not null || work.IsDoneBy(call.TargetMethod, steps, cancellation));
    }
}
