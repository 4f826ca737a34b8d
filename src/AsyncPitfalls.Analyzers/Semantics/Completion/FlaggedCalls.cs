using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Calls whose task has completed when they return because a flag says so: <c>ReadAsync(async: false)</c> of a method of this compilation that
/// serves synchronous callers too, and awaits what may take time only where its parameter is true. An async method returns at its first
/// await of something that has not completed, else when it is done
/// (<see href="https://learn.microsoft.com/dotnet/csharp/asynchronous-programming/task-asynchronous-programming-model#BKMK_WhatHappensUnderstandinganAsyncMethod">docs</see>).
/// </summary>
internal sealed class FlaggedCalls
{
    private readonly AsyncModel model;
    private readonly CompletionQuestions ask;
    private readonly RecursiveFact<FlaggedMethod> suspending;

    public FlaggedCalls(CompletionQuestions ask)
    {
        this.ask = ask;
        model = ask.Model;
        suspending = new(MaySuspend, EqualityComparer<FlaggedMethod>.Default);
    }

    /// <summary>Whether a value is the task of such a call with a constant flag, or a variable that holds nothing else.</summary>
    public bool IsCompleted(IOperation awaitable, CancellationToken cancellation)
    {
        var value = ask.Paths.Same(awaitable);
        return value is ILocalReferenceOperation local
            ? model.AssignedValues.Of(local, cancellation) is { } assigned && assigned.Any() && assigned.All(one => IsCompletedCall(ask.Paths.Same(one), cancellation))
            : IsCompletedCall(value, cancellation);
    }

    /// <summary>
    /// Whether an operation runs only for callers who asked for synchronous work: in a branch that a parameter of its function decides, where
    /// the function awaits something with one value of that parameter, and nothing with the one that it has there.
    /// </summary>
    public bool RunsForSynchronousCallers(IOperation operation, CancellationToken cancellation)
    {
        foreach (var (flag, value) in FlagsAround(operation))
        {
            if (operation.SemanticModel is { } semantics
                && Functions.Around(operation.Syntax) is { } function
                && Functions.SymbolOf(function, semantics) is { MethodKind: not MethodKind.AnonymousFunction, OriginalDefinition: var method }
                && !suspending.Of(new FlaggedMethod(method, flag, value), null, cancellation)
                && suspending.Of(new FlaggedMethod(method, flag, !value), null, cancellation))
                return true;
        }

        return false;
    }

    /// <summary>The parameters that decide whether an operation is run, the innermost first, and what they are there.</summary>
    private static IEnumerable<(IParameterSymbol Flag, bool Value)> FlagsAround(IOperation operation)
    {
        foreach (var (outer, inner) in OwnOperations.Around(operation))
        {
            if (outer is IConditionalOperation choice && choice.Condition != inner && DecidedBy(choice.Condition, inner == choice.WhenTrue) is { Flag: not null } here)
                yield return here;
            if (outer is not IBlockOperation block)
                continue;
            foreach (var earlier in block.Operations.TakeWhile(other => other != inner).OfType<IConditionalOperation>())
            {
                if (earlier.WhenFalse is null && Leaves(earlier.WhenTrue) && DecidedBy(earlier.Condition, false) is { Flag: not null } since)
                    yield return since;
            }
        }
    }

