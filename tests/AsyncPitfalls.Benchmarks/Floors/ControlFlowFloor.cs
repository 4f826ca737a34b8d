using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Benchmarks.Floors;

/// <summary>Builds the control-flow graph of each async body, also of local functions and lambdas, and does nothing with it.</summary>
#pragma warning disable RS1001 // No host is to find it.
internal sealed class ControlFlowFloor : FloorAnalyzer
{
    protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterOperationBlockAction(static block =>
        {
            if (block.OwningSymbol is not IMethodSymbol { IsAsync: true })
                return;
            foreach (var body in block.OperationBlocks.Where(body => body.Kind is OperationKind.MethodBody or OperationKind.Block))
                block.GetControlFlowGraph(body);
        });
        context.RegisterOperationAction(
            static nested =>
            {
                if (nested.Operation is IAnonymousFunctionOperation { Symbol.IsAsync: true } or ILocalFunctionOperation { Symbol.IsAsync: true })
                    GraphOf(nested.Operation, nested);
            },
            OperationKind.AnonymousFunction, OperationKind.LocalFunction);
    }

    // A nested function's graph is asked of the graph around it.
    private static ControlFlowGraph? GraphOf(IOperation function, OperationAnalysisContext context)
    {
        var around = function.Parent;
        while (around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
            around = around.Parent;
        if ((around is null ? context.GetControlFlowGraph() : GraphOf(around, context)) is not { } graph)
            return null;
        if (function is ILocalFunctionOperation local)
            return graph.GetLocalFunctionControlFlowGraphInScope(local.Symbol, context.CancellationToken);
        var lambda = graph.Blocks
            .SelectMany(block => block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            .SelectMany(operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>()
            .FirstOrDefault(candidate => candidate.Syntax == function.Syntax);
        return lambda is null ? null : graph.GetAnonymousFunctionControlFlowGraphInScope(lambda, context.CancellationToken);
    }
}
