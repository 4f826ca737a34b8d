using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a block of a control-flow graph does that matters to variables holding tasks.</summary>
internal enum TaskEventKind
{
    /// <summary>A variable is read.</summary>
    Read,

    /// <summary>A variable is assigned.</summary>
    Write,

    /// <summary>Something is awaited, which may throw.</summary>
    Await,

    /// <summary>Something is called, which may be where a path may stop being followed.</summary>
    Call,
}

/// <summary>One such event.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Operation">The graph's operation: the reference that is read, the assignment, the await, the call.</param>
/// <param name="Variable">The variable that is read or assigned; else null.</param>
internal sealed record TaskEvent(TaskEventKind Kind, IOperation Operation, ISymbol? Variable = null);

/// <summary>The events of a graph's blocks, in the order in which they happen.</summary>
internal sealed class TaskEvents
{
    private readonly ControlFlowGraph graph;
    private readonly TaskEvent[][] blocks;
    private readonly BlockEnd?[] ends;
    private readonly IReadOnlyList<FlowTarget>?[] thrown;

    private readonly ILookup<SyntaxNode, (int Block, int Event)> places;

    /// <summary>The variables that captures of the graph stand for, as the target in <c>t ??= F()</c>.</summary>
    private readonly Dictionary<CaptureId, ISymbol> captures = [];

    private TaskEvents(ControlFlowGraph graph)
    {
        this.graph = graph;
        ends = new BlockEnd?[graph.Blocks.Length];
        thrown = new IReadOnlyList<FlowTarget>?[graph.Blocks.Length];
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is IFlowCaptureOperation capture && VariableOf(capture.Value) is { } variable)
                    captures[capture.Id] = variable;
            }
        }

        blocks = new TaskEvent[graph.Blocks.Length][];
        var written = new List<(SyntaxNode Syntax, (int, int) Place)>();
        for (var block = 0; block < blocks.Length; block++)
        {
            var events = blocks[block] = EventsOf(graph.Blocks[block]);
            for (var index = 0; index < events.Length; index++)
                written.Add((events[index].Operation.Syntax, (block, index)));
        }

        places = written.ToLookup(static entry => entry.Syntax, static entry => entry.Place);
    }

    public static TaskEvents Of(ControlFlowGraph graph) => new(graph);

    public TaskEvent[] In(int block) => blocks[block];

    /// <summary>How a block ends.</summary>
    public BlockEnd EndOf(int block) => ends[block] ??= new BlockEnd(graph.Blocks[block], VariableOf);

    /// <summary>The places to which an exception thrown at a place can lead, as <see cref="FlowWalk.Thrown"/> has them.</summary>
    public IReadOnlyList<FlowTarget> ThrownAt(FlowTarget at) =>
        at.Pending is null ? thrown[at.Block] ??= [.. FlowWalk.Thrown(graph, at)] : [.. FlowWalk.Thrown(graph, at)];

    /// <summary>The variable that an operation of the graph reads, also where it was captured before, as the value of a <c>switch</c>; null for other operations.</summary>
    public ISymbol? VariableOf(IOperation operation) => operation is IFlowCaptureReferenceOperation reference
        ? captures.TryGetValue(reference.Id, out var captured) ? captured : null
        : Correlation.VariableOf(operation);

    /// <summary>Where an assignment to a variable happens, by the syntax of the declarator or assignment; null where the graph has none.</summary>
    public (int Block, int Event)? FindWrite(ISymbol variable, SyntaxNode assignment) => Find(assignment, candidate =>
        candidate.Kind == TaskEventKind.Write && SymbolEqualityComparer.Default.Equals(candidate.Variable, variable));

    /// <summary>Where a call happens, by its syntax; null where the graph does not have it.</summary>
    public (int Block, int Event)? FindCall(SyntaxNode call) => Find(call, candidate => candidate.Kind == TaskEventKind.Call);

    private (int Block, int Event)? Find(SyntaxNode syntax, Func<TaskEvent, bool> isMeant)
    {
        foreach (var (block, index) in places[syntax])
        {
            if (isMeant(blocks[block][index]))
                return (block, index);
        }

        return null;
    }

    private TaskEvent[] EventsOf(BasicBlock block)
    {
        var events = new List<TaskEvent>();
        foreach (var operation in block.Operations)
            AddEvents(operation, events);
        if (block.BranchValue is { } value)
            AddEvents(value, events);
        return [.. events];
    }

    /// <summary>Reads, calls and awaits by where they end in the text; assignments last, when their values are there.</summary>
    private void AddEvents(IOperation root, List<TaskEvent> all)
    {
        var events = new List<TaskEvent>();
        var writes = new List<TaskEvent>();
        foreach (var operation in root.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IAwaitOperation:
                    events.Add(new TaskEvent(TaskEventKind.Await, operation));
                    break;
                case IInvocationOperation:
                    events.Add(new TaskEvent(TaskEventKind.Call, operation));
                    break;
                case ISimpleAssignmentOperation assignment:
                    writes.AddRange(Written(assignment.Target).Select(variable => new TaskEvent(TaskEventKind.Write, assignment, variable)));
                    break;
                case IDeconstructionAssignmentOperation assignment:
                    writes.AddRange(Written(assignment.Target).Select(variable => new TaskEvent(TaskEventKind.Write, assignment, variable)));
                    break;
                case IIsPatternOperation { Pattern: var pattern } when TaskDestinations.NameIn(pattern) is { } variable:
                    writes.Add(new TaskEvent(TaskEventKind.Write, operation, variable));
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out } argument when Correlation.VariableOf(argument.Value) is { } variable:
                    writes.Add(new TaskEvent(TaskEventKind.Write, argument, variable));
                    break;
                case ILocalReferenceOperation or IParameterReferenceOperation when !IsTarget(operation) && Correlation.VariableOf(operation) is { } variable:
                    events.Add(new TaskEvent(TaskEventKind.Read, operation, variable));
                    break;
            }
        }

        all.AddRange(events.Count < 2 ? (IEnumerable<TaskEvent>)events : events.OrderBy(static item => item.Operation.Syntax.Span.End).ThenBy(static item => item.Kind));
        all.AddRange(writes);
    }

    private IEnumerable<ISymbol> Written(IOperation target) => target switch
    {
        IDeclarationExpressionOperation declaration => Written(declaration.Expression),
        ITupleOperation tuple => tuple.Elements.SelectMany(Written),
        _ => VariableOf(target) is { } symbol ? [symbol] : [],
    };

    /// <summary>Whether a mention of a variable is where an assignment or deconstruction puts its value.</summary>
    public static bool IsTarget(IOperation reference) => reference.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == reference,
        IArgumentOperation argument => argument.Parameter?.RefKind == RefKind.Out,
        ITupleOperation or IDeclarationExpressionOperation => reference.Parent is { } parent && IsTargetOfDeconstruction(parent),
        _ => false,
    };

    private static bool IsTargetOfDeconstruction(IOperation element) => element.Parent switch
    {
        IDeconstructionAssignmentOperation assignment => assignment.Target == element,
        ITupleOperation or IDeclarationExpressionOperation => IsTargetOfDeconstruction(element.Parent),
        _ => false,
    };
}
