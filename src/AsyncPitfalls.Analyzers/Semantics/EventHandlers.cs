using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Event handlers, which may be <c>async void</c> because nobody waits for them.</summary>
internal static class EventHandlers
{
    /// <summary>
    /// Whether a method, lambda or delegate has the shape <c>void (object, T)</c> with a <c>T</c> that is, or derives from,
    /// <c>EventArgs</c>. Arguments of the Windows Runtime derive from nothing, and may come from a sender of any type; those of
    /// <c>EventHandler&lt;T&gt;</c> may be anything, such as a string.
    /// </summary>
    public static bool HasShape(IMethodSymbol? method, AsyncModel model) =>
        method is { ReturnsVoid: true, Parameters.Length: 2 }
        && (method.Parameters[0].Type.SpecialType == SpecialType.System_Object
                && (KnownTypes.SameOrBelow(method.Parameters[1].Type, model.Types.EventArgs)
                    || KnownTypes.SameOrBelow(method.Parameters[1].Type, model.Types.UserInterfaceEventArgs))
            || IsOfWindowsRuntime(method.Parameters[1].Type, model.Types)
            || KnownTypes.Same(method.ContainingType, model.Types.TypedEventHandler)
            || KnownTypes.Same(method.ContainingType, model.Types.EventHandlerOfT));

    /// <summary>Whether what gets a delegate adds it to an event, or to a field or property that is used like one.</summary>
    public static bool IsSubscription(IOperation? receiver) =>
        receiver is IEventAssignmentOperation or ICompoundAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation };

    private static bool IsOfWindowsRuntime(ITypeSymbol arguments, KnownTypes types) =>
        arguments is INamedTypeSymbol { TypeKind: TypeKind.Class }
        && !types.WindowsRuntimeAttributes.IsEmpty
        && arguments.GetAttributes().Any(data => types.WindowsRuntimeAttributes.Any(known => KnownTypes.Same(data.AttributeClass, known)));
}
