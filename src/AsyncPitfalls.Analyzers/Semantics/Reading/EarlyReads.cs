using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A read of a variable before the task that assigns it is known to have completed.</summary>
/// <param name="Read">The read.</param>
/// <param name="Variable">The local or parameter.</param>
/// <param name="Assigner">The lambda or local function that assigns it.</param>
/// <param name="Start">The call that makes the task.</param>
/// <param name="Task">The expression whose value is that task, or one that ends after it: the start itself, or <c>Task.WhenAll(…)</c> around it.</param>
/// <param name="Destination">Where that value goes.</param>
internal sealed record EarlyRead(IOperation Read, ISymbol Variable, IOperation Assigner, IInvocationOperation Start, IInvocationOperation Task, TaskDestination Destination);

/// <summary>Which variables are read between the start of a task that assigns them and its completion.</summary>
internal sealed class EarlyReads(AsyncModel model)
{
    private readonly ConditionalWeakTable<IOperation, IReadOnlyList<EarlyRead>> ofMembers = new();

    private readonly ConcurrentDictionary<SyntaxNode, bool> candidates = new();

    /// <summary>Whether a lambda or local function may be started as a task and assigns what is not its own: asked first, as few do both.</summary>
    public bool MayBeOf(IOperation function, CancellationToken cancellation) => WorkStarts.MayBeOf(function)
        && (candidates.TryGetValue(function.Syntax, out var mayBe)
            ? mayBe
            : candidates.GetOrAdd(function.Syntax, new CapturedWrites(model, function, cancellation).Find(asksLate: false).Count > 0));

    /// <summary>The early reads of what a lambda or local function assigns, in source order; each read is one of the first function that assigns its variable.</summary>
    public IEnumerable<EarlyRead> Of(IOperation function, CancellationToken cancellation) =>
        In(function, cancellation).Where(read => read.Assigner.Syntax == function.Syntax);

    /// <summary>All early reads of the member that an operation belongs to, in source order.</summary>
    public IReadOnlyList<EarlyRead> In(IOperation operation, CancellationToken cancellation)
    {
        var root = OwnOperations.RootOf(operation);
        return ofMembers.TryGetValue(root, out var reads) ? reads : ofMembers.GetValue(root, _ => Find(root, cancellation));
    }

    private IReadOnlyList<EarlyRead> Find(IOperation root, CancellationToken cancellation)
    {
        var found = new Dictionary<SyntaxNode, EarlyRead>();
        foreach (var function in NestedFunctions.In(root).All)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var read in BeforeEndOf(function, cancellation))
            {
                if (!found.ContainsKey(read.Read.Syntax))
                    found.Add(read.Read.Syntax, read);
            }
        }

        return [.. found.Values.OrderBy(read => read.Read.Syntax.SpanStart)];
    }

    /// <summary>The reads of what a nested function assigns between its start as a task and its end.</summary>
    private IEnumerable<EarlyRead> BeforeEndOf(IOperation function, CancellationToken cancellation)
    {
        if (!MayBeOf(function, cancellation))
            yield break;
        var starts = new WorkStarts(model, function).Find().ToList();
        if (starts.Count == 0 || IsInTest(function, cancellation))
            yield break;
        var writes = new CapturedWrites(model, function, cancellation).Find(starts.Any(start => start.RunsInPlace));
        foreach (var start in starts)
        {
            foreach (var write in writes)
            {
                if (start.RunsInPlace && !write.Value)
                    continue;
                foreach (var read in Of(write.Key, function, start.Call, cancellation))
                    yield return read;
            }
        }
    }

    /// <summary>Whether a test runs a function: tests look on purpose at what has not happened yet, and wait for some time where nothing else can be waited for.</summary>
    private bool IsInTest(IOperation function, CancellationToken cancellation) =>
        function.SemanticModel is { } semantics && model.Surroundings.IsInTest(function.Syntax, semantics, cancellation);

    private IEnumerable<EarlyRead> Of(ISymbol variable, IOperation function, IInvocationOperation start, CancellationToken cancellation)
    {
        var task = WholeOf(start);
        var destination = model.TaskFates.DestinationOf(task);
        var question = new EarlyReadQuestion(model, variable, function, start);
        if (!question.HasReads)
            return [];
        var outcome = destination switch
        {
            { Variable: { } holder } => model.TaskFates.CapturesOf(holder, task).Any() ? null : model.TaskFates.Follow(task, destination, question, cancellation),
            { End: TaskEnd.Dropped or TaskEnd.Discarded } => model.TaskFates.FollowFrom(start, null, question, cancellation),
            { End: TaskEnd.Stored, Place: ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member } } } =>
                model.TaskFates.FollowFrom(start, null, question.Waiting(member), cancellation),
            { End: TaskEnd.Stored, Place: ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation { Local: var array } } } } =>
                model.TaskFates.FollowFrom(start, array, question, cancellation),
            { End: TaskEnd.PassedOn, Place: IArgumentOperation { Parent: IInvocationOperation { Instance: ILocalReferenceOperation { Local: var list } } adding } }
                when EarlyReadQuestion.Adds(adding) => model.TaskFates.FollowFrom(adding, list, question, cancellation),
            _ => null,
        };
        return outcome is null ? [] : question.Found.Select(read => new EarlyRead(read, variable, function, start, task, destination));
    }

    /// <summary>The outermost call whose task ends only after a given one: <c>Unwrap</c>, <c>ContinueWith</c> and <c>WhenAll</c> around it.</summary>
    private IInvocationOperation WholeOf(IInvocationOperation start)
    {
        while (OuterOf(start) is { } outer)
            start = outer;
        return start;
    }

    private IInvocationOperation? OuterOf(IInvocationOperation task)
    {
        IOperation value = task;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IInvocationOperation { TargetMethod: { Name: "ContinueWith" or "Unwrap" or "ToList" or "ToArray" } } outer when outer.Instance == value => outer,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Unwrap" or "ToList" or "ToArray", IsExtensionMethod: true } } outer } => outer,
            { } place when TaskDestinations.CallThatGets(place) is { TargetMethod: { Name: "WhenAll", ContainingType: var type } } all && KnownTypes.Same(type, model.Types.Task) => all,
            _ => null,
        };
    }
}
