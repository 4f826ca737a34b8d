using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace AsyncPitfalls.Framework;

/// <summary>
/// One idea of how to mend a rule's findings: a key that stays the same for ever, by which hosts offer it for all
/// findings at once, and the function that plans it for one finding, which is null where it is not right there.
/// </summary>
internal sealed record FixIdea(string Key, FixPlanner Plan);

/// <summary>Plans one idea for one finding; null where its result would not be right.</summary>
internal delegate Task<Fix?> FixPlanner(FixSite site, CancellationToken cancellation);

/// <summary>What a fix will do: its title, and the edits, all decided on the code as it is before any edit.</summary>
internal sealed record Fix(string Title, IReadOnlyList<NodeEdit> Edits);

/// <summary>
/// The change of one node. Edits of nested nodes compose: the inner ones are made first, and <paramref name="Change"/> gets
/// the node as they have left it and must keep what is in it. That node stands alone, without a parent: ask
/// <paramref name="Node"/> for what is around it. Two fixes that plan the same edit give it the same
/// <paramref name="Purpose"/>, and it is made once.
/// </summary>
/// <param name="Document">The document that holds the node.</param>
/// <param name="Node">The node, as it is before any edit.</param>
/// <param name="Purpose">What the edit is for; the same for the same change of the same node.</param>
/// <param name="Change">Makes the new node from the current one.</param>
internal sealed record NodeEdit(DocumentId Document, SyntaxNode Node, string Purpose, System.Func<SyntaxNode, SyntaxGenerator, SyntaxNode> Change)
{
    /// <summary>The purpose of a lesser edit of the same node, which is not made where this one is.</summary>
    public string? InsteadOf { get; init; }
}
