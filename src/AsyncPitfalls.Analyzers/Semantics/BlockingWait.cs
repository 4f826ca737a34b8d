using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>The ways in which a thread waits for tasks.</summary>
internal enum BlockingForm
{
    /// <summary><c>t.Result</c>, also as a property pattern.</summary>
    Result,

    /// <summary><c>t.Wait()</c> in all overloads.</summary>
    Wait,

    /// <summary><c>Task.WaitAll(…)</c>.</summary>
    WaitAll,

    /// <summary><c>Task.WaitAny(…)</c>.</summary>
    WaitAny,

    /// <summary><c>GetResult()</c> of an awaiter, be it called at once or kept in a local before.</summary>
    GetResult,

    /// <summary>A wait on the handle that a task has as an <c>IAsyncResult</c>.</summary>
    WaitHandle,

    /// <summary>A loop that asks a task again and again whether it has completed, and awaits nothing meanwhile.</summary>
    SpinLoop,

    /// <summary><c>SpinWait.SpinUntil(() => t.IsCompleted)</c>.</summary>
    SpinUntil,
}

/// <summary>A place where a thread waits for tasks.</summary>
/// <param name="Form">The way it waits.</param>
/// <param name="Name">The name of the member that waits, which is where it is reported.</param>
/// <param name="Operation">The operation that waits: a property reference, an invocation, or a reference to a method as a delegate.</param>
/// <param name="Tasks">
/// What is waited for: the task, other awaitable or kept awaiter; for <c>WaitAll</c> and <c>WaitAny</c> each task that is
/// listed there, or the one collection. Empty for a method group of a static method.
/// </param>
internal sealed record BlockingWait(BlockingForm Form, SyntaxNode Name, IOperation Operation, ImmutableArray<IOperation> Tasks)
{
    /// <summary>The one thing that is waited for; null where there are several, or none in sight.</summary>
    public IOperation? Awaited => Tasks.Length == 1 ? Tasks[0] : null;

    /// <summary>The argument after which the wait gives up; null where there is none.</summary>
    public IOperation? Timeout { get; init; }

    /// <summary>The cancellation token that ends the wait; null where there is none.</summary>
    public IOperation? Token { get; init; }

    /// <summary>Whether the wait only asks, since its time-out is the constant zero.</summary>
    public bool ReturnsAtOnce { get; init; }

    /// <summary>Whether the member is made a delegate here, as in <c>Action a = t.Wait</c>, and waits when that is called.</summary>
    public bool IsMethodGroup => Operation.Kind == OperationKind.MethodReference;
}
