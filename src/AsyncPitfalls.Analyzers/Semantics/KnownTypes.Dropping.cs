using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell what becomes of a task that is dropped, and of one that stands for its result.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? TaskContinuationOptions { get; } = types.Find("System.Threading.Tasks.TaskContinuationOptions");
    public INamedTypeSymbol? WindowsAsyncInfo { get; } = types.Find("Windows.Foundation.IAsyncInfo");
    public INamedTypeSymbol? StringBuilder { get; } = types.Find("System.Text.StringBuilder");
    public INamedTypeSymbol? Convert { get; } = types.Find("System.Convert");

    /// <summary>Collections that do nothing but keep what is added to them.</summary>
    public ImmutableArray<INamedTypeSymbol> PlainCollections { get; } = types.FindAll(
        "System.Collections.Generic.List`1",
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.HashSet`1",
        "System.Collections.Generic.LinkedList`1",
        "System.Collections.Generic.Queue`1",
        "System.Collections.Generic.Stack`1",
        "System.Collections.Concurrent.ConcurrentBag`1",
        "System.Collections.Concurrent.ConcurrentDictionary`2",
        "System.Collections.Concurrent.ConcurrentQueue`1",
        "System.Collections.Concurrent.ConcurrentStack`1");
}
