using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Threads that run a loop: those whose procedure calls a loop runner, itself or a few calls away.</summary>
internal sealed class LoopThreads(AsyncModel model)
{
    private const int Farthest = 3;

    /// <summary>
    /// The call of the loop runner in the procedure of the thread that a value is, or the method group where the runner
    /// itself is the procedure; null where there is none, or where the thread is not made in sight.
    /// </summary>
    public IOperation? LoopOf(IOperation? thread, CancellationToken cancellation) =>
        LoopOf(thread, new HashSet<ISymbol>(SymbolEqualityComparer.Default), cancellation);

    private IOperation? LoopOf(IOperation? thread, HashSet<ISymbol> followed, CancellationToken cancellation)
    {
        thread = ConditionalAccesses.Receiver(thread);

        // Two variables may be given each other's values.
        if (thread is null || thread is ILocalReferenceOperation { Local: var local } && !followed.Add(local))
            return null;
        if (thread is IObjectCreationOperation { Arguments.IsEmpty: false } creation)
            return KnownTypes.Same(creation.Type, model.Types.Thread) ? LoopIn(creation.Arguments[0].Value, Farthest, cancellation) : null;
        return model.AssignedValues.Of(thread, cancellation) is { } values
            ? values.Select(value => value is ILocalReferenceOperation or IObjectCreationOperation ? LoopOf(value, followed, cancellation) : null).FirstOrDefault(loop => loop is not null)
            : null;
    }

    private IOperation? LoopIn(IOperation? procedure, int steps, CancellationToken cancellation)
    {
        switch (procedure)
        {
            case IConversionOperation conversion:
                return LoopIn(conversion.Operand, steps, cancellation);
            case IDelegateCreationOperation creation:
                return LoopIn(creation.Target, steps, cancellation);
            case IAnonymousFunctionOperation lambda:
                return LoopAmong(lambda.Body, steps - 1, cancellation);
            case IMethodReferenceOperation { Method: var method } group:
                return IsLoop(method, group, isDirect: true, cancellation) ? group : LoopIn(method, steps, cancellation);
            case null:
                return null;
            default:
                return steps > 0 && model.AssignedValues.Of(procedure, cancellation) is { Count: 1 } values ? LoopIn(values[0], steps - 1, cancellation) : null;
        }
    }

    private IOperation? LoopIn(IMethodSymbol method, int steps, CancellationToken cancellation) =>
        steps > 0 && model.Bodies.OperationOf(method, cancellation) is { } body ? LoopAmong(body, steps - 1, cancellation) : null;

    private IOperation? LoopAmong(IOperation body, int steps, CancellationToken cancellation) =>
        OwnOperations.Of(body).OfType<IInvocationOperation>()
            .Select(call => IsLoop(call.TargetMethod, call, steps >= Farthest - 1, cancellation) ? call : LoopIn(call.TargetMethod, steps, cancellation))
            .FirstOrDefault(loop => loop is not null);

    /// <summary>Whether a method runs a loop: a known one anywhere; what only acts like one, or empties a queue, where it is the thread's own business.</summary>
    private bool IsLoop(IMethodSymbol method, IOperation use, bool isDirect, CancellationToken cancellation) => isDirect
        ? model.LoopRunners.KindOf(method, use.Syntax.SyntaxTree, cancellation) is not null
        : model.LoopRunners.KnownKindOf(method, use.Syntax.SyntaxTree) is LoopRunnerKind.Program or LoopRunnerKind.Work;
}
