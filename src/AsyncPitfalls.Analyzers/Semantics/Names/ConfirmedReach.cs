using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The bodies that come to something, of those that can as far as names tell. A name mostly means something else: so the
/// bodies in which it stands are looked at first, and who leads only to such as do not hold it has not to be read at all.
/// </summary>
/// <param name="named">What names tell.</param>
/// <param name="holds">Whether a body that holds it as far as names tell does so.</param>
internal sealed class ConfirmedReach(NameReach named, Func<SyntaxNode, CancellationToken, bool> holds)
{
    private readonly ConcurrentDictionary<SyntaxNode, bool> holding = new();
    private readonly ConcurrentDictionary<SyntaxNode, bool> leading = new();

    /// <summary>Whether a body of this name can, as far as names tell: the cheap question before <see cref="HasBody"/>.</summary>
    public bool HasName(string name) => named.HasName(name);

    /// <summary>Whether a body, given by its node as <see cref="NamedBody"/> has it, holds it, or runs one that does.</summary>
    public bool HasBody(SyntaxNode body, CancellationToken cancellation) =>
        named.HasBody(body) && (leading.TryGetValue(body, out var known) ? known : Find(body, cancellation));

    private bool Find(SyntaxNode body, CancellationToken cancellation)
    {
        var cameFrom = new Dictionary<SyntaxNode, SyntaxNode?> { [body] = null };
        var open = new Queue<SyntaxNode>([body]);
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = open.Dequeue();
            var isKnown = leading.TryGetValue(next, out var leads);
            if (leads || !isKnown && Holds(next, cancellation))
            {
                for (var step = next; step is not null; step = cameFrom[step])
                    leading.TryAdd(step, true);
                return true;
            }

            foreach (var further in isKnown ? [] : named.LedToBy(next))
            {
                if (cameFrom.ContainsKey(further))
                    continue;
                cameFrom.Add(further, next);
                open.Enqueue(further);
            }
        }

        // All that they lead to has been seen too.
        foreach (var seen in cameFrom.Keys)
            leading.TryAdd(seen, false);
        return false;
    }

    private bool Holds(SyntaxNode body, CancellationToken cancellation)
    {
        if (!named.IsSource(body))
            return false;
        if (!holding.TryGetValue(body, out var known))
            holding.TryAdd(body, known = holds(body, cancellation));
        return known;
    }
}
