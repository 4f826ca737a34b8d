using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which functions a user interface calls on its loop when something happens: handlers of the shape <c>(object, EventArgs)</c>
/// in its types, overrides of their <c>OnClick(EventArgs)</c>, and whatever is subscribed to an event that one of its types declares.
/// </summary>
internal sealed class UserInterfaceHandlers(AsyncModel model)
{
    /// <summary>Whether a method is such a handler by its declaration, as markup can subscribe it.</summary>
    public bool IsDeclared(IMethodSymbol method)
    {
        if (!method.ReturnsVoid || method is not { MethodKind: MethodKind.Ordinary, Parameters: { IsEmpty: false } parameters })
            return false;
        var arguments = parameters[parameters.Length - 1].Type;
        var isShaped = parameters.Length == 2
            && parameters[0].Type.SpecialType == SpecialType.System_Object
            && KnownTypes.SameOrBelow(arguments, model.Types.EventArgs);
        var isOverride = parameters.Length == 1 && method.IsOverride && KnownTypes.SameOrBelow(arguments, model.Types.EventArgs);
        return (isShaped || isOverride) && IsPart(method.ContainingType)
            || isShaped && KnownTypes.SameOrBelow(arguments, model.Types.UserInterfaceEventArgs);
    }

    /// <summary>Whether a delegate is subscribed to an event of a user interface.</summary>
    public bool IsHandedOver(HandOver handOver) =>
        handOver.Receiver is IEventAssignmentOperation { EventReference: IEventReferenceOperation subscribed }
        && (IsPart(subscribed.Event.ContainingType)
            || IsPart(subscribed.Instance?.Type)
            || HasArguments(handOver.Delegate));

    private bool IsPart(ITypeSymbol? type) => KnownTypes.SameOrBelow(type, model.Types.UserInterfaceTypes);

    private bool HasArguments(ITypeSymbol? handler) =>
        (handler as INamedTypeSymbol)?.DelegateInvokeMethod?.Parameters.Any(parameter =>
            KnownTypes.SameOrBelow(parameter.Type, model.Types.UserInterfaceEventArgs)) == true;
}
