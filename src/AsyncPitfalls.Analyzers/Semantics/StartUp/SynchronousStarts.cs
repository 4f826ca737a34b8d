using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What a function runs before it gives its thread back for the first time: all up to its first await of what may not have
/// completed yet, and everything where there is none. What runs only after an exception is left out.
/// </summary>
internal sealed class SynchronousStarts
{
    private readonly AsyncModel model;
    private readonly ConditionalWeakTable<ControlFlowGraph, HashSet<FlowTarget>> starts = new();
    private readonly UnboundedConditions conditions;
    private readonly RecursiveFact<SyntaxNode> holding;

    public SynchronousStarts(AsyncModel model)
    {
        this.model = model;
        conditions = new(model);
        holding = new(HoldsCaller, EqualityComparer<SyntaxNode>.Default);
    }

    /// <summary>Whether some path runs an operation before the first await.</summary>
    public bool Run(IOperation operation, CancellationToken cancellation) =>
        model.FlowGraphs.Around(operation, cancellation) is { } graph
        && StartOf(graph).Any(at => BeforeAwait(graph.Blocks[at.Block]).Any(run => run.Syntax == operation.Syntax && run.Kind == operation.Kind));

    /// <summary>Whether a loop goes on until somebody stops it, and comes, before the first await, to a turn that awaits nothing.</summary>
    public bool Spin(ILoopOperation loop, CancellationToken cancellation)
    {
        if (!IsUnbounded(loop, cancellation) || model.FlowGraphs.Around(loop, cancellation) is not { } graph)
            return false;
        var own = graph.Blocks.Where(block => FlowWalk.RunBy(block).Any(operation => IsRepeated(operation.Syntax, loop.Syntax))).Select(block => block.Ordinal).ToImmutableHashSet();
        return Reached(graph, [new FlowTarget(0, null)], at => !own.Contains(at.Block))
            .Where(before => !Awaits(graph.Blocks[before.Block]))
            .SelectMany(before => Next(graph, before))
            .Where(at => own.Contains(at.Block))
            .Any(head => Turn(graph, head, own).Contains(head));
    }

    /// <summary>Whether a loop has a condition that only somebody outside changes, and no way out but that and what is thrown.</summary>
    public bool IsUnbounded(ILoopOperation loop, CancellationToken cancellation) =>
        conditions.Rules(loop)
        && loop.SemanticModel is { } semantics
        && loop.Syntax is StatementSyntax statement
        && semantics.AnalyzeControlFlow(statement) is { Succeeded: true } flow
        && flow.ReturnStatements.Concat(flow.ExitPoints).Concat(Breaks(statement)).Distinct().All(exit => IsTakenToStop(exit, statement, semantics, cancellation));

    /// <summary>Whether a function of this compilation holds its caller in such a loop, or calls one that does, before it first awaits.</summary>
    public bool NeverComeBack(SyntaxNode function, CancellationToken cancellation) => holding.Of(function, null, cancellation);

    private bool HoldsCaller(SyntaxNode function, FactSearch<SyntaxNode> search)
    {
        var cancellation = search.Cancellation;
        if (!model.Compilation.ContainsSyntaxTree(function.SyntaxTree)
            || Functions.IsIterator(function)
            || model.Bodies.SemanticsOf(function.SyntaxTree).GetOperation(function, cancellation) is not { } body)
            return false;
        return OwnOperations.Of(body).Any(operation => operation switch
        {
            ILoopOperation loop => Spin(loop, cancellation),
            IInvocationOperation { IsVirtual: false } call => Bodies.SyntaxOf(call.TargetMethod, cancellation) is { } called && holding.Of(called, search, cancellation) && Run(call, cancellation),
            _ => false,
        });
    }

    private HashSet<FlowTarget> StartOf(ControlFlowGraph graph) => starts.GetValue(graph, key => Reached(key, [new FlowTarget(0, null)], _ => true));

    /// <summary>Where paths through a loop come to, back to its first block too, before they await.</summary>
    private HashSet<FlowTarget> Turn(ControlFlowGraph graph, FlowTarget head, ICollection<int> own) =>
        Awaits(graph.Blocks[head.Block])
            ? []
            : Reached(graph, Next(graph, head), at => own.Contains(at.Block) || FlowWalk.RunBy(graph.Blocks[at.Block]).All(operation => operation.IsImplicit));

    private HashSet<FlowTarget> Reached(ControlFlowGraph graph, IEnumerable<FlowTarget> from, Func<FlowTarget, bool> isInside)
    {
        var open = new Stack<FlowTarget>(from);
        var reached = new HashSet<FlowTarget>();
        while (open.Count > 0)
        {
            var at = open.Pop();
            if (!isInside(at) || !reached.Add(at) || Awaits(graph.Blocks[at.Block]))
                continue;
            foreach (var next in Next(graph, at))
                open.Push(next);
        }

        return reached;
    }

    private static IEnumerable<FlowTarget> Next(ControlFlowGraph graph, FlowTarget at) => FlowWalk.Branches(graph.Blocks[at.Block])
        .Where(leaving => leaving.Branch?.Semantics is not (ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow))
        .SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch));

    private bool Awaits(BasicBlock block) => FlowWalk.RunBy(block).Any(Suspends);

    private IEnumerable<IOperation> BeforeAwait(BasicBlock block) => FlowWalk.RunBy(block).TakeWhile(operation => !Suspends(operation));

    /// <summary>Whether an operation may give the thread back: an await, but not one of a task that is made completed.</summary>
    private bool Suspends(IOperation operation) =>
        operation is IAwaitOperation { Operation: var task } && model.Awaitables.Behind(task) switch
        {
            IPropertyReferenceOperation { Property: { Name: "CompletedTask", ContainingType: var type } } => !IsTaskType(type),
            IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType: var type } } => !IsTaskType(type),
            _ => true,
        };

    private bool IsTaskType(INamedTypeSymbol type) => KnownTypes.Same(type, model.Types.Task) || KnownTypes.Same(type, model.Types.ValueTask);

    private static bool IsRepeated(SyntaxNode node, SyntaxNode loop) =>
        loop.Span.Contains(node.Span) && !(loop is ForStatementSyntax { Declaration: { } declaration } && declaration.Span.Contains(node.Span));

    private static IEnumerable<SyntaxNode> Breaks(StatementSyntax loop) =>
        loop.DescendantNodes(node => node == loop || !Functions.IsFunction(node) && node is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax))
            .Where(node => node is BreakStatementSyntax);

    /// <summary>Whether a statement leaves a loop only because somebody has stopped it: it asks a token or a field before, or an exception told it.</summary>
    private bool IsTakenToStop(SyntaxNode exit, StatementSyntax loop, SemanticModel semantics, CancellationToken cancellation) => exit.Ancestors()
        .TakeWhile(node => node != loop)
        .Any(node => node is CatchClauseSyntax
            || node is IfStatementSyntax choice && semantics.GetOperation(choice.Condition, cancellation) is { } condition && conditions.Goes(condition));
}
