using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Rewriting;

/// <summary>How a library logs an error with its exception: <c>logger.LogError(exception, "…")</c>, <c>log.Error("…", exception)</c>.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="TakesExceptionFirst">Whether the exception comes before the text.</param>
/// <param name="Extensions">The class that declares the method, where it is an extension that must be called by its class.</param>
internal sealed record ErrorCall(string Method, bool TakesExceptionFirst, INamedTypeSymbol? Extensions)
{
    /// <summary>The call for a logger of a type; null for what is no logger, or none with such a method.</summary>
    public static ErrorCall? On(ITypeSymbol type, KnownTypes types)
    {
        if (KnownTypes.SameOrBelow(type, types.Logger))
            return types.LoggerExtensions is { } extensions && Has(extensions, "LogError", at: 1, types) ? new ErrorCall("LogError", true, extensions) : null;
        if (KnownTypes.SameOrBelow(type, types.Log4NetLog))
            return Has(type, "Error", at: 1, types) ? new ErrorCall("Error", false, null) : null;
        return (KnownTypes.SameOrBelow(type, types.SerilogLogger) || KnownTypes.Same(type, types.SerilogLog)
                || KnownTypes.SameOrBelow(type, types.NLogLogger) || KnownTypes.SameOrBelow(type, types.NLogLoggerInterface))
            && Has(type, "Error", at: 0, types)
                ? new ErrorCall("Error", true, null)
                : null;
    }

    private static bool Has(ITypeSymbol type, string method, int at, KnownTypes types) => Members(type, method).Any(member =>
        member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public } candidate
        && candidate.Parameters.Length > at
        && KnownTypes.Same(candidate.Parameters[at].Type, types.Exception)
        && candidate.Parameters.Any(parameter => parameter.Type.SpecialType is SpecialType.System_String or SpecialType.System_Object));

    private static IEnumerable<ISymbol> Members(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
                yield return member;
        }

        foreach (var member in type.AllInterfaces.SelectMany(implemented => implemented.GetMembers(name)))
            yield return member;
    }
}
