using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Whether a task is known completed where it is read: a flow fact. It was awaited, waited for or part of an awaited
/// <c>WhenAll</c> on every path, a guard says so, it is the antecedent of a continuation or the winner of <c>WhenAny</c>, was made completed,
/// or comes from a call with a flag that asks for synchronous work.
/// </summary>
internal sealed class CompletedTasks
{
    private readonly AsyncModel model;
    private readonly CompletionQuestions ask;
    private readonly CompletionEntries entries;
    private readonly ConditionalWeakTable<IOperation, CompletionRecord> records = new();
    private readonly ConditionalWeakTable<IOperation, CapturedAssignments> assignments = new();

    public CompletedTasks(AsyncModel model)
    {
        this.model = model;
        ask = new CompletionQuestions(model);
        entries = new CompletionEntries(ask);
        Flagged = new FlaggedCalls(ask);
    }

    /// <summary>What is run for synchronous callers, who say so by a flag.</summary>
    public FlaggedCalls Flagged { get; }

    /// <summary>
    /// Whether an awaitable has completed, for certain, each time that the code around it reads it there. A collection that is
    /// waited for as a whole counts too: then all its tasks have.
    /// </summary>
    /// <param name="awaitable">A task, other awaitable or awaiter, as an operation of the body that reads it.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool IsKnownCompleted(IOperation awaitable, CancellationToken cancellation)
    {
        return ask.Values.IsCompleted(awaitable, CompletionState.Empty)
            || IsResultOfAwaiter(awaitable)
            || Flagged.IsCompleted(awaitable, cancellation)
            || (MayBeLearned(awaitable, cancellation)
                && RecordOf(OwnOperations.FunctionAround(awaitable), ImmutableHashSet<IOperation>.Empty, cancellation).IsCompleted(awaitable));
    }

    /// <summary>Whether it is worth its while to follow the flow to an awaitable: very little code knows anything of tasks that it has not made itself.</summary>
    private bool MayBeLearned(IOperation awaitable, CancellationToken cancellation) =>
        ask.Lessons.MayReach(awaitable, cancellation)
        || (!ask.Lessons.IsFresh(awaitable) && SymbolOf(OwnOperations.RootOf(awaitable)) is { } method && MayBeContinuation(method));

    /// <summary>Whether code is the <c>GetResult</c> of an awaiter or a value task's source: the compiler calls it only once the task has completed.</summary>
    private bool IsResultOfAwaiter(IOperation operation) =>
        operation.SemanticModel is { } semantics
        && Functions.Around(operation.Syntax) is MethodDeclarationSyntax { Identifier.ValueText: WellKnownMemberNames.GetResult } method
        && Functions.SymbolOf(method, semantics) is { ContainingType: { } type }
        && (model.Awaitables.IsAwaiter(type)
            || KnownTypes.SameOrBelow(type, model.Types.ValueTaskSource)
            || KnownTypes.SameOrBelow(type, model.Types.ValueTaskSourceOfT));

    private CompletionRecord RecordOf(IOperation function, ImmutableHashSet<IOperation> asking, CancellationToken cancellation)
    {
        if (records.TryGetValue(function, out var known))
            return known;
        var record = Find(function, asking.Add(function), cancellation);

        // What recursion cut short holds only within that question.
        return asking.IsEmpty ? records.GetValue(function, _ => record) : record;
    }

    private CompletionRecord Find(IOperation function, ImmutableHashSet<IOperation> asking, CancellationToken cancellation)
    {
        if (model.FlowGraphs.Of(function, cancellation) is not { } graph)
            return new CompletionRecord();
        var root = OwnOperations.RootOf(function);
        var captured = AssignmentsOf(root);
        var entry = EntryOf(function, root, captured, asking, cancellation);
        return new CompletionFlow(graph, ask, captured, cancellation).Run(entry);
    }

    private CapturedAssignments AssignmentsOf(IOperation root) => assignments.GetValue(root, key =>
    {
        ask.Lambdas.Read(key);
        return new CapturedAssignments(key, ask.Paths);
    });

    private CompletionState EntryOf(
        IOperation function, IOperation root, CapturedAssignments captured, ImmutableHashSet<IOperation> asking, CancellationToken cancellation)
    {
        switch (function)
        {
            case IAnonymousFunctionOperation lambda:
                var made = RecordOf(OwnOperations.FunctionAround(lambda.Parent!), asking, cancellation).StateAt(lambda.Syntax);
                var state = entries.AsDelegate(lambda, lambda.Symbol, made).Keep(captured.IsLasting);
                return CompletionEntries.Parameters(lambda.Symbol, state);
            case ILocalFunctionOperation local:
                return CompletionEntries.Parameters(local.Symbol, EntryOf(local, root, asking, cancellation).Keep(captured.IsLasting));
            default:
                var method = SymbolOf(function);
                return CompletionEntries.Parameters(method, method is null ? CompletionState.Empty : AsContinuation(method, function, cancellation));
        }
    }

    /// <summary>What holds at every place where a local function is called or made a delegate.</summary>
    private CompletionState EntryOf(ILocalFunctionOperation local, IOperation root, ImmutableHashSet<IOperation> asking, CancellationToken cancellation)
    {
        CompletionState? entry = null;
        foreach (var operation in root.Descendants())
        {
            if (!Refers(operation, local.Symbol) || asking.Contains(OwnOperations.FunctionAround(operation)))
                continue;
            var record = RecordOf(OwnOperations.FunctionAround(operation), asking, cancellation);
            foreach (var (place, state) in record.References)
            {
                if (place != operation.Syntax)
                    continue;
                var there = operation is IInvocationOperation call
                    ? entries.AsCalled(call, local.Symbol, state)
                    : entries.AsDelegate(operation, local.Symbol, state);
                entry = entry is null ? there : entry.Join(there);
            }
        }

        return entry ?? CompletionState.Empty;
    }

    /// <summary>What a private method knows of its parameters that is only handed over, as a continuation.</summary>
    private CompletionState AsContinuation(IMethodSymbol method, IOperation function, CancellationToken cancellation)
    {
        if (!MayBeContinuation(method))
            return CompletionState.Empty;
        CompletionState? entry = null;
        foreach (var handOver in model.HandOvers.Of(function.Syntax, function.SemanticModel!, cancellation))
        {
            var there = handOver.Receiver is IInvocationOperation call ? entries.AsDelegate(call, method, CompletionState.Empty) : CompletionState.Empty;
            entry = entry is null ? there : entry.Join(there);
        }

        return entry ?? CompletionState.Empty;
    }

    private bool MayBeContinuation(IMethodSymbol method) =>
        method.DeclaredAccessibility == Accessibility.Private && method.Parameters.Any(parameter => ask.Collections.IsTaskOrTasks(parameter.Type));

    private static bool Refers(IOperation operation, IMethodSymbol function) => operation switch
    {
        IInvocationOperation call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, function.OriginalDefinition),
        IMethodReferenceOperation group => SymbolEqualityComparer.Default.Equals(group.Method.OriginalDefinition, function.OriginalDefinition),
        _ => false,
    };

    private static IMethodSymbol? SymbolOf(IOperation root) =>
        root.SemanticModel is { } semantics && Functions.IsFunction(root.Syntax) ? Functions.SymbolOf(root.Syntax, semantics) : null;
}
