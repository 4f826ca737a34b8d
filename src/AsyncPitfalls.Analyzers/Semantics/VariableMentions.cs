using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Where a body mentions its locals and parameters, in nested functions and as the target of assignments too.</summary>
internal sealed class VariableMentions
{
    private static readonly ConditionalWeakTable<IOperation, VariableMentions> Known = new();

    private readonly Dictionary<ISymbol, ImmutableArray<IOperation>> ofVariables = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IVariableDeclaratorOperation>> declarators = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, IOperation> ofSyntax = [];

    private VariableMentions(IOperation root)
    {
        var mentions = new Dictionary<ISymbol, ImmutableArray<IOperation>.Builder>(SymbolEqualityComparer.Default);
        foreach (var operation in root.Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator)
                ListOf(declarator.Symbol).Add(declarator);
            else if (operation is ILocalReferenceOperation or IParameterReferenceOperation && Correlation.VariableOf(operation) is { } variable)
                Note(variable, operation);
        }

        foreach (var mention in mentions)
            ofVariables.Add(mention.Key, mention.Value.ToImmutable());

        void Note(ISymbol variable, IOperation mention)
        {
            if (!mentions.TryGetValue(variable, out var known))
                mentions.Add(variable, known = ImmutableArray.CreateBuilder<IOperation>());
            known.Add(mention);
            ofSyntax[mention.Syntax] = mention;
        }
    }

    private List<IVariableDeclaratorOperation> ListOf(ISymbol local)
    {
        if (!declarators.TryGetValue(local, out var declared))
            declarators.Add(local, declared = []);
        return declared;
    }

    /// <summary>The mentions in the whole body around an operation, which is read through once however many ask.</summary>
    public static VariableMentions Around(IOperation operation) => Known.GetValue(OwnOperations.RootOf(operation), root => new VariableMentions(root));

    /// <summary>The mentions of a variable, in source order.</summary>
    public ImmutableArray<IOperation> Of(ISymbol variable) => ofVariables.TryGetValue(variable, out var mentions) ? mentions : ImmutableArray<IOperation>.Empty;

    /// <summary>Where a local is declared that is no pattern's and no argument's: once, but in half-typed code.</summary>
    public IEnumerable<IVariableDeclaratorOperation> DeclaratorsOf(ILocalSymbol local) => declarators.TryGetValue(local, out var declared) ? declared : [];

    /// <summary>The mention that a name is, by which an operation of a control-flow graph is found in the body; null where it is none.</summary>
    public IOperation? Of(SyntaxNode name) => ofSyntax.TryGetValue(name, out var mention) ? mention : null;
}
