using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>In which way synchronous logging is treated as if it were asynchronous.</summary>
internal enum NeedlessLoggingKind
{
    /// <summary>A logging call that returns nothing is awaited; the compiler says CS4008.</summary>
    Awaited,

    /// <summary>Logging is sent to another thread.</summary>
    Offloaded,

    /// <summary>A task of <c>Console.Out</c>, <c>Error</c> or <c>In</c> is awaited, which has always completed.</summary>
    Console,
}

/// <summary>Logging that is awaited or sent to another thread.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Whole">The whole await, or the offloading call where that is not awaited on the spot.</param>
/// <param name="Call">The logging call, the offloading call, or the console's call.</param>
/// <param name="LogName">The name of the method that logs.</param>
internal sealed record NeedlessLogging(NeedlessLoggingKind Kind, IOperation Whole, IInvocationOperation Call, string LogName)
{
    /// <summary>The defect that an await or a call is; null for all others, and for what is a part of a greater one.</summary>
    public static NeedlessLogging? Of(IOperation operation, AsyncModel model, CancellationToken cancellation) => operation switch
    {
        IAwaitOperation awaited => OfAwait(awaited, model, cancellation),
        IInvocationOperation call when OffloadedBy(call, model, cancellation) is { } offloaded && !IsAwaited(call, model) =>
            new NeedlessLogging(NeedlessLoggingKind.Offloaded, call, call, offloaded.LogName),
        _ => null,
    };

    /// <summary>The offload of which this is a part, although another defect is said of that call; this itself where there is none.</summary>
    public NeedlessLogging WithOffload(AsyncModel model) =>
        Kind != NeedlessLoggingKind.Offloaded && OffloadAround(Whole, model) is { } call
            ? this with { Kind = NeedlessLoggingKind.Offloaded, Whole = (IOperation?)AwaitOf(call, model) ?? call, Call = call }
            : this;

    private static NeedlessLogging? OfAwait(IAwaitOperation awaited, AsyncModel model, CancellationToken cancellation)
    {
        if (CalledIn(model.Awaitables.Behind(awaited.Operation)) is not { } call)
            return null;
        if (OffloadedBy(call, model, cancellation) is { } offloaded)
            return new NeedlessLogging(NeedlessLoggingKind.Offloaded, awaited, call, offloaded.LogName);
        NeedlessLoggingKind kind;
        if (call.TargetMethod.ReturnsVoid && model.Loggers.IsLogging(call))
            kind = NeedlessLoggingKind.Awaited;
        else if (model.Loggers.IsConsoleTask(call, cancellation))
            kind = NeedlessLoggingKind.Console;
        else
            return null;
        return IsOffloaded(awaited, model, cancellation) ? null : new NeedlessLogging(kind, awaited, call, call.TargetMethod.Name);
    }

    /// <summary>The logging that a call offloads, where that is what is to be said of the call.</summary>
    private static OffloadedLogging? OffloadedBy(IInvocationOperation call, AsyncModel model, CancellationToken cancellation) =>
        model.Loggers.OffloadedBy(call) is { } offloaded && !model.TaskDefects.HasBefore(call, TaskDefect.OffloadedLogging, cancellation) ? offloaded : null;

    private static IInvocationOperation? CalledIn(IOperation operation) => operation switch
    {
        IInvocationOperation call => call,
        IConditionalAccessOperation access => CalledIn(access.WhenNotNull),
        _ => null,
    };

    private static bool IsAwaited(IInvocationOperation call, AsyncModel model) => AwaitOf(call, model) is not null;

    private static IAwaitOperation? AwaitOf(IInvocationOperation call, AsyncModel model)
    {
        for (var current = call.Parent; current is not null and not IBlockOperation; current = current.Parent)
        {
            if (current is IAwaitOperation awaited)
                return model.Awaitables.Behind(awaited.Operation) == call ? awaited : null;
        }

        return null;
    }

    /// <summary>Whether an operation is in a delegate that is reported as a whole.</summary>
    private static bool IsOffloaded(IOperation operation, AsyncModel model, CancellationToken cancellation) =>
        OffloadAround(operation, model) is { } call && OffloadedBy(call, model, cancellation) is not null;

    /// <summary>The call that offloads the delegate around an operation, where that does nothing but log.</summary>
    private static IInvocationOperation? OffloadAround(IOperation operation, AsyncModel model)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda)
            {
                var parent = lambda.Parent;
                while (parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
                    parent = parent.Parent;
                return parent is IInvocationOperation call && model.Loggers.OffloadedBy(call)?.Work == lambda ? call : null;
            }
        }

        return null;
    }
}
