using System;
using System.Threading;

namespace AsyncPitfalls.Semantics;

/// <summary>What is found once, by whoever asks first. A search that is cancelled leaves it to the next one, and who waits for somebody else's can be cancelled too.</summary>
/// <typeparam name="T">What is found.</typeparam>
/// <param name="find">The search.</param>
internal sealed class FoundOnce<T>(Func<CancellationToken, T> find)
    where T : class
{
    private const int MillisecondsBetweenQuestions = 10;

    private readonly object searching = new();
    private volatile T? found;

    /// <summary>What is found.</summary>
    public T Get(CancellationToken cancellation) => found ?? Find(cancellation);

    private T Find(CancellationToken cancellation)
    {
        while (!Monitor.TryEnter(searching, MillisecondsBetweenQuestions))
            cancellation.ThrowIfCancellationRequested();
        try
        {
            return found ??= find(cancellation);
        }
        finally
        {
            Monitor.Exit(searching);
        }
    }
}
