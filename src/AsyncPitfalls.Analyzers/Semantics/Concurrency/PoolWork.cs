using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls that have a delegate run by threads of the pool: <c>Task.Run</c> and <c>StartNew</c> once, <c>Parallel</c> and parallel queries by several at a time.</summary>
internal sealed class PoolWork(AsyncModel model)
{
    /// <summary>Whether a call is one of them.</summary>
    public bool Starts(IInvocationOperation call) =>
        StartsOne(call)
        || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Parallel)
        || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.ThreadPool)
        || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.ParallelEnumerable);

    /// <summary>Whether a call starts one task on the pool, and not on a scheduler that it is given.</summary>
    public bool StartsOne(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            "Run" => KnownTypes.Same(method.ContainingType, model.Types.Task),
            "StartNew" => (KnownTypes.Same(method.ContainingType, model.Types.TaskFactory) || KnownTypes.Same(method.ContainingType, model.Types.TaskFactoryOfT))
                && call.Instance is IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Factory" } }
                && call.Arguments.All(argument => !KnownTypes.SameOrBelow(argument.Value.Type, model.Types.TaskScheduler) || IsDefaultScheduler(argument.Value)),
            _ => false,
        };
    }

    /// <summary>Whether a call runs its delegates several at a time: it is a parallel loop or query that is not told to take one after another.</summary>
    public bool IsParallel(IInvocationOperation call, CancellationToken cancellation)
    {
        var type = call.TargetMethod.ContainingType;
        if (KnownTypes.Same(type, model.Types.Parallel))
            return call.TargetMethod.Name is "For" or "ForEach" or "ForAsync" or "ForEachAsync" && !call.Arguments.Any(argument => IsForOne(argument.Value, cancellation));
        return KnownTypes.Same(type, model.Types.ParallelEnumerable) && !IsSequential(call);
    }

    private static bool IsDefaultScheduler(IOperation value) => value is IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Default" } };

    /// <summary>Whether options ask for one at a time.</summary>
    private bool IsForOne(IOperation options, CancellationToken cancellation)
    {
        if (!KnownTypes.SameOrBelow(options.Type, model.Types.ParallelOptions))
            return false;
        var values = options is IObjectCreationOperation ? [options] : model.AssignedValues.Of(options, cancellation);
        return values is { Count: > 0 } && values.All(value =>
            value is IObjectCreationOperation { Initializer: { } initializer }
            && initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(assignment =>
                assignment is { Target: IPropertyReferenceOperation { Property.Name: "MaxDegreeOfParallelism" }, Value.ConstantValue: { HasValue: true, Value: 1 } }));
    }

    /// <summary>Whether a parallel query, as far as it is written in one piece, asks for one at a time.</summary>
    private static bool IsSequential(IInvocationOperation call)
    {
        for (IOperation? query = call; query is IInvocationOperation current; query = current.Arguments.FirstOrDefault()?.Value)
        {
            if (current is { TargetMethod.Name: "WithDegreeOfParallelism", Arguments.Length: 2 } && current.Arguments[1].Value.ConstantValue is { HasValue: true, Value: 1 })
                return true;
        }

        return false;
    }
}
