using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Loops that wait for a task by asking it: <c>while (!t.IsCompleted) { }</c>. A loop that awaits or yields in its body
/// does not hold its thread, and one that calls other code and never pauses is doing work meanwhile.
/// </summary>
internal sealed class SpinLoops(AsyncModel model)
{
    private readonly ConcurrentDictionary<SyntaxNode, bool> asking = new();

    /// <summary>The names of the properties that a loop can ask.</summary>
    public static ImmutableArray<string> Names { get; } =
        ImmutableArray.Create("IsCompleted", "IsCompletedSuccessfully", "IsFaulted", "IsCanceled", "Status");

    /// <summary>Whether a loop goes on because this property of a task says that it has not completed. Only the first such property of a loop counts.</summary>
    public bool IsAskedBy(IPropertyReferenceOperation property)
    {
        if (!IsCompletion(property))
            return false;
        var (loop, condition, isOnly) = LoopThatAsks(property);
        return loop is not null && Idles(loop, isOnly) && First(condition!) == property;
    }

    /// <summary>Whether a call is the pause in such a loop.</summary>
    public bool IsPauseOfLoop(IInvocationOperation call) =>
        IsPause(call.TargetMethod)
        && OwnOperations.Around(call).Any(around => around.Outer is ILoopOperation loop && Asks(loop));

    private bool Asks(ILoopOperation loop) =>
        asking.TryGetValue(loop.Syntax, out var asks)
            ? asks
            : asking.GetOrAdd(loop.Syntax, OwnOperations.Of(loop).OfType<IPropertyReferenceOperation>().Any(IsAskedBy));

    /// <summary>The task that <c>SpinWait.SpinUntil</c> waits for; null where its condition asks no task.</summary>
    public IOperation? AskedUntil(IOperation operation) =>
        operation is IInvocationOperation { Arguments.IsEmpty: false } call
        && call.Arguments[0].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
            ? First(lambda.Body)?.Instance
            : null;

    private IPropertyReferenceOperation? First(IOperation condition) =>
        condition.DescendantsAndSelf().OfType<IPropertyReferenceOperation>().FirstOrDefault(IsCompletion);

    /// <summary>Whether a property tells that a task, or the task of an awaiter, has completed.</summary>
    private bool IsCompletion(IPropertyReferenceOperation property) =>
        property.Instance is { } instance
        && property.Property.Name switch
        {
            "IsCompleted" => model.Awaitables.IsTaskOrValueTask(instance.Type) || model.Awaitables.IsAwaiter(instance.Type)
                || model.Awaitables.IsTask((instance as IConversionOperation)?.Operand.Type),
            "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" => model.Awaitables.IsTaskOrValueTask(instance.Type),
            "Status" => model.Awaitables.IsTask(instance.Type),
            _ => false,
        };

