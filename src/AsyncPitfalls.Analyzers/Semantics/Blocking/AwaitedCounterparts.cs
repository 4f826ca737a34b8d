using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What is awaited in the place of a blocking call.</summary>
internal sealed class AwaitedCounterparts(AsyncModel model)
{
    /// <summary>
    /// The awaitable method that does what a blocking call does, as a message names it: <c>Task.Delay</c>, <c>WaitAsync</c>. Null where the
    /// referenced framework or library has none. Whether it takes what the call passes is not asked.
    /// </summary>
    public string? NameOf(BlockingCall call, CancellationToken cancellation) => call switch
    {
        { Kind: BlockingKind.Sleep } => "Task.Delay",
        { Kind: BlockingKind.Pair, Operation: IInvocationOperation end } => Method(end.TargetMethod, end.TargetMethod.Name.Substring("End".Length)),
        { Kind: BlockingKind.Semaphore or BlockingKind.Process or BlockingKind.Parallel, Operation: IInvocationOperation plain } =>
            Method(plain.TargetMethod, plain.TargetMethod.Name),
        { Kind: BlockingKind.Named, Operation: IInvocationOperation named } => model.Siblings.Of(named, cancellation)?.Name,
        _ => null,
    };

    private string? Method(IMethodSymbol method, string name)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name + "Async").OfType<IMethodSymbol>().FirstOrDefault(twin => model.Awaitables.ResultOf(twin.ReturnType) is not null) is { } found)
                return method.IsStatic ? CalledNames.Of(found) : found.Name;
        }

        return null;
    }
}
