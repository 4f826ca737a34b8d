using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Loops that wait until somebody else has changed a variable: they do nothing meanwhile, or give others time.</summary>
internal static class WaitingLoops
{
    /// <summary>Whether a read decides whether such a loop goes on: in its condition, or in that of an <c>if</c> that leaves it.</summary>
    public static bool AskIn(IOperation read, AsyncModel model)
    {
        var leaves = false;
        foreach (var (outer, inner) in OwnOperations.Around(read))
        {
            switch (outer)
            {
                case IWhileLoopOperation loop when loop.Condition == inner || leaves:
                    return Idles(loop.Body, model);
                case IForLoopOperation loop when loop.Condition == inner || leaves:
                    return Idles(loop.Body, model);
                case IForEachLoopOperation loop when leaves:
                    return Idles(loop.Body, model);
                case IConditionalOperation choice when choice.Condition == inner:
                    leaves = Leaves(choice.WhenTrue) || Leaves(choice.WhenFalse);
                    break;
            }
        }

        return false;
    }

    private static bool Leaves(IOperation? branch) => branch switch
    {
        IBlockOperation block => Leaves(block.Operations.LastOrDefault()),
        IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } or IReturnOperation => true,
        _ => false,
    };

    /// <summary>Whether a loop's body awaits, blocks or spins, or is empty.</summary>
    private static bool Idles(IOperation body, AsyncModel model) =>
        body is IBlockOperation { Operations.IsEmpty: true } or IEmptyOperation
        || OwnOperations.Of(body).Any(operation => operation is IAwaitOperation
            || operation is IInvocationOperation { TargetMethod: { Name: "Sleep" or "Yield" or "SpinWait" or "Join" or "SpinOnce" or "Wait" or "WaitOne", ContainingType: var type } }
                && (KnownTypes.Same(type, model.Types.Thread) || KnownTypes.Same(type, model.Types.SpinWait) || KnownTypes.SameOrBelow(type, model.Types.Signals)));
}
