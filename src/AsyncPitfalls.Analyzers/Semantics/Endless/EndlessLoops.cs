using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A loop of an async function that nothing stops.</summary>
/// <param name="Keyword">Its keyword: <c>while</c>, <c>for</c>, <c>do</c>, or the <c>goto</c> that jumps back.</param>
/// <param name="First">The loop, or the first statement of what <c>goto</c> repeats.</param>
/// <param name="Last">The loop, or the statement with the <c>goto</c>.</param>
internal sealed record EndlessLoop(SyntaxToken Keyword, StatementSyntax First, StatementSyntax Last);

/// <summary>Which loops of async functions go on for ever: no condition, no way out, and no cancellation token that could be one.</summary>
internal sealed class EndlessLoops(AsyncModel model)
{
    private readonly ThrowingCalls throwing = new(model);
    private readonly TokenReaders readers = new(model);

    /// <summary>The kinds of operations for which <see cref="Of"/> can have an answer.</summary>
    public static OperationKind[] Kinds { get; } = [OperationKind.Loop, OperationKind.Branch];

    /// <summary>The endless loop that an operation is, or that a <c>goto</c> makes; null for all others, and for loops that await nothing.</summary>
    public EndlessLoop? Of(IOperation operation, CancellationToken cancellation) =>
        MayBe(operation)
        && Functions.IsAsync(Functions.Around(operation.Syntax))
        && LoopAt(operation) is { } loop
        && operation.SemanticModel is { } semantics
        // Asked first, as it is cheap; what a jump repeats has no syntax of its own.
        && !(loop.First == loop.Last && EndlessSyntax.IsLeft(loop.First))
        && Awaits(loop)
        && IsClosed(loop, semantics)
        && !HasWayOut(loop, operation, cancellation)
            ? loop
            : null;

    /// <summary>Whether an operation is a loop without a condition, or a <c>goto</c> that may make one: few loops and branches are.</summary>
    private static bool MayBe(IOperation operation) => operation switch
    {
        ILoopOperation loop => UnboundedConditions.IsConstant(loop),
        IBranchOperation { BranchKind: BranchKind.GoTo, Syntax: GotoStatementSyntax { Parent: BlockSyntax } } => true,
        _ => false,
    };

    private static EndlessLoop? LoopAt(IOperation operation) => operation switch
    {
        ILoopOperation { Syntax: WhileStatementSyntax loop } => new EndlessLoop(loop.WhileKeyword, loop, loop),
        ILoopOperation { Syntax: DoStatementSyntax loop } => new EndlessLoop(loop.DoKeyword, loop, loop),
        ILoopOperation { Syntax: ForStatementSyntax loop } => new EndlessLoop(loop.ForKeyword, loop, loop),
        IBranchOperation { Syntax: GotoStatementSyntax jump, Target: var label } => LoopOf(jump, label),
        _ => null,
    };

    /// <summary>The statements from a label to a jump back to it that stands in the same list.</summary>
    private static EndlessLoop? LoopOf(GotoStatementSyntax jump, ILabelSymbol label) =>
        label.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is LabeledStatementSyntax target
        && target.SpanStart < jump.SpanStart
        && target.Parent == jump.Parent
            ? new EndlessLoop(jump.GotoKeyword, target, jump)
            : null;

    private static bool Awaits(EndlessLoop loop) =>
        Functions.Around(loop.First) is { } function && Functions.OwnAwaits(function).Any(await => IsIn(await, loop));

    /// <summary>Whether no <c>break</c>, <c>goto</c>, <c>return</c> or <c>yield</c> leads out.</summary>
    private static bool IsClosed(EndlessLoop loop, SemanticModel semantics) =>
        semantics.AnalyzeControlFlow(loop.First, loop.Last) is { Succeeded: true, EndPointIsReachable: false, ReturnStatements.IsEmpty: true, ExitPoints: var exits }
        && exits.All(exit => exit == loop.Last)
        && !Functions.OwnNodes(Functions.Around(loop.First)!).Any(node => node is YieldStatementSyntax && IsIn(node, loop));

    /// <summary>The operations of all that a loop repeats, with its nested functions.</summary>
    private static IEnumerable<IOperation> Repeated(EndlessLoop loop, IOperation operation) =>
        loop.First == loop.Last ? operation.Descendants() : OwnOperations.RootOf(operation).Descendants().Where(inside => IsIn(inside.Syntax, loop));

    private bool HasWayOut(EndlessLoop loop, IOperation operation, CancellationToken cancellation) =>
        Repeated(loop, operation).Any(inside => IsWayOut(inside, loop, cancellation));

    /// <summary>Whether an operation has to do with a cancellation token, or leaves the loop by an exception that is not caught in it.</summary>
    private bool IsWayOut(IOperation inside, EndlessLoop loop, CancellationToken cancellation) => inside switch
    {
        IThrowOperation => IsOfSameFunction(inside, loop) && !IsCaughtInside(inside, loop),
        IInvocationOperation call => readers.Are(call, cancellation)
            || IsOfSameFunction(inside, loop) && throwing.Leaves(call, cancellation) && !IsCaughtInside(inside, loop),
        _ => readers.Are(inside, cancellation),
    };

    private bool IsCaughtInside(IOperation thrown, EndlessLoop loop)
    {
        for (var (inner, outer) = (thrown.Syntax, thrown.Syntax.Parent); outer is not null && IsIn(outer, loop); (inner, outer) = (outer, outer.Parent))
        {
            if (outer is TryStatementSyntax attempt && attempt.Block == inner && model.CaughtExceptions.CatchesAll(attempt, thrown.SemanticModel!))
                return true;
        }

        return false;
    }

    private static bool IsOfSameFunction(IOperation inside, EndlessLoop loop) => Functions.Around(inside.Syntax) == Functions.Around(loop.First);

    private static bool IsIn(SyntaxNode node, EndlessLoop loop) => node.SpanStart >= loop.First.SpanStart && node.Span.End <= loop.Last.Span.End;
}
