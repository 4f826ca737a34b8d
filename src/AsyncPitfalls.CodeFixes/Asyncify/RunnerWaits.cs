using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Asyncify;

/// <summary>
/// The waits for which loop runners exist. A runner that becomes async is none any more: it would block in an async
/// function, so it awaits the work that it is given.
/// </summary>
/// <param name="Edits">The edits that await the work.</param>
/// <param name="ThrowsAggregates">Whether one of the waits threw an <c>AggregateException</c>.</param>
internal sealed record RunnerWaits(IReadOnlyList<NodeEdit> Edits, bool ThrowsAggregates)
{
    /// <summary>The awaits in the runners among the functions of a chain that become async; null where one of them can only block.</summary>
    public static async Task<RunnerWaits?> AwaitedIn(FunctionChain chain, Diagnostic finding, CancellationToken cancellation)
    {
        var edits = new List<NodeEdit>();
        var throwsAggregates = false;
        var seen = new HashSet<SyntaxNode>();
        while (chain.BecomeAsync.FirstOrDefault(function => !seen.Contains(function.Node)) is { } function)
        {
            seen.Add(function.Node);
            foreach (var wait in In(function, cancellation))
            {
                if (BlockingAwait.Of(function.SiteOf(finding), wait) is not { } awaited
                    || !await chain.FollowAsync(function.At(awaited.Spot)).ConfigureAwait(false))
                    return null;
                edits.AddRange(awaited.Edits);
                throwsAggregates |= awaited.ThrowsAggregates;
            }
        }

        return new RunnerWaits(edits, throwsAggregates);
    }

    private static IEnumerable<BlockingWait> In(CodePlace function, CancellationToken cancellation) =>
        Functions.SymbolOf(function.Node, function.Semantics) is { } method
        && function.Model.LoopRunners.KindOf(method, function.Node.SyntaxTree, cancellation) is not null
            ? Functions.OwnNodes(function.Node)
                .OfType<ExpressionSyntax>()
                .Select(node => function.Semantics.GetOperation(node, cancellation))
                .OfType<IOperation>()
                .Select(operation => function.Model.GenuineWaits.Of(operation, cancellation))
                .OfType<BlockingWait>()
                .Where(wait => function.Model.LoopRunners.IsWaitOfRunner(wait, cancellation))
                .GroupBy(wait => wait.Name)
                .Select(same => same.First())
            : [];
}
