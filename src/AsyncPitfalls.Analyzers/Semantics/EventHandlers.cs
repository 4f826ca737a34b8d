using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Event handlers, which may be <c>async void</c> because nobody waits for them.</summary>
internal static class EventHandlers
{
    /// <summary>Whether a method, lambda or delegate has the shape <c>void (object, T)</c> with a <c>T</c> that is, or derives from, <c>EventArgs</c>.</summary>
    public static bool HasShape(IMethodSymbol? method, AsyncModel model) =>
        method is { ReturnsVoid: true, Parameters.Length: 2 }
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Object
        && KnownTypes.SameOrBelow(method.Parameters[1].Type, model.Types.EventArgs);
}
