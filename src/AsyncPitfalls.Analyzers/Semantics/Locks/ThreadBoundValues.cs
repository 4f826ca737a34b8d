using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Values that each thread has its own of, <c>[ThreadStatic]</c> fields and <c>ThreadLocal&lt;T&gt;.Value</c>, and which of their reads may get
/// another thread's: those after an await, where the function has used the value before it.
/// </summary>
internal sealed class ThreadBoundValues(AsyncModel model)
{
    private readonly ConcurrentDictionary<IFieldSymbol, bool> fields = new(SymbolEqualityComparer.Default);
    private readonly ConditionalWeakTable<IOperation, HashSet<SyntaxNode>> strayed = new();

    /// <summary>The field, or what holds the <c>ThreadLocal</c>, whose value an operation reads or writes; null for all other operations.</summary>
    public ISymbol? Of(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true, IsConst: false } field } => IsThreadStatic(field.OriginalDefinition) ? field.OriginalDefinition : null,
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType: var type }, Instance: { } instance }
            when KnownTypes.Same(type, model.Types.ThreadLocalOfT) => Variables.SymbolOf(instance)?.OriginalDefinition,
        _ => null,
    };

    /// <summary>Whether a read may be of another thread's value than the function has used before.</summary>
    public bool Strays(IOperation read, CancellationToken cancellation) =>
        Of(read) is not null
        && !IsTarget(read)
        && Functions.IsAsync(Functions.Around(read.Syntax))
        && ReadsThatStray(OwnOperations.FunctionAround(read), cancellation).Contains(read.Syntax);

    private HashSet<SyntaxNode> ReadsThatStray(IOperation function, CancellationToken cancellation) =>
        strayed.TryGetValue(function, out var known) ? known : strayed.GetValue(function, key => Find(key, cancellation));

    /// <summary>Whether each thread has a field of its own.</summary>
    public bool IsThreadStatic(IFieldSymbol field) => fields.TryGetValue(field, out var known)
        ? known
        : fields.GetOrAdd(field, field.GetAttributes().Any(attribute => KnownTypes.Same(attribute.AttributeClass, model.Types.ThreadStaticAttribute)));

    private HashSet<SyntaxNode> Find(IOperation function, CancellationToken cancellation)
    {
        var found = new HashSet<SyntaxNode>();
        if (model.FlowGraphs.Of(function, cancellation) is not { } graph)
            return found;
        var uses = OwnOperations.Of(function).Where(operation => Of(operation) is not null).ToList();
        foreach (var ofOne in uses.GroupBy(Of, SymbolEqualityComparer.Default).Where(group => group.Skip(1).Any()))
            new Walk(model, graph, ofOne.ToList(), found, cancellation).Run();
        return found;
    }

    /// <summary>Whether a mention is only given a value: the target of an assignment, or an <c>out</c> argument. The code of <c>??=</c> copes with a value that is not there.</summary>
    private static bool IsTarget(IOperation mention) => mention.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == mention,
        ICoalesceAssignmentOperation assignment => assignment.Target == mention,
        IArgumentOperation argument => argument.Parameter?.RefKind == RefKind.Out,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation assignment } tuple => assignment.Target == tuple,
        _ => false,
    };

    /// <summary>What is known on a path of one value.</summary>
    private enum Phase
    {
        Unused,
        Used,
        Strayed,
    }

    private sealed class Walk
    {
        private readonly AsyncModel model;
        private readonly ControlFlowGraph graph;
        private readonly HashSet<SyntaxNode> found;
        private readonly CancellationToken cancellation;
        private readonly SemanticModel? semantics;
        private readonly bool keepsThread;
        private readonly Dictionary<SyntaxNode, OperationKind> reads = [];
        private readonly HashSet<SyntaxNode> writes = [];
        private readonly Stack<(FlowTarget At, Phase Phase)> open = new();
        private readonly HashSet<(FlowTarget, Phase)> seen = [];

        public Walk(AsyncModel model, ControlFlowGraph graph, IReadOnlyList<IOperation> uses, HashSet<SyntaxNode> found, CancellationToken cancellation)
        {
            this.model = model;
            this.graph = graph;
            this.found = found;
            this.cancellation = cancellation;
            semantics = uses[0].SemanticModel;
            keepsThread = semantics is not null && model.SuspendingAwaits.KeepsThread(uses[0].Syntax, semantics, cancellation);
            foreach (var use in uses)
            {
                if (!IsTarget(use))
                    reads[use.Syntax] = use.Kind;
                if (WrittenBy(use) is { } write)
                    writes.Add(write.Syntax);
            }
        }

        public void Run()
        {
            Visit(new FlowTarget(0, null), Phase.Unused);
            while (open.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var (at, phase) = open.Pop();
                var block = graph.Blocks[at.Block];
                VisitHandlers(at, phase);
                foreach (var operation in FlowWalk.RunBy(block))
                {
                    var after = After(operation, phase);
                    if (after != phase)
                        VisitHandlers(at, after);
                    phase = after;
                }

                foreach (var next in FlowWalk.Branches(block).SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch)))
                    Visit(next, phase);
            }
        }

        private Phase After(IOperation operation, Phase phase)
        {
            if (reads.TryGetValue(operation.Syntax, out var kind) && kind == operation.Kind)
            {
                if (phase == Phase.Strayed)
                    found.Add(operation.Syntax);
                return phase == Phase.Unused ? Phase.Used : phase;
            }

            if (writes.Contains(operation.Syntax) && operation is IAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation)
                return Phase.Used;
            return phase == Phase.Used && semantics is not null
                && model.SuspendingAwaits.Suspends(operation, semantics, cancellation)
                && (!keepsThread || SuspendingAwaits.LeavesContext(operation))
                    ? Phase.Strayed
                    : phase;
        }

        private void Visit(FlowTarget target, Phase phase)
        {
            if (seen.Add((target, phase)))
                open.Push((target, phase));
        }

        private void VisitHandlers(FlowTarget at, Phase phase)
        {
            if (!FlowWalk.IsCaught(graph, at.Block))
                return;
            foreach (var handler in FlowWalk.Thrown(graph, at))
                Visit(handler, phase);
        }

        /// <summary>The operation that gives a mentioned value another one; null where none does.</summary>
        private static IOperation? WrittenBy(IOperation mention) => mention.Parent switch
        {
            IAssignmentOperation assignment when assignment.Target == mention => assignment,
            IIncrementOrDecrementOperation step => step,
            IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => argument,
            ITupleOperation { Parent: IDeconstructionAssignmentOperation assignment } => assignment,
            _ => null,
        };
    }
}
