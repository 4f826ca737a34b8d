using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which variables of the functions around it a nested function assigns: itself, or in lambdas and local functions that it makes or calls.</summary>
/// <param name="model">The model of the compilation.</param>
/// <param name="function">The nested function.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class CapturedWrites(AsyncModel model, IOperation function, CancellationToken cancellation)
{
    private readonly Dictionary<ISymbol, bool> found = new(SymbolEqualityComparer.Default);
    private readonly HashSet<(SyntaxNode, bool)> seen = [];

    /// <summary>The variables, each with whether it is assigned after an await, when whoever called the function has its task already.</summary>
    /// <param name="asksLate">Whether that is asked at all; else each counts as assigned then.</param>
    public IReadOnlyDictionary<ISymbol, bool> Find(bool asksLate)
    {
        // First without the paths, since most functions assign nothing of others.
        Collect(function, isLate: true);
        if (!asksLate || found.Count == 0)
            return found;
        found.Clear();
        seen.Clear();
        Collect(function, isLate: false);
        return found;
    }

    private void Collect(IOperation inner, bool isLate)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!seen.Add((inner.Syntax, isLate)))
            return;
        var isAsync = Functions.IsAsync(inner.Syntax);
        foreach (var operation in OwnOperations.Of(inner))
        {
            if (operation is IAnonymousFunctionOperation && operation != inner)
                Collect(operation, isLate || IsLate(operation));
            if (operation is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called } && NestedFunctions.In(OwnOperations.RootOf(function)).DeclarationOf(called) is { } local)
                Collect(local, isLate || IsLate(operation));
            foreach (var target in AssignmentTargets.Of(operation))
            {
                if (Correlation.VariableOf(target) is { } variable && IsCaptured(variable) && !IsShared(operation))
                    found[variable] = isLate || IsLate(operation) || found.TryGetValue(variable, out var known) && known;
            }
        }

        bool IsLate(IOperation operation) => isAsync && model.PrecedingAwaits.Any(PlaceOf(operation), cancellation);
    }

    /// <summary>What stands for an operation in a control-flow graph, which has neither lambdas nor <c>??=</c> as they are written.</summary>
    private static IOperation PlaceOf(IOperation operation) => operation switch
    {
        ICoalesceAssignmentOperation assignment => assignment.Value,
        IArgumentOperation { Parent: { } call } => call,
        IAnonymousFunctionOperation => HandOvers.At(operation)?.Receiver ?? operation.Parent!,
        _ => operation,
    };

    private bool IsCaptured(ISymbol variable) =>
        variable.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration
        && !(declaration.SyntaxTree == function.Syntax.SyntaxTree && function.Syntax.Span.Contains(declaration.Span));

    /// <summary>Whether an assignment is one that is made for several threads: by <c>Interlocked</c> or <c>Volatile</c>.</summary>
    private bool IsShared(IOperation operation) =>
        operation is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: var type } }
        && (KnownTypes.Same(type, model.Types.Interlocked) || KnownTypes.Same(type, model.Types.Volatile));
}
