using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A place where a nested function begins to run as a task.</summary>
/// <param name="Call">The call that makes the task: of the function itself, or of what takes it as a delegate.</param>
/// <param name="RunsInPlace">Whether the function runs up to its first await before the call returns; else another thread may run all of it later.</param>
internal sealed record StartedWork(IInvocationOperation Call, bool RunsInPlace);

/// <summary>Where a nested function begins to run as a task: where it is called, if it is async, and where <c>Task.Run</c>, <c>StartNew</c>, <c>ContinueWith</c> or another method that returns a task gets it.</summary>
/// <param name="model">The model of the compilation.</param>
/// <param name="function">The lambda or local function.</param>
internal sealed class WorkStarts(AsyncModel model, IOperation function)
{
    private readonly bool isAsync = Functions.IsAsync(function.Syntax);
    private readonly HashSet<ISymbol> followed = new(SymbolEqualityComparer.Default);

    /// <summary>Whether there may be a start, by where the function stands: false for most lambdas, which are not async and given to what schedules nothing.</summary>
    public static bool MayBeOf(IOperation function)
    {
        if (Functions.IsAsync(function.Syntax) || function is not IAnonymousFunctionOperation)
            return true;
        var value = function;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation taker } => IsScheduling(taker.TargetMethod.Name),
            IVariableInitializerOperation or ISimpleAssignmentOperation => true,
            _ => false,
        };
    }

    public IEnumerable<StartedWork> Find() => function switch
    {
        IAnonymousFunctionOperation { Symbol: var symbol } => isAsync && symbol.ReturnsVoid ? [] : OfDelegate(function),
        ILocalFunctionOperation { Symbol: var symbol } => isAsync && symbol.ReturnsVoid ? [] : NestedFunctions.In(OwnOperations.RootOf(function)).UsesOf(symbol)
            .SelectMany(use => use is IInvocationOperation call ? OfCall(call) : OfDelegate(use)),
        _ => [],
    };

    /// <summary>The starts of a delegate that is made of the function, also through locals that hold it.</summary>
    private IEnumerable<StartedWork> OfDelegate(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation)
            value = value.Parent;
        switch (value.Parent)
        {
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call when call.Instance == value:
                return OfCall(call);
            case IArgumentOperation { Parent: IInvocationOperation taker }:
                return OfTaker(taker);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return OfLocal(local, value);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == value:
                return OfLocal(local, value);
            default:
                return [];
        }
    }

    private IEnumerable<StartedWork> OfLocal(ILocalSymbol local, IOperation value) => followed.Add(local)
        ? model.TaskFates.ReadsOf(local, value).Where(read => !function.Syntax.Span.Contains(read.Syntax.Span)).SelectMany(OfDelegate)
        : [];

    private IEnumerable<StartedWork> OfCall(IInvocationOperation call) =>
        isAsync && !function.Syntax.Span.Contains(call.Syntax.Span) && IsTask(call) ? [new StartedWork(call, true)] : [];

    private IEnumerable<StartedWork> OfTaker(IInvocationOperation taker)
    {
        if (Schedules(taker.TargetMethod))
            return [new StartedWork(taker, false)];
        if (!isAsync)
            return [];

        // A query runs the function when somebody goes through it.
        for (var call = taker; ; )
        {
            if (IsTask(call))
                return [new StartedWork(call, true)];
            IOperation value = call;
            while (value.Parent is IConversionOperation)
                value = value.Parent;
            if (!KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable) || (value.Parent is IArgumentOperation argument ? argument.Parent : value.Parent) is not IInvocationOperation outer)
                return KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable) && call.TargetMethod.Name is "ToList" or "ToArray" ? [new StartedWork(call, true)] : [];
            call = outer;
        }
    }

    private bool IsTask(IInvocationOperation call) => model.Awaitables.IsTaskOrValueTask(call.Type);

    private static bool IsScheduling(string name) => name is "Run" or "StartNew" or "ContinueWith";

    /// <summary>Whether a method has another thread run a delegate, now or later.</summary>
    private bool Schedules(IMethodSymbol method) => method.Name switch
    {
        "Run" => KnownTypes.Same(method.ContainingType, model.Types.Task),
        "StartNew" => KnownTypes.Same(method.ContainingType, model.Types.TaskFactory) || KnownTypes.Same(method.ContainingType, model.Types.TaskFactoryOfT),
        "ContinueWith" => KnownTypes.Same(method.ContainingType, model.Types.Task) || KnownTypes.Same(method.ContainingType, model.Types.TaskOfT),
        _ => false,
    };
}