    /// <summary>The parameter of which a condition tells what it is, when the condition is known.</summary>
    private static (IParameterSymbol Flag, bool Value) DecidedBy(IOperation condition, bool isTrue) => condition switch
    {
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } flag } => (flag, isTrue),
        IParenthesizedOperation { Operand: var operand } => DecidedBy(operand, isTrue),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => DecidedBy(operand, !isTrue),
        IBinaryOperation { OperatorKind: var kind } both when kind == (isTrue ? BinaryOperatorKind.ConditionalAnd : BinaryOperatorKind.ConditionalOr) =>
            DecidedBy(both.LeftOperand, isTrue) is { Flag: not null } left ? left : DecidedBy(both.RightOperand, isTrue),
        _ => default,
    };

    private static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: { IsEmpty: false } operations } => Leaves(operations[operations.Length - 1]),
        IReturnOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: var expression } => Leaves(expression),
        _ => statement is IThrowOperation,
    };

    private bool IsCompletedCall(IOperation value, CancellationToken cancellation) =>
        value is IInvocationOperation call
        && CalleesOf(call, null).Any(callees => callees.Count > 0 && !callees.Any(callee => suspending.Of(callee, null, cancellation)));

    /// <summary>For each flag that a call passes, and for one that a local function sees, which methods it may so run.</summary>
    private IEnumerable<IReadOnlyList<FlaggedMethod>> CalleesOf(IInvocationOperation call, FlaggedMethod? caller)
    {
        if (!model.Awaitables.IsTaskOrValueTask(call.Type))
            yield break;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Boolean } parameter && ValueOf(argument.Value, caller) is { } value)
                yield return [.. model.CallTargets.Of(call.TargetMethod).Select(target => new FlaggedMethod(target, ImplementationOf(target).Parameters[parameter.Ordinal], value))];
        }

        if (caller is not null && call.TargetMethod.MethodKind == MethodKind.LocalFunction)
            yield return [caller with { Method = call.TargetMethod.OriginalDefinition }];
    }

    private static IMethodSymbol ImplementationOf(IMethodSymbol method) => method.PartialImplementationPart ?? method;

    /// <summary>Whether a method may return a task that has not completed, though its flag has a value.</summary>
    private bool MaySuspend(FlaggedMethod flagged, FactSearch<FlaggedMethod> search)
    {
        if (Bodies.SyntaxOf(flagged.Method, search.Cancellation) is not { } function
            || Functions.IsIterator(function)
            || model.Bodies.OperationOf(flagged.Method, search.Cancellation) is not { } body
            || IsChanged(flagged.Flag, OwnOperations.RootOf(body))
            || model.FlowGraphs.Of(body, search.Cancellation) is not { } graph)
            return true;
        var reached = Reached(graph, flagged, search.Cancellation);
        // Older compilers do not say so of the part that only declares a partial method.
        return ImplementationOf(flagged.Method).IsAsync
            ? reached.SelectMany(FlowWalk.RunBy).OfType<IAwaitOperation>().Any(await => !HasCompleted(await.Operation, flagged, reached, search))
            : reached.Any(block => block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return } && block.BranchValue is { } returned && !HasCompleted(returned, flagged, reached, search));
    }

    private static bool IsChanged(IParameterSymbol flag, IOperation root) =>
        root.Descendants().SelectMany(AssignmentTargets.Of).SelectMany(target => target.DescendantsAndSelf()).Any(target => IsFlag(target, flag));

    private static bool IsFlag(IOperation operation, IParameterSymbol flag) =>
        operation is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, flag);

    /// <summary>The blocks that some path comes to; any exception may be thrown anywhere.</summary>
    private static HashSet<BasicBlock> Reached(ControlFlowGraph graph, FlaggedMethod flagged, CancellationToken cancellation)
    {
        var open = new Stack<FlowTarget>([new FlowTarget(0, null)]);
        var seen = new HashSet<FlowTarget>();
        var reached = new HashSet<BasicBlock>();
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = open.Pop();
            if (!seen.Add(at))
                continue;
            var block = graph.Blocks[at.Block];
            reached.Add(block);
            var known = block.BranchValue is { } condition ? ValueOf(condition, flagged) : null;
            var taken = FlowWalk.Branches(block).Where(leaving => leaving.WhenTrue is null || known is null || leaving.WhenTrue == known);
            foreach (var next in taken.SelectMany(leaving => FlowWalk.After(graph, at, leaving.Branch)).Concat(FlowWalk.Thrown(graph, at)))
                open.Push(next);
        }

        return reached;
    }

    /// <summary>What a condition is for a method whose flag has a value; null where that does not tell.</summary>
    private static bool? ValueOf(IOperation condition, FlaggedMethod? flagged) => condition switch
    {
        { ConstantValue: { HasValue: true, Value: bool constant } } => constant,
        IParameterReferenceOperation when flagged is not null && IsFlag(condition, flagged.Flag) => flagged.Value,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => !ValueOf(operand, flagged),
        IParenthesizedOperation { Operand: var operand } => ValueOf(operand, flagged),
        _ => null,
    };

    private bool HasCompleted(IOperation awaitable, FlaggedMethod flagged, HashSet<BasicBlock> reached, FactSearch<FlaggedMethod> search) => ask.Paths.Same(awaitable) switch
    {
        // What ?: and ?? give is captured on each path.
        IFlowCaptureReferenceOperation { Id: var id } => reached.SelectMany(block => block.Operations).OfType<IFlowCaptureOperation>()
            .Where(capture => capture.Id.Equals(id))
            .All(capture => HasCompleted(capture.Value, flagged, reached, search)),
        IInvocationOperation call when CalleesOf(call, flagged).Any(callees => callees.Count > 0 && !callees.Any(search.Ask)) => true,
        var value => ask.Values.IsAlwaysCompleted(value),
    };

    /// <summary>A method, and what a parameter of it, or of the function around it, is.</summary>
    private sealed record FlaggedMethod(IMethodSymbol Method, IParameterSymbol Flag, bool Value);
}
