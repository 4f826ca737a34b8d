using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What can be awaited without any chance that the await throws.</summary>
internal sealed class UnfailingTasks(AsyncModel model)
{
    // ConfigureAwaitOptions.SuppressThrowing
    private const int SuppressThrowing = 2;

    /// <summary>
    /// Whether an expression makes such a task: <c>Task.Delay</c> without a token, <c>Task.Yield()</c>, a task that has
    /// completed from the start, or one that is configured not to throw.
    /// </summary>
    public bool Is(IOperation awaited) =>
        IsSuppressed(awaited) || model.Awaitables.Behind(awaited, throughWaitAsync: false) switch
        {
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Delay" } method } =>
                IsOfTask(method.ContainingType) && !method.Parameters.Any(parameter => KnownTypes.Same(parameter.Type, model.Types.CancellationToken)),
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Yield" or "FromResult" } method } => IsOfTask(method.ContainingType),
            IPropertyReferenceOperation { Property: { IsStatic: true, Name: "CompletedTask" } property } => IsOfTask(property.ContainingType),
            _ => false,
        };

    private bool IsOfTask(INamedTypeSymbol type) => KnownTypes.Same(type, model.Types.Task) || KnownTypes.Same(type, model.Types.ValueTask);

    private bool IsSuppressed(IOperation awaited) =>
        awaited is IInvocationOperation { TargetMethod: { Name: "ConfigureAwait", ContainingType: var type }, Arguments: { Length: 1 } arguments }
        && model.Awaitables.IsTask(type)
        && arguments[0].Value.ConstantValue is { HasValue: true, Value: int options }
        && (options & SuppressThrowing) != 0;
}
