using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell what runs at the same time, and what of it must not be shared.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? ParallelOptions { get; } = types.Find("System.Threading.Tasks.ParallelOptions");
    public INamedTypeSymbol? Math { get; } = types.Find("System.Math");
    public INamedTypeSymbol? CollectionExtensions { get; } = types.Find("System.Collections.Generic.CollectionExtensions");
    public INamedTypeSymbol? HashSetOfT { get; } = types.Find("System.Collections.Generic.HashSet`1");
    public INamedTypeSymbol? ConcurrentBagOfT { get; } = types.Find("System.Collections.Concurrent.ConcurrentBag`1");

    /// <summary>Collections that may be changed by one thread at a time.</summary>
    public ImmutableArray<INamedTypeSymbol> UnsafeCollections { get; } = types.FindAll(
        "System.Collections.Generic.List`1",
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.HashSet`1",
        "System.Collections.Generic.Queue`1",
        "System.Collections.Generic.Stack`1",
        "System.Collections.Generic.LinkedList`1",
        "System.Collections.Generic.PriorityQueue`2",
        "System.Collections.Generic.OrderedDictionary`2",
        "System.Collections.Generic.SortedDictionary`2",
        "System.Collections.Generic.SortedList`2",
        "System.Collections.Generic.SortedSet`1",
        "System.Collections.ObjectModel.Collection`1",
        "System.Collections.ArrayList",
        "System.Collections.BitArray",
        "System.Collections.CollectionBase",
        "System.Collections.DictionaryBase",
        "System.Collections.Hashtable",
        "System.Collections.Queue",
        "System.Collections.SortedList",
        "System.Collections.Stack",
        "System.Collections.Specialized.HybridDictionary",
        "System.Collections.Specialized.ListDictionary",
        "System.Collections.Specialized.NameObjectCollectionBase",
        "System.Collections.Specialized.OrderedDictionary",
        "System.Collections.Specialized.StringCollection",
        "System.Collections.Specialized.StringDictionary",
        "System.Collections.Immutable.ImmutableArray`1+Builder",
        "System.Collections.Immutable.ImmutableDictionary`2+Builder",
        "System.Collections.Immutable.ImmutableHashSet`1+Builder",
        "System.Collections.Immutable.ImmutableList`1+Builder",
        "System.Collections.Immutable.ImmutableSortedDictionary`2+Builder",
        "System.Collections.Immutable.ImmutableSortedSet`1+Builder",
        "System.Data.InternalDataCollectionBase",
        "System.Text.StringBuilder");

    /// <summary>What collections are changed through, whatever they are.</summary>
    public ImmutableArray<INamedTypeSymbol> CollectionInterfaces { get; } = types.FindAll(
        "System.Collections.IDictionary",
        "System.Collections.IList",
        "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.IDictionary`2",
        "System.Collections.Generic.IList`1",
        "System.Collections.Generic.ISet`1");

    /// <summary>Collections of which each change makes a new one, so that it is the variable which is changed.</summary>
    public ImmutableArray<INamedTypeSymbol> ImmutableCollections { get; } = types.FindAll(
        "System.Collections.Immutable.ImmutableArray`1",
        "System.Collections.Immutable.ImmutableDictionary`2",
        "System.Collections.Immutable.ImmutableHashSet`1",
        "System.Collections.Immutable.ImmutableList`1",
        "System.Collections.Immutable.ImmutableQueue`1",
        "System.Collections.Immutable.ImmutableSortedDictionary`2",
        "System.Collections.Immutable.ImmutableSortedSet`1",
        "System.Collections.Immutable.ImmutableStack`1");

    /// <summary>Beside the types of user interfaces those whose code one loop runs, piece after piece.</summary>
    public ImmutableArray<INamedTypeSymbol> OneLoopTypes { get; } = types.FindAll(
        "Microsoft.AspNetCore.Components.ComponentBase",
        "System.Web.Mvc.Controller",
        "System.Web.Http.ApiController",
        "System.Web.UI.Page",
        "UnityEngine.MonoBehaviour",
        "Godot.Node");
}
