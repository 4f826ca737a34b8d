using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>The lambdas and local functions of one member, and where its local functions are used. The member is read through once, however many ask.</summary>
internal sealed class NestedFunctions
{
    private static readonly ConditionalWeakTable<IOperation, NestedFunctions> Known = new();

    private readonly Dictionary<ISymbol, ILocalFunctionOperation> declarations = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> uses = new(SymbolEqualityComparer.Default);

    private NestedFunctions(IOperation root)
    {
        var all = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IAnonymousFunctionOperation:
                    all.Add(operation);
                    break;
                case ILocalFunctionOperation local:
                    all.Add(local);
                    // Half-typed code may declare one twice.
                    if (!declarations.ContainsKey(local.Symbol))
                        declarations.Add(local.Symbol, local);
                    break;
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called }:
                    Note(called, operation);
                    break;
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } named }:
                    Note(named, operation);
                    break;
            }
        }

        All = all.ToImmutable();
    }

    /// <summary>All of them, in source order.</summary>
    public ImmutableArray<IOperation> All { get; }

    /// <summary>Those of the member to whose operations a root belongs.</summary>
    public static NestedFunctions In(IOperation root) => Known.GetValue(root, static key => new NestedFunctions(key));

    /// <summary>The declaration of a local function; null where the member does not declare it.</summary>
    public IOperation? DeclarationOf(IMethodSymbol local) => declarations.TryGetValue(local.OriginalDefinition, out var declaration) ? declaration : null;

    /// <summary>The calls of a local function, and the method groups that name it, in source order.</summary>
    public IEnumerable<IOperation> UsesOf(IMethodSymbol local) => uses.TryGetValue(local.OriginalDefinition, out var found) ? found : [];

    private void Note(IMethodSymbol local, IOperation use)
    {
        if (!uses.TryGetValue(local.OriginalDefinition, out var found))
            uses.Add(local.OriginalDefinition, found = []);
        found.Add(use);
    }
}
