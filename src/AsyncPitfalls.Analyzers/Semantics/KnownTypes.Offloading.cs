using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell whether work is worth a thread of its own.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? ExecutionContext { get; } = types.Find("System.Threading.ExecutionContext");
    public INamedTypeSymbol? Queryable { get; } = types.Find("System.Linq.Queryable");

    /// <summary>What the classes behind a view are, though they derive from nothing of it: view models and commands.</summary>
    public ImmutableArray<INamedTypeSymbol> ViewModelTypes { get; } = types.FindAll(
        "System.ComponentModel.INotifyPropertyChanged",
        "System.Windows.Input.ICommand",
        "Microsoft.AspNetCore.Components.ComponentBase");

    /// <summary>Types of the framework whose synchronous methods return at once, so that none is worth another thread.</summary>
    public ImmutableArray<INamedTypeSymbol> QuickTypes { get; } = types.FindAll(
        "System.Threading.Tasks.Task",
        "System.Threading.Tasks.TaskCompletionSource",
        "System.Threading.Tasks.TaskCompletionSource`1",
        "System.Threading.CancellationToken",
        "System.Threading.CancellationTokenSource",
        "System.Threading.Interlocked",
        "System.Threading.Volatile",
        "System.Diagnostics.Stopwatch",
        "System.String",
        "System.Object",
        "System.Enum",
        "System.Uri",
        "System.IO.Path",
        "System.Text.StringBuilder",
        "System.Linq.Queryable");
}
