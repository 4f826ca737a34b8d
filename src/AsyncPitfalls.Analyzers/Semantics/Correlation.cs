using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which variables and members tell later whether a piece of code has run: those of the conditions around it, and the
/// flags that the statements beside it set. A branch on one of them may well be the same decision made again.
/// </summary>
internal static class Correlation
{
    private static readonly ConditionalWeakTable<IBlockOperation, Flagged> FlagsOfBlocks = new();

    public static ImmutableHashSet<ISymbol> Of(IOperation code)
    {
        var symbols = ImmutableHashSet.CreateBuilder<ISymbol>(SymbolEqualityComparer.Default);
        for (var current = code; current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = parent)
        {
            symbols.UnionWith(parent switch
            {
                IConditionalOperation choice when choice.Condition != current => Mentioned(choice.Condition),
                ISwitchOperation choice => Mentioned(choice.Value),
                ISwitchExpressionOperation choice => Mentioned(choice.Value),
                IBlockOperation block => Flags(block),
                _ => Enumerable.Empty<ISymbol>(),
            });
        }

        return symbols.ToImmutable();
    }

    /// <summary>What an operation reads of a variable or member; null for other operations.</summary>
    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };

    /// <summary>The local or parameter that an operation reads; null for other operations.</summary>
    public static ISymbol? VariableOf(IOperation operation) => operation is IMemberReferenceOperation ? null : SymbolOf(operation);

    private static IEnumerable<ISymbol> Mentioned(IOperation condition) =>
        condition.DescendantsAndSelf().Select(SymbolOf).OfType<ISymbol>();

    private static ImmutableArray<ISymbol> Flags(IBlockOperation block) => FlagsOfBlocks.GetValue(block, key => new Flagged(
        key.Operations
            .OfType<IExpressionStatementOperation>()
            .Select(statement => statement.Operation)
            .OfType<ISimpleAssignmentOperation>()
            .Where(assignment => assignment.Value.ConstantValue.HasValue)
            .Select(assignment => SymbolOf(assignment.Target))
            .OfType<ISymbol>()
            .ToImmutableArray())).Symbols;

    private sealed record Flagged(ImmutableArray<ISymbol> Symbols);
}
