using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// A fact about functions that rests on the same fact about those they call, such as that they never end. It holds for as
/// few as it can: for a ring of calls only if something in the ring gives reason for it. Recursion makes the answers depend
/// neither on who is asked about first nor on who asks at the same time, and long chains of calls need no stack.
/// </summary>
/// <typeparam name="T">What stands for a function.</typeparam>
/// <param name="holds">Whether it holds for a function, given whom to ask about others. What is true of others may only speak for it, never against.</param>
/// <param name="comparer">Which of them are equal.</param>
internal sealed class RecursiveFact<T>(Func<T, FactSearch<T>, bool> holds, IEqualityComparer<T> comparer)
    where T : notnull
{
    private readonly ConcurrentDictionary<T, bool> known = new(comparer);

    /// <summary>Whether the fact holds.</summary>
    /// <param name="function">For what.</param>
    /// <param name="under">The search in which it is asked; null where none is under way.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool Of(T function, FactSearch<T>? under, CancellationToken cancellation)
    {
        if (known.TryGetValue(function, out var answer))
            return answer;
        if (under is not null)
            return under.Ask(function);

        var search = new FactSearch<T>(function, comparer, cancellation);
        while (search.MoveNext())
        {
            if (holds(search.Current, search))
                search.Note();
        }

        foreach (var (read, found) in search.Answers)
            known.TryAdd(read, found);
        return known[function];
    }
}

/// <summary>
/// The functions that one leads to, read one after the other. The fact counts as untrue of each until it is found true, and
/// who asked about that one is then read again.
/// </summary>
/// <typeparam name="T">What stands for a function.</typeparam>
internal sealed class FactSearch<T>
    where T : notnull
{
    private readonly Dictionary<T, HashSet<T>> askedBy;
    private readonly HashSet<T> found;
    private readonly Queue<T> unread = new();

    public FactSearch(T first, IEqualityComparer<T> comparer, CancellationToken cancellation)
    {
        askedBy = new(comparer) { [first] = new(comparer) };
        found = new(comparer);
        unread.Enqueue(first);
        Cancellation = cancellation;
        Current = first;
    }

    /// <summary>Stops the search.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The function to read.</summary>
    public T Current { get; private set; }

    /// <summary>What is known so far of each function that was asked about.</summary>
    public IEnumerable<(T Function, bool Holds)> Answers => askedBy.Keys.Select(function => (function, found.Contains(function)));

    /// <summary>Goes on to the next function to read; false when all answers are final.</summary>
    public bool MoveNext()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (unread.Count == 0)
            return false;
        Current = unread.Dequeue();
        return true;
    }

    /// <summary>Whether the fact is known to hold for a function on which the current one may rest.</summary>
    public bool Ask(T function)
    {
        if (!askedBy.TryGetValue(function, out var asking))
        {
            askedBy.Add(function, asking = new(found.Comparer));
            unread.Enqueue(function);
        }

        asking.Add(Current);
        return found.Contains(function);
    }

    /// <summary>Notes that it holds for the current function.</summary>
    public void Note()
    {
        if (!found.Add(Current))
            return;
        foreach (var asking in askedBy[Current].Where(asking => !found.Contains(asking)))
            unread.Enqueue(asking);
    }
}
