using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Where a body mentions its locals and parameters, in nested functions and as the target of assignments too.</summary>
internal sealed class VariableMentions
{
    private readonly ILookup<ISymbol, IOperation> ofVariables;
    private readonly Dictionary<SyntaxNode, IOperation> ofSyntax = [];

    public VariableMentions(IOperation root)
    {
        var all = root.Descendants().Where(operation => operation is ILocalReferenceOperation or IParameterReferenceOperation).ToList();
        ofVariables = all.ToLookup(operation => Correlation.VariableOf(operation)!, SymbolEqualityComparer.Default);
        foreach (var mention in all)
            ofSyntax[mention.Syntax] = mention;
    }

    /// <summary>The mentions of a variable, in source order.</summary>
    public IEnumerable<IOperation> Of(ISymbol variable) => ofVariables[variable];

    /// <summary>The mention that a name is, by which an operation of a control-flow graph is found in the body; null where it is none.</summary>
    public IOperation? Of(SyntaxNode name) => ofSyntax.TryGetValue(name, out var mention) ? mention : null;
}
