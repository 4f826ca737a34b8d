using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>The awaitable method beside a synchronous one, as one call would use it.</summary>
/// <param name="Method">The sibling, with its type arguments; an extension method as it is declared, with the object that it extends as its first parameter.</param>
/// <param name="Taken">For each parameter of the called method, the object of an extension method aside, the sibling's parameter that takes it; null for one that is left out.</param>
/// <param name="Token">The sibling's parameter that takes a token which the call does not give; null where it has none.</param>
/// <param name="Owner">The type to name in a call of the sibling where neither the receiver nor a <c>using</c> leads to it; else null.</param>
internal sealed record AsyncSibling(IMethodSymbol Method, ImmutableArray<IParameterSymbol?> Taken, IParameterSymbol? Token, INamedTypeSymbol? Owner)
{
    /// <summary>The name under which it is called.</summary>
    public string Name => Method.Name;
}
