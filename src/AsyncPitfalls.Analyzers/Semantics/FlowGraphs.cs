using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Control-flow graphs, made once per function and only for those that are asked for.</summary>
internal sealed class FlowGraphs
{
    private readonly ConcurrentDictionary<IOperation, ControlFlowGraph?> graphs = new();

    /// <summary>
    /// The graph of the innermost function (or initializer) that runs an operation. Its operations are copies: find one by
    /// its <see cref="IOperation.Syntax"/>. Null for what has no graph, such as an attribute's argument.
    /// </summary>
    public ControlFlowGraph? Around(IOperation operation, CancellationToken cancellation)
    {
        var function = operation;
        while (function.Parent is not null && function is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            function = function.Parent;
        return Of(function, cancellation);
    }

    /// <summary>The graph of a function's operation: a lambda, a local function, or the root of an operation tree.</summary>
    public ControlFlowGraph? Of(IOperation function, CancellationToken cancellation)
    {
        if (graphs.TryGetValue(function, out var graph))
            return graph;
        graph = function.Parent is null ? OfRoot(function, cancellation) : OfNested(function, cancellation);
        return graphs.GetOrAdd(function, graph);
    }

    private static ControlFlowGraph? OfRoot(IOperation root, CancellationToken cancellation) => root switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
        IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellation),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellation),
        IParameterInitializerOperation parameter => ControlFlowGraph.Create(parameter, cancellation),
        _ => null,
    };

    private ControlFlowGraph? OfNested(IOperation function, CancellationToken cancellation)
    {
        if (Around(function.Parent!, cancellation) is not { } outer)
            return null;
        if (function is ILocalFunctionOperation local)
            return outer.GetLocalFunctionControlFlowGraphInScope(local.Symbol, cancellation);

        var lambda = outer.Blocks
            .SelectMany(block => block.BranchValue is null ? block.Operations : block.Operations.Add(block.BranchValue))
            .SelectMany(root => root.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>()
            .FirstOrDefault(candidate => candidate.Syntax == function.Syntax);
        return lambda is null ? null : outer.GetAnonymousFunctionControlFlowGraph(lambda, cancellation);
    }
}
