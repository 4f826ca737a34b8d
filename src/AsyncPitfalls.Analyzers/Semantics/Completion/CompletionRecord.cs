using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What the flow through one function has found: of each awaitable in it, and at each place where it makes or calls another function.</summary>
internal sealed class CompletionRecord
{
    private readonly Dictionary<SyntaxNode, bool> awaitables = new();
    private bool isOfAll;
    private readonly Dictionary<SyntaxNode, bool> instances = new();
    private readonly Dictionary<SyntaxNode, CompletionState> functions = new();

    /// <summary>Says of every awaitable that it is completed: of a function that is too large to be followed.</summary>
    public static CompletionRecord OfAll() => new() { isOfAll = true };

    /// <summary>The places where local functions are called, or made delegates.</summary>
    public List<(SyntaxNode Place, CompletionState State)> References { get; } = new();

    /// <summary>Whether an awaitable is known completed; where it is read twice, on both occasions.</summary>
    public void Add(SyntaxNode awaitable, bool isCompleted) => Add(awaitables, awaitable, isCompleted);

    /// <summary>Whether the instance of a member is known completed, where it is written elsewhere: before <c>?.</c>, or before a pattern.</summary>
    public void AddInstance(SyntaxNode member, bool isCompleted) => Add(instances, member, isCompleted);

    public void AddFunction(SyntaxNode function, CompletionState state) =>
        functions[function] = functions.TryGetValue(function, out var before) ? before.Join(state) : state;

    public void AddReference(SyntaxNode place, CompletionState state) => References.Add((place, state));

    /// <summary>Whether an awaitable of the function's body is known completed.</summary>
    public bool IsCompleted(IOperation awaitable) =>
        isOfAll || (awaitable is IConditionalAccessInstanceOperation or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput }
            ? instances.TryGetValue(awaitable.Parent!.Syntax, out var isCompleted) && isCompleted
            : awaitables.TryGetValue(awaitable.Syntax, out isCompleted) && isCompleted);

    private static void Add(Dictionary<SyntaxNode, bool> known, SyntaxNode place, bool isCompleted) =>
        known[place] = isCompleted && (!known.TryGetValue(place, out var before) || before);

    /// <summary>The state where a lambda was made.</summary>
    public CompletionState StateAt(SyntaxNode function) => functions.TryGetValue(function, out var state) ? state : CompletionState.Empty;
}
