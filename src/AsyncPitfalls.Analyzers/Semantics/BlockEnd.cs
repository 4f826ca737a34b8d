using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>How a block of a control-flow graph ends. Many paths come by, so that it is found once.</summary>
internal sealed class BlockEnd
{
    private readonly ISymbol[] mentioned = [];
    private readonly ISymbol[] variables = [];
    private readonly bool matches;

    /// <param name="block">The block.</param>
    /// <param name="variableOf">The variable that an operation of the graph reads; null for other operations.</param>
    public BlockEnd(BasicBlock block, Func<IOperation, ISymbol?> variableOf)
    {
        Branches = FlowWalk.Branches(block).ToImmutableArray();
        Condition = block.ConditionalSuccessor is null ? null : block.BranchValue;
        if (Condition is null)
            return;
        var parts = Condition.DescendantsAndSelf().ToList();
        mentioned = parts.Select(Correlation.SymbolOf).OfType<ISymbol>().ToArray();
        variables = parts.Select(variableOf).OfType<ISymbol>().ToArray();
        matches = parts.Any(part => part is IIsPatternOperation);
    }

    /// <summary>The branches that leave the block, and whether its condition is true there, as <see cref="FlowWalk.Branches"/> has them.</summary>
    public ImmutableArray<(ControlFlowBranch? Branch, bool? WhenTrue)> Branches { get; }

    /// <summary>What decides between them; null where nothing does.</summary>
    public IOperation? Condition { get; }

    /// <summary>Whether the condition reads one of several variables or members.</summary>
    public bool Mentions(ImmutableHashSet<ISymbol> symbols)
    {
        foreach (var symbol in mentioned)
        {
            if (symbols.Contains(symbol))
                return true;
        }

        return false;
    }

    /// <summary>Whether the condition can say something of a task that some variables hold: it reads one of them, or matches a pattern.</summary>
    public bool MayTellOf(Dictionary<ISymbol, int> holders)
    {
        if (matches)
            return true;
        foreach (var variable in variables)
        {
            if (holders.ContainsKey(variable))
                return true;
        }

        return false;
    }
}
