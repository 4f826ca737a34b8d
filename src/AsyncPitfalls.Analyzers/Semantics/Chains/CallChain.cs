using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>A chain of calls that ends in something that blocks: who calls the first member keeps its thread waiting.</summary>
/// <param name="Steps">The called member first, what blocks last: two steps at least.</param>
/// <param name="End">What blocks.</param>
internal sealed record CallChain(ImmutableArray<ChainStep> Steps, BlockingPlace End)
{
    /// <summary>The chain in the words of a message: <c>Save → Flush → Task.Wait</c>.</summary>
    public string Text => string.Join(" → ", Steps.Select(step => step.Text));

    /// <summary>The places beyond the call itself: where each member runs the next, up to what blocks.</summary>
    public ImmutableArray<Location> Places => Steps.Skip(1).Select(step => CalledNames.LocationOf(step.Place)).ToImmutableArray();
}

/// <summary>One step of a chain.</summary>
/// <param name="Text">What is run: <c>Save</c>, <c>new Store</c>, and for what blocks <c>Task.Wait</c>.</param>
/// <param name="Place">The call, read or creation that runs it.</param>
/// <param name="Member">The member that is run; null for what blocks.</param>
internal sealed record ChainStep(string Text, SyntaxNode Place, IMethodSymbol? Member);

/// <summary>A place that blocks in a synchronous body.</summary>
/// <param name="Text">What blocks: <c>Task.Wait</c>, <c>Thread.Sleep</c>.</param>
/// <param name="Place">The operation's syntax.</param>
/// <param name="Parameters">The parameters of the body's function that are all that is waited for; empty where it waits for anything else.</param>
internal sealed record BlockingPlace(string Text, SyntaxNode Place, ImmutableArray<IParameterSymbol> Parameters);

/// <summary>A call, read or creation in a synchronous body, with the members of this compilation of which it runs one.</summary>
internal sealed record MemberCall(SyntaxNode Place, ImmutableArray<IMethodSymbol> Targets);
