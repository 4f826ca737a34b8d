using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>An await or wait that is never over, and the code that would run after it.</summary>
/// <param name="Operation">The await, or the operation that blocks.</param>
/// <param name="Call">The call that never completes.</param>
/// <param name="After">What never runs, in source order.</param>
internal sealed record EndlessWait(IOperation Operation, IInvocationOperation Call, ImmutableArray<SyntaxNode> After);

/// <summary>Which awaits and waits are never over though code follows that only they lead to.</summary>
internal sealed class EndlessWaits(AsyncModel model)
{
    /// <summary>The kinds of operations for which <see cref="Of"/> can have an answer.</summary>
    public static ImmutableArray<OperationKind> Kinds { get; } = ImmutableArray.Create(OperationKind.Await, OperationKind.Invocation, OperationKind.PropertyReference);

    /// <summary>The wait that an operation is; null for all others, and where nothing follows it, or what follows is also reached without it.</summary>
    public EndlessWait? Of(IOperation operation, CancellationToken cancellation)
    {
        var call = operation is IAwaitOperation await
            ? model.EndlessTasks.Of(await.Operation, Endlessness.ForEver, cancellation)
            : model.EndlessTasks.OfWait(operation, Endlessness.ForEver, cancellation);
        if (call is null || model.Unexecuted.Holds(operation) || model.FlowGraphs.Around(operation, cancellation) is not { } graph)
            return null;
        var after = CodeAfter(graph, operation);
        return after.IsEmpty ? null : new EndlessWait(operation, call, after);
    }

    /// <summary>What runs only if a wait ends. Conditions and steps of loops, <c>finally</c> blocks and the mere end of the function do not count.</summary>
    private static ImmutableArray<SyntaxNode> CodeAfter(ControlFlowGraph graph, IOperation wait)
    {
        var place = graph.Blocks.FirstOrDefault(block => FlowWalk.RunBy(block).Any(operation => Is(operation, wait)));
        if (place is null)
            return ImmutableArray<SyntaxNode>.Empty;
        var otherwise = Reached(graph, [new FlowTarget(0, null)], wait, throws: true);
        var then = Reached(graph, FlowWalk.Branches(place).SelectMany(leaving => FlowWalk.From(graph, place.Ordinal).SelectMany(at => FlowWalk.After(graph, at, leaving.Branch))), wait, throws: false);
        return FlowWalk.RunBy(place).SkipWhile(operation => !Is(operation, wait)).Skip(1)
            .Concat(then.Except(otherwise).Select(ordinal => graph.Blocks[ordinal]).Where(block => !FlowWalk.IsInFinally(block)).SelectMany(FlowWalk.RunBy))
            .Where(operation => Does(operation) && !IsBookkeeping(operation, wait))
            .Select(operation => operation.Syntax)
            .OrderBy(syntax => syntax.SpanStart)
            .ToImmutableArray();
    }

    private static bool Is(IOperation operation, IOperation wait) => operation.Syntax == wait.Syntax && operation.Kind == wait.Kind;

    /// <summary>The blocks that paths come to without passing the wait.</summary>
    private static HashSet<int> Reached(ControlFlowGraph graph, IEnumerable<FlowTarget> from, IOperation wait, bool throws)
    {
        var open = new Stack<FlowTarget>(from);
        var seen = new HashSet<FlowTarget>();
        while (open.Count > 0)
        {
            var at = open.Pop();
            if (!seen.Add(at))
                continue;
            var block = graph.Blocks[at.Block];
            foreach (var handler in throws && FlowWalk.IsCaught(graph, at.Block) ? FlowWalk.Thrown(graph, at) : [])
                open.Push(handler);
            if (FlowWalk.RunBy(block).Any(operation => Is(operation, wait)))
                continue;
            foreach (var next in FlowWalk.Branches(block).SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch)))
                open.Push(next);
        }

        return [.. seen.Select(at => at.Block)];
    }

    /// <summary>Whether an operation does something of its own.</summary>
    private static bool Does(IOperation operation) =>
        !operation.IsImplicit
        && operation is IInvocationOperation or IObjectCreationOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation
            or IEventAssignmentOperation or IDynamicInvocationOperation or IReturnOperation { Kind: OperationKind.YieldReturn };

    /// <summary>
    /// Whether an operation only rounds off the code around the wait: what is done with its own result, the head of a loop,
    /// what is thrown to say that this is never reached, or the value that the function has to return.
    /// </summary>
    private static bool IsBookkeeping(IOperation operation, IOperation wait) =>
        operation.Syntax.Span.Contains(wait.Syntax.Span) && operation is not IInvocationOperation
        || operation.Syntax.Ancestors().TakeWhile(node => !Functions.IsFunction(node)).Any(node => node switch
        {
            ForStatementSyntax loop => loop.Incrementors.Any(step => step.Span.Contains(operation.Syntax.Span)),
            DoStatementSyntax loop => loop.Condition.Span.Contains(operation.Syntax.Span),
            WhileStatementSyntax loop => loop.Condition.Span.Contains(operation.Syntax.Span),
            ThrowStatementSyntax or ThrowExpressionSyntax => true,
            ReturnStatementSyntax => operation is IObjectCreationOperation,
            _ => false,
        });
}
