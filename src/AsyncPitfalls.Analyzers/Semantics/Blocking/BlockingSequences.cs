using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Sequences whose next element is waited for: they block whoever enumerates them, and nobody before.</summary>
internal sealed class BlockingSequences(AsyncModel model)
{
    /// <summary>Whether the function that makes a sequence leaves it to others to enumerate it: to a parallel loop, which blocks itself, or to a nested function.</summary>
    public bool IsEnumeratedElsewhere(IOperation sequence, CancellationToken cancellation)
    {
        for (var (inner, outer) = (sequence, sequence.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case IInvocationOperation call when model.BlockingMembers.Of(call, cancellation) is { Kind: BlockingKind.Parallel }:
                    return true;
                case IArgumentOperation or IConversionOperation or IInvocationOperation or IVariableInitializerOperation:
                    break;
                case IVariableDeclaratorOperation { Symbol: var local } declarator:
                    return IsOnlyCaptured(local, declarator);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsOnlyCaptured(ILocalSymbol local, IOperation declarator)
    {
        var function = OwnOperations.FunctionAround(declarator);
        var mentions = OwnOperations.RootOf(declarator).Descendants()
            .OfType<ILocalReferenceOperation>()
            .Where(mention => SymbolEqualityComparer.Default.Equals(mention.Local, local))
            .ToList();
        return mentions.Count > 0 && mentions.All(mention => OwnOperations.FunctionAround(mention) != function);
    }
}
