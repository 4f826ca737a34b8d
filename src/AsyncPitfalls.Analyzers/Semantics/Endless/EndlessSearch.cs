using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>One search for functions and tasks that never end, which follows calls and is cut where they come back to where it has been.</summary>
/// <param name="by">What they are measured by.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class EndlessSearch(Endlessness by, CancellationToken cancellation)
{
    private readonly HashSet<SyntaxNode> following = [];
    private bool isCut;

    public Endlessness By { get; } = by;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Begins to follow a function; false where it is being followed already.</summary>
    public bool Enter(SyntaxNode function)
    {
        Cancellation.ThrowIfCancellationRequested();
        var isNew = following.Add(function);
        isCut |= !isNew;
        return isNew;
    }

    /// <summary>Ends following a function; true where what was found of it holds for whoever asks next.</summary>
    public bool Leave(SyntaxNode function)
    {
        following.Remove(function);
        var isCertain = !isCut || following.Count == 0;
        isCut &= following.Count > 0;
        return isCertain;
    }
}
