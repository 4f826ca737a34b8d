using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Where a body mentions its locals and parameters, in nested functions and as the target of assignments too.</summary>
internal sealed class VariableMentions
{
    private static readonly ConditionalWeakTable<IOperation, VariableMentions> Known = new();

    private readonly Dictionary<ISymbol, ImmutableArray<IOperation>> ofVariables;
    private readonly ILookup<ISymbol, IVariableDeclaratorOperation> declarators;
    private readonly Dictionary<SyntaxNode, IOperation> ofSyntax = [];

    private VariableMentions(IOperation root)
    {
        var all = new List<IOperation>();
        var declared = new List<IVariableDeclaratorOperation>();
        foreach (var operation in root.Descendants())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation)
                all.Add(operation);
            else if (operation is IVariableDeclaratorOperation declarator)
                declared.Add(declarator);
        }

        declarators = declared.ToLookup(declarator => (ISymbol)declarator.Symbol, SymbolEqualityComparer.Default);
        ofVariables = all.ToLookup(operation => Correlation.VariableOf(operation)!, SymbolEqualityComparer.Default)
            .ToDictionary(mentions => mentions.Key, mentions => mentions.ToImmutableArray(), (IEqualityComparer<ISymbol>)SymbolEqualityComparer.Default);
        foreach (var mention in all)
            ofSyntax[mention.Syntax] = mention;
    }

    /// <summary>The mentions in the whole body around an operation, which is read through once however many ask.</summary>
    public static VariableMentions Around(IOperation operation) => Known.GetValue(OwnOperations.RootOf(operation), root => new VariableMentions(root));

    /// <summary>The mentions of a variable, in source order.</summary>
    public ImmutableArray<IOperation> Of(ISymbol variable) => ofVariables.TryGetValue(variable, out var mentions) ? mentions : ImmutableArray<IOperation>.Empty;

    /// <summary>Where a local is declared that is no pattern's and no argument's: once, but in half-typed code.</summary>
    public IEnumerable<IVariableDeclaratorOperation> DeclaratorsOf(ILocalSymbol local) => declarators[local];

    /// <summary>The mention that a name is, by which an operation of a control-flow graph is found in the body; null where it is none.</summary>
    public IOperation? Of(SyntaxNode name) => ofSyntax.TryGetValue(name, out var mention) ? mention : null;
}
