using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Waits for given work that are not waits for a task: the work runs in a lambda that signals its end, and the method
/// waits for the signal, joins the thread, or runs a context of its own until the lambda stops it.
/// </summary>
internal sealed class SignalledWork(AsyncModel model)
{
    /// <summary>Whether a body waits for the given work through something that the lambda running the work knows.</summary>
    public bool IsAwaitedIn(IOperation body, GivenWork work)
    {
        var known = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var lambda in OwnOperations.Of(body).OfType<IAnonymousFunctionOperation>())
        {
            if (!work.IsRunBy(lambda))
                continue;
            known.UnionWith(lambda.Body.Descendants().Select(VariableOf).OfType<ISymbol>());
            known.UnionWith(Takers(lambda).OfType<ISymbol>());
        }

        return known.Count > 0 && OwnOperations.Of(body).Any(operation =>
            operation is IInvocationOperation { Instance: { } instance } call
            && VariableOf(instance) is { } variable
            && known.Contains(variable)
            && Waits(call.TargetMethod));
    }

    /// <summary>Who gets a lambda: the receiver of the call that takes it, and the variable that holds what is made with it.</summary>
    private static IEnumerable<ISymbol?> Takers(IOperation lambda)
    {
        if (HandOvers.At(lambda)?.Receiver is not { } receiver)
            yield break;
        yield return receiver is IInvocationOperation { Instance: { } instance } ? VariableOf(instance) : null;
        yield return receiver.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null;
        yield return receiver.Parent is ISimpleAssignmentOperation assignment ? VariableOf(assignment.Target) : null;
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    private bool Waits(IMethodSymbol method) => method.Name switch
    {
        "Join" => KnownTypes.Same(method.ContainingType, model.Types.Thread),
        "WaitOne" => KnownTypes.SameOrBelow(method.ContainingType, model.Types.WaitHandle),
        "Wait" => KnownTypes.Same(method.ContainingType, model.Types.ManualResetEventSlim)
            || KnownTypes.Same(method.ContainingType, model.Types.SemaphoreSlim)
            || KnownTypes.Same(method.ContainingType, model.Types.CountdownEvent),

        // A context of this compilation has a pump under a name of its own.
        _ => KnownTypes.SameOrBelow(method.ContainingType, model.Types.SynchronizationContext)
            && !KnownTypes.Same(method.ContainingType, model.Types.SynchronizationContext)
            && !method.IsOverride,
    };
}
