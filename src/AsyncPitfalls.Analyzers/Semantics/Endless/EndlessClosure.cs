using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The functions that one function leads to, read one after the other. Each counts as one that ends until it is found not
/// to, and who calls it is then read again: recursion so makes the answer depend neither on where the search begins nor on
/// its order, and long chains of calls need no stack.
/// </summary>
/// <param name="first">The function to begin with.</param>
/// <param name="search">What the search is for.</param>
internal sealed class EndlessClosure(SyntaxNode first, EndlessSearch search) : EndlessSearch(search.By, search.Cancellation)
{
    private readonly Dictionary<SyntaxNode, HashSet<SyntaxNode>> callers = new() { [first] = [] };
    private readonly HashSet<SyntaxNode> endless = [];
    private readonly Queue<SyntaxNode> unread = new([first]);
    private SyntaxNode? reading;

    /// <summary>All functions that were asked for, with what is known of them so far.</summary>
    public IEnumerable<(SyntaxNode Function, bool IsEndless)> Answers => callers.Keys.Select(function => (function, endless.Contains(function)));

    /// <summary>The next function to read; null when all answers are final.</summary>
    public SyntaxNode? Next()
    {
        Cancellation.ThrowIfCancellationRequested();
        return reading = unread.Count > 0 ? unread.Dequeue() : null;
    }

    /// <summary>Whether a function that the one being read calls is known to never end; remembers who asked.</summary>
    public bool Ask(SyntaxNode function)
    {
        if (!callers.TryGetValue(function, out var asking))
        {
            callers.Add(function, asking = []);
            unread.Enqueue(function);
        }

        asking.Add(reading!);
        return endless.Contains(function);
    }

    /// <summary>Notes that the function being read never ends.</summary>
    public void Note()
    {
        if (!endless.Add(reading!))
            return;
        foreach (var caller in callers[reading!].Where(caller => !endless.Contains(caller) && !unread.Contains(caller)))
            unread.Enqueue(caller);
    }
}
