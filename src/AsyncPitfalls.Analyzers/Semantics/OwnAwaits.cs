using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>Where one function itself awaits. Each of its awaits asks, so its body is read through once (<see cref="Bodies.AwaitsOf"/>).</summary>
/// <param name="function">The function's node.</param>
internal sealed class OwnAwaits(SyntaxNode function)
{
    // In source order, as they are found.
    private readonly ImmutableArray<SyntaxNode> all = Functions.OwnAwaits(function);

    /// <summary>How many there are, with each <c>await foreach</c> and <c>await using</c>.</summary>
    public int Count => all.Length;

    /// <summary>Whether a part of the function holds an <c>await</c> expression beside a given one.</summary>
    public bool HasOther(AwaitExpressionSyntax than, TextSpan part)
    {
        for (var index = FirstFrom(part.Start); index < all.Length && all[index].SpanStart < part.End; index++)
        {
            if (all[index] is AwaitExpressionSyntax && all[index] != than)
                return true;
        }

        return false;
    }

    /// <summary>The <c>await</c> expressions that stand in a part of the function.</summary>
    public IEnumerable<AwaitExpressionSyntax> In(TextSpan part)
    {
        for (var index = FirstFrom(part.Start); index < all.Length && all[index].SpanStart < part.End; index++)
        {
            if (all[index] is AwaitExpressionSyntax await)
                yield return await;
        }
    }

    private int FirstFrom(int position)
    {
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].SpanStart < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
