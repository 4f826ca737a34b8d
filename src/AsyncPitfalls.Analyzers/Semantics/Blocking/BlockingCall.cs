using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>What a blocking call waits for.</summary>
internal enum BlockingKind
{
    /// <summary>Time: <c>Thread.Sleep</c>.</summary>
    Sleep,

    /// <summary>The end of a thread: <c>Thread.Join</c>.</summary>
    Thread,

    /// <summary>A handle of the operating system: a mutex, a semaphore, an event.</summary>
    Handle,

    /// <summary>A <c>ManualResetEventSlim</c> or a <c>CountdownEvent</c>.</summary>
    Event,

    /// <summary>A <c>SemaphoreSlim</c>.</summary>
    Semaphore,

    /// <summary>The other participants of a <c>Barrier</c>.</summary>
    Barrier,

    /// <summary>A pulse: <c>Monitor.Wait</c>.</summary>
    Pulse,

    /// <summary>An element, or room for one, in a <c>BlockingCollection</c>.</summary>
    Collection,

    /// <summary>One element of a blocking sequence after the other: <c>GetConsumingEnumerable</c>, <c>ToBlockingEnumerable</c>.</summary>
    Sequence,

    /// <summary>The end of a process.</summary>
    Process,

    /// <summary>The input of the console.</summary>
    Input,

    /// <summary>The turns of a parallel loop.</summary>
    Parallel,

    /// <summary>The work of a task, run where it stands.</summary>
    TaskRun,

    /// <summary>A condition, by asking it again and again.</summary>
    Spin,

    /// <summary>Asynchronous work of the <c>Begin</c> and <c>End</c> kind, waited for where it is begun.</summary>
    Pair,

    /// <summary>What the user has named.</summary>
    Named,
}

/// <summary>A call that keeps its thread waiting, whatever it waits for.</summary>
/// <param name="Operation">The call; where the user has named a property or a constructor, the read or the creation.</param>
/// <param name="Name">The name of the called member.</param>
/// <param name="Kind">What it waits for.</param>
internal sealed record BlockingCall(IOperation Operation, SyntaxNode Name, BlockingKind Kind);
