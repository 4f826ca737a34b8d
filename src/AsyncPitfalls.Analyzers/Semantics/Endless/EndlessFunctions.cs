using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which functions never come to their end: every path stays in a loop, or waits for what never completes.</summary>
internal sealed class EndlessFunctions
{
    private readonly AsyncModel model;
    private readonly EndlessTasks tasks;
    private readonly RecursiveFact<SyntaxNode> forEver;
    private readonly RecursiveFact<SyntaxNode> untilStopped;
    private readonly UnboundedConditions conditions;
    private readonly ThrowingCalls throwing;
    private readonly TokenReaders readers;

    public EndlessFunctions(AsyncModel model, EndlessTasks tasks)
    {
        this.model = model;
        this.tasks = tasks;
        forEver = Fact(Endlessness.ForEver);
        untilStopped = Fact(Endlessness.UntilStopped);
        conditions = new(model);
        throwing = new(model);
        readers = new(model);
    }

    /// <summary>
    /// Whether a function, given by its node, never ends. An exception that nobody throws on purpose counts as no end, and
    /// neither does one that is only thrown again. False for iterators, and where there is no body in this compilation.
    /// </summary>
    public bool NeverEnd(SyntaxNode function, EndlessSearch search) =>
        (search.By == Endlessness.ForEver ? forEver : untilStopped).Of(function, search.Under, search.Cancellation);

    private RecursiveFact<SyntaxNode> Fact(Endlessness by) =>
        new((function, search) => Find(function, new EndlessSearch(by, search, search.Cancellation)), EqualityComparer<SyntaxNode>.Default);

    private bool Find(SyntaxNode function, EndlessSearch search)
    {
        if (!model.Compilation.ContainsSyntaxTree(function.SyntaxTree)
            || Functions.IsIterator(function)
            || model.Bodies.SemanticsOf(function.SyntaxTree).GetOperation(function, search.Cancellation) is not { } body)
            return false;
        var stops = new HashSet<SyntaxNode>(OwnOperations.Of(body).Where(operation => Stops(operation, function, search)).Select(operation => operation.Syntax));
        return (stops.Count > 0 || Functions.OwnNodes(function).Any(GoesBack))
            && model.FlowGraphs.Of(body, search.Cancellation) is { } graph
            && !ReachesEnd(graph, stops, search) && (search.By == Endlessness.UntilStopped || !AsksForToken(body, function, search.Cancellation));
    }

    private static bool GoesBack(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or GotoStatementSyntax;

    /// <summary>Whether no path goes on behind an operation; for a function that is not async also what it returns, if that never completes.</summary>
    private bool Stops(IOperation operation, SyntaxNode function, EndlessSearch search) =>
        operation switch
        {
            IAwaitOperation await => tasks.Find(await.Operation, search) is not null,
            IInvocationOperation call => tasks.FindWaited(call, search) is not null || tasks.NeverReturns(call, search),
            IPropertyReferenceOperation property => tasks.FindWaited(property, search) is not null,
            _ => false,
        }
        || operation.Parent is IReturnOperation && !Functions.IsAsync(function) && tasks.Find(operation, search) is not null;

    private bool ReachesEnd(ControlFlowGraph graph, HashSet<SyntaxNode> stops, EndlessSearch search)
    {
        var open = new Stack<FlowTarget>([new FlowTarget(0, null)]);
        var seen = new HashSet<FlowTarget>();
        while (open.Count > 0)
        {
            search.Cancellation.ThrowIfCancellationRequested();
            var at = open.Pop();
            if (!seen.Add(at))
                continue;
            var block = graph.Blocks[at.Block];
            if (block.Kind == BasicBlockKind.Exit)
                return true;
            var operations = FlowWalk.RunBy(block).ToList();
            foreach (var handler in ThrownIn(graph, at, operations, search))
                open.Push(handler);
            if (operations.Any(operation => stops.Contains(operation.Syntax)))
                continue;
            foreach (var next in FlowWalk.Branches(block).Where(leaving => IsTaken(graph, block, leaving.Branch, leaving.WhenTrue, search)).SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch)))
                open.Push(next);
        }

        return false;
    }

    private IEnumerable<FlowTarget> ThrownIn(ControlFlowGraph graph, FlowTarget at, List<IOperation> operations, EndlessSearch search)
    {
        if (operations.OfType<IInvocationOperation>().Any(call => throwing.Leaves(call, search.Cancellation)))
            return FlowWalk.Thrown(graph, at);
        return search.By == Endlessness.ForEver && operations.Count > 0 && FlowWalk.IsCaught(graph, at.Block) ? FlowWalk.Thrown(graph, at) : [];
    }

    /// <summary>Whether a branch counts: throwing again does not, and to somebody who waits for the stop, neither do those that are taken only then.</summary>
    private bool IsTaken(ControlFlowGraph graph, BasicBlock block, ControlFlowBranch? branch, bool? whenTrue, EndlessSearch search)
    {
        if (branch?.Semantics == ControlFlowBranchSemantics.Rethrow)
            return FlowWalk.IsCaught(graph, block.Ordinal);
        if (search.By == Endlessness.ForEver || whenTrue is null || block.BranchValue is not { } value)
            return true;
        if (conditions.AsksToken(value))
            return whenTrue == false;
        return !conditions.AwaitsTick(value) || whenTrue == true;
    }

    /// <summary>Whether one of the loops that hold a function for ever has to do with a token that can be cancelled; in a function without loops, anything in it.</summary>
    private bool AsksForToken(IOperation body, SyntaxNode function, CancellationToken cancellation)
    {
        var semantics = model.Bodies.SemanticsOf(function.SyntaxTree);
        IEnumerable<IOperation> scopes = Functions.OwnNodes(function).Any(node => node is GotoStatementSyntax)
            ? [body]
            : OwnOperations.Of(body).OfType<ILoopOperation>().Where(loop => loop.Syntax is StatementSyntax statement && semantics.AnalyzeControlFlow(statement) is { Succeeded: true, EndPointIsReachable: false });
        return scopes.SelectMany(scope => scope.Descendants()).Any(inside => readers.Are(inside, cancellation));
    }
}
