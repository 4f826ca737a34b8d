using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Where one function itself awaits. All of a file's are found together, from where the letters of <c>await</c> stand: each of them asks, and bodies
/// that have none are not read at all.
/// </summary>
internal sealed class OwnAwaits
{
    private const string Await = "await";

    private static readonly ConditionalWeakTable<SyntaxTree, Dictionary<SyntaxNode, OwnAwaits>> Files = new();
    private static readonly OwnAwaits None = new([]);

    // In source order, as they are found.
    private readonly ImmutableArray<SyntaxNode> all;

    private OwnAwaits(IEnumerable<SyntaxNode> awaits) => all = awaits.ToImmutableArray();

    /// <summary>Each <c>await</c> expression, <c>await foreach</c> and <c>await using</c> in source order, without those of nested functions.</summary>
    public ImmutableArray<SyntaxNode> All => all;

    /// <summary>The awaits of a function, given by its node as <see cref="Functions"/> has it.</summary>
    public static OwnAwaits Of(SyntaxNode function)
    {
        var tree = function.SyntaxTree;
        if (!Files.TryGetValue(tree, out var functions))
            functions = Files.GetValue(tree, Read);
        return functions.TryGetValue(function, out var awaits) ? awaits : None;
    }

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

    private static Dictionary<SyntaxNode, OwnAwaits> Read(SyntaxTree tree)
    {
        var tokens = new FileTokens(tree.GetRoot());
        return WrittenWords.In(tree, CancellationToken.None).PositionsOf(Await)
            .Select(tokens.At)
            .Where(token => token.IsKind(SyntaxKind.AwaitKeyword))
            .Select(token => (Await: token.Parent!, Function: Functions.Around(token.Parent!)))
            .Where(found => found.Function is not null)
            .GroupBy(found => found.Function!, found => found.Await)
            .ToDictionary(function => function.Key, function => new OwnAwaits(function));
    }
}
