using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which variables of a member are assigned more than once, and which are assigned by nested functions, so that calling
/// one may change what is known of them.
/// </summary>
internal sealed class CapturedAssignments
{
    private readonly List<(ValuePath Path, SyntaxNode Function)> captured = new();
    private readonly Dictionary<ISymbol, int> counts = new(SymbolEqualityComparer.Default);

    /// <param name="root">The whole operation tree of a member.</param>
    /// <param name="paths">Names what is assigned.</param>
    public CapturedAssignments(IOperation root, ValuePaths paths)
    {
        foreach (var operation in root.DescendantsAndSelf())
        {
            if (operation is IVariableDeclaratorOperation { Symbol: var local } declarator && declarator.GetVariableInitializer() is not null)
                Count(local);
            foreach (var target in AssignmentTargets.Of(operation))
            {
                if (SymbolOf(target) is { } symbol)
                    Count(symbol);
                if (FunctionAround(operation) is { } function && paths.Of(target) is { } path && IsCaptured(path, function))
                    captured.Add((path, function.Syntax));
            }
        }
    }

    /// <summary>The state after a lambda was made, which may run from then on.</summary>
    public CompletionState Forget(SyntaxNode function, CompletionState state)
    {
        foreach (var (path, site) in captured)
        {
            if (site == function || function.Contains(site))
                state = state.Forget(path);
        }

        return state;
    }

    /// <summary>The state after a local function was called, or made a delegate.</summary>
    public CompletionState Forget(IMethodSymbol function, CompletionState state) =>
        captured.Count > 0 && function.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration
            ? Forget(declaration.GetSyntax(), state)
            : state;

    /// <summary>The state after some delegate was called.</summary>
    public CompletionState ForgetAll(CompletionState state) =>
        captured.Aggregate(state, (current, assignment) => current.Forget(assignment.Path));

    /// <summary>Whether what is known of a path stays true for a function that runs later: nothing on it is assigned again.</summary>
    public bool IsLasting(ValuePath path) =>
        path.IsNamed && path.Symbols.All(symbol =>
            !counts.TryGetValue(symbol, out var count) || (count == 1 && symbol.Kind == SymbolKind.Local));

    private void Count(ISymbol symbol) => counts[symbol] = counts.TryGetValue(symbol, out var count) ? count + 1 : 1;

    private static bool IsCaptured(ValuePath path, IOperation function) =>
        path.Variable is not { } variable || !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, SymbolOfFunction(function));

    private static ISymbol? SymbolOf(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member.OriginalDefinition,
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation local } => local.Local,
        _ => null,
    };

    private static IOperation? FunctionAround(IOperation operation)
    {
        var function = operation.Parent;
        while (function is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
            function = function.Parent;
        return function;
    }

    private static IMethodSymbol? SymbolOfFunction(IOperation function) =>
        function is IAnonymousFunctionOperation lambda ? lambda.Symbol : (function as ILocalFunctionOperation)?.Symbol;
}
