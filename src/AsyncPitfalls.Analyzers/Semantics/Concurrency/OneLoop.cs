using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Code whose continuations one loop runs, one after another: handlers and types of user interfaces, components, classic
/// ASP.NET, and what <c>AsyncContext.Run</c> runs, as long as it does not leave that loop by <c>ConfigureAwait(false)</c> or for the pool.
/// </summary>
internal sealed class OneLoop(AsyncModel model)
{
    private const int Farthest = 3;

    /// <summary>Whether tasks that a call starts, each of which runs a function, go on one after another on the loop around the call.</summary>
    /// <param name="start">The call.</param>
    /// <param name="function">The operation of the function.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool Runs(IOperation start, IOperation function, CancellationToken cancellation) =>
        !LeavesLoop(function) && IsAround(start, Farthest, cancellation);

    private bool IsAround(IOperation place, int steps, CancellationToken cancellation)
    {
        if (place.SemanticModel is not { } semantics)
            return false;
        for (var function = Functions.Around(place.Syntax); function is not null; function = Functions.Around(function))
        {
            if (semantics.GetOperation(function, cancellation) is { } operation && LeavesLoop(operation) || IsOfPool(function, semantics, cancellation))
                return false;
            if (IsOnLoop(function, semantics, cancellation))
                return true;
            if (function is LocalFunctionStatementSyntax or MethodDeclarationSyntax)
                return steps > 0 && IsCalledOnLoop(function, semantics, steps, cancellation) || IsPart(function, semantics);
        }

        return false;
    }

    private bool IsOnLoop(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        model.Surroundings.Of(function, semantics, cancellation) == Surrounding.UserInterfaceHandler
        || model.LoopRunners.RunnerOf(function, semantics, cancellation) is { } runner && KnownTypes.Same(runner.TargetMethod.ContainingType, model.Types.AsyncContext);

    private bool IsCalledOnLoop(SyntaxNode function, SemanticModel semantics, int steps, CancellationToken cancellation)
    {
        var calls = model.CallSites.Of(function, semantics, cancellation);
        return !calls.IsEmpty && calls.All(call => IsAround(call, steps - 1, cancellation));
    }

    /// <summary>Whether a function belongs to a type whose code one loop runs.</summary>
    private bool IsPart(SyntaxNode function, SemanticModel semantics) =>
        Functions.SymbolOf(function, semantics) is { ContainingType: { } type }
        && (KnownTypes.SameOrBelow(type, model.Types.UserInterfaceTypes) || KnownTypes.SameOrBelow(type, model.Types.OneLoopTypes));

    private bool IsOfPool(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        function is AnonymousFunctionExpressionSyntax
        && model.HandOvers.Of(function, semantics, cancellation).Any(handOver => handOver.Receiver is IInvocationOperation call && model.PoolWork.Starts(call));

    /// <summary>Whether a function itself asks one of its awaits not to come back to the loop.</summary>
    private static bool LeavesLoop(IOperation function) => OwnOperations.Of(function).Any(operation => operation is IAwaitOperation && SuspendingAwaits.LeavesContext(operation));
}