    private static (ILoopOperation? Loop, IOperation? Condition, bool IsOnly) LoopThatAsks(IPropertyReferenceOperation property)
    {
        var goesOnCompleted = property.Property.Name != "Status";
        var isOnly = true;
        IOperation current = property;
        for (var parent = property.Parent; parent is not null; current = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } or INegatedPatternOperation:
                    goesOnCompleted = !goesOnCompleted;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared:
                    var other = compared.LeftOperand == current ? compared.RightOperand : compared.LeftOperand;
                    goesOnCompleted ^= SaysNo(other) ^ compared.OperatorKind == BinaryOperatorKind.NotEquals;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                    isOnly = false;
                    break;
                case IPropertySubpatternOperation subpattern:
                    goesOnCompleted ^= SaysNo(subpattern.Pattern);
                    break;
                case IIsPatternOperation tested when tested.Value == current:
                    goesOnCompleted ^= SaysNo(tested.Pattern);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan } least when SaysNo(least.RightOperand):
                case IIsPatternOperation or IRecursivePatternOperation or IConversionOperation or IConditionalAccessOperation:
                case IReturnOperation or IBlockOperation or IAnonymousFunctionOperation or IDelegateCreationOperation or IArgumentOperation when AsksEach(parent):
                case IInvocationOperation when AsksEach(parent):
                    break;
                case IWhileLoopOperation loop when loop.Condition == current:
                    return goesOnCompleted ? default : (loop, current, isOnly);
                case IForLoopOperation loop when loop.Condition == current:
                    return goesOnCompleted ? default : (loop, current, isOnly);
                case IConditionalOperation { WhenTrue: { } leaves } tested when tested.Condition == current && goesOnCompleted && Leaves(leaves):
                    return (EndlessLoopAround(tested), current, isOnly);
                default:
                    return default;
            }
        }

        return default;
    }

    /// <summary>Whether an operation belongs to a lambda that is asked about each element: <c>ts.All(t => t.IsCompleted)</c>.</summary>
    private static bool AsksEach(IOperation operation)
    {
        while (operation is not (null or IInvocationOperation or ILoopOperation))
            operation = operation.Parent!;
        return operation is IInvocationOperation { TargetMethod.Name: "All" or "TrueForAll" };
    }

    /// <summary>Whether a constant that a completion property is compared with means "not completed".</summary>
    private static bool SaysNo(IOperation constant) => constant.ConstantValue switch
    {
        { HasValue: true, Value: false } => true,
        // TaskStatus: RanToCompletion, Canceled and Faulted are 5, 6 and 7.
        { HasValue: true, Value: int status } => status >= 5,
        // What is compared with a nullable value is converted first, and then no constant.
        _ => constant is IConversionOperation { Operand: var converted } && SaysNo(converted),
    };

    private static bool SaysNo(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => SaysNo(constant.Value),
        INegatedPatternOperation negated => !SaysNo(negated.Pattern),
        IBinaryPatternOperation both => SaysNo(both.LeftPattern) && SaysNo(both.RightPattern),
        _ => false,
    };

    private static bool Leaves(IOperation operation) => operation switch
    {
        IBlockOperation { Operations.IsEmpty: false } block => Leaves(block.Operations.Last()),
        IBranchOperation { BranchKind: BranchKind.Break } => true,
        IReturnOperation { Kind: OperationKind.Return } => true,
        _ => false,
    };

    private static ILoopOperation? EndlessLoopAround(IOperation tested)
    {
        var parent = tested.Parent is IBlockOperation block ? block.Parent : tested.Parent;
        return parent switch
        {
            IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } endless => endless,
            IForLoopOperation { Condition: null } endless => endless,
            _ => null,
        };
    }

    /// <summary>Whether a loop's turns only pass the time.</summary>
    private bool Idles(ILoopOperation loop, bool isOnly)
    {
        var pauses = false;
        var works = false;
        foreach (var operation in OwnOperations.Of(loop))
        {
            switch (operation)
            {
                case IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn } or IForEachLoopOperation { IsAsynchronous: true }:
                    return false;
                case IInvocationOperation call when IsPause(call.TargetMethod):
                    pauses = true;
                    break;
                case IInvocationOperation call when model.BlockingWaits.Of(call) is not null:
                    return false;
                case IInvocationOperation { TargetMethod: { Name: not ("All" or "TrueForAll") } method }:
                    works |= !KnownTypes.Same(method.ContainingType, model.Types.Console);
                    break;
            }
        }

        return !works || (pauses && isOnly);
    }

    private bool IsPause(IMethodSymbol method) =>
        (method.Name is "Sleep" or "SpinWait" or "Yield" && KnownTypes.Same(method.ContainingType, model.Types.Thread))
        || (method.Name == "SpinOnce" && KnownTypes.Same(method.ContainingType, model.Types.SpinWait))
        || (method.Name == "WaitOne" && KnownTypes.SameOrBelow(method.ContainingType, model.Types.WaitHandle));
}
