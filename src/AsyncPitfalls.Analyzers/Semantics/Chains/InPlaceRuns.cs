using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which lambdas and lazy sequences have been run when the function that makes them goes on.</summary>
internal sealed class InPlaceRuns(AsyncModel model)
{
    /// <summary>
    /// Whether a lambda is run in place: by a loop over a collection, by a query that is enumerated there, or by a synchronous
    /// method of this compilation that calls what it is given.
    /// </summary>
    public bool Has(IAnonymousFunctionOperation lambda, CancellationToken cancellation)
    {
        if (lambda.Symbol.IsAsync || HandOvers.At(lambda) is not { Receiver: IInvocationOperation call } handOver)
            return false;
        if (KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable))
            return IsEnumerated(call);
        return IsTakenByCollection(call.TargetMethod) || handOver.Parameter is { } parameter && IsCalled(parameter, call.TargetMethod, cancellation);
    }

    /// <summary>Whether a method is one of a collection, which calls the functions that it takes before it returns, or of a query over one.</summary>
    public bool IsTakenByCollection(IMethodSymbol method) =>
        KnownTypes.Same(method.ContainingType, model.Types.Enumerable)
        || KnownTypes.SameOrBelow(method.ContainingType, model.Types.EnumerableOfT)
        || method.ContainingType.SpecialType == SpecialType.System_Array;

    /// <summary>Whether the sequence that a call returns is enumerated right there: by a loop, a query that gives something else than a sequence, or who copies it.</summary>
    public bool IsEnumerated(IInvocationOperation call)
    {
        IOperation current = call;
        while (IsLazy(current.Type))
        {
            switch (current.Parent)
            {
                case IConversionOperation conversion:
                    current = conversion;
                    break;
                case IForEachLoopOperation loop:
                    return loop.Collection == current;
                case IArgumentOperation { Parent: IInvocationOperation taker } when KnownTypes.Same(taker.TargetMethod.ContainingType, model.Types.Enumerable):
                    current = taker;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation taker }:
                    return IsTakenByCollection(taker.TargetMethod)
                        || taker.TargetMethod.ContainingType.SpecialType == SpecialType.System_String
                        || KnownTypes.Same(taker.TargetMethod.ContainingType, model.Types.Task);
                case IArgumentOperation { Parent: IObjectCreationOperation copy }:
                    return KnownTypes.SameOrBelow(copy.Type, model.Types.EnumerableOfT);
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsLazy(ITypeSymbol? type) => type is { TypeKind: TypeKind.Interface };

    private bool IsCalled(IParameterSymbol parameter, IMethodSymbol method, CancellationToken cancellation) =>
        method is { IsAsync: false, IsAbstract: false, IsVirtual: false }
        && model.Bodies.OperationOf(method, cancellation) is { } body
        && OwnOperations.Of(body).Any(operation =>
            operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call
            && ConditionalAccesses.Receiver(call.Instance) is IParameterReferenceOperation { Parameter: var called }
            && SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, parameter.OriginalDefinition));
}
