using AsyncPitfalls.Benchmarks.Floors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>
/// Calls each action twice for each node, and counts what the second call allocates: what is found once for a compilation, a
/// file or a function is there by then, so this is what every node costs. What begins with a part of the code is called once.
/// </summary>
internal sealed class SecondCalls : ActionCalls
{
    private readonly List<(SyntaxNode? Node, long Bytes)> dear = [];

    /// <summary>How many second calls there were.</summary>
    public long Count { get; private set; }

    /// <summary>The nodes for which the second call allocates, and how much; null for actions that are called for no node.</summary>
    public IReadOnlyList<(SyntaxNode? Node, long Bytes)> Dear => dear;

    /// <summary>What all second calls allocate.</summary>
    public long Bytes => dear.Sum(call => call.Bytes);

    public override Action<T> InsteadOf<T>(Action<T> action) => context =>
    {
        action(context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        action(context);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Count++;
        if (bytes > 0)
            dear.Add((NodeOf(context), bytes));
    };

    public override Action<T> InsteadOfStart<T>(Action<T> action) => action;

    private static SyntaxNode? NodeOf<T>(T context) => context switch
    {
        OperationAnalysisContext { Operation.Syntax: var syntax } => syntax,
        OperationBlockAnalysisContext { OperationBlocks: [var first, ..] } => first.Syntax,
        SyntaxNodeAnalysisContext { Node: var node } => node,
        CodeBlockAnalysisContext { CodeBlock: var block } => block,
        _ => null,
    };
}
