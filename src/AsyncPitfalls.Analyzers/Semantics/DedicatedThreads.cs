using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Threads that are made for one piece of work, so that blocking them keeps nobody else waiting: <c>new Thread(…)</c>, <c>TaskCreationOptions.LongRunning</c>.</summary>
internal sealed class DedicatedThreads(AsyncModel model)
{
    /// <summary>Whether a node runs on such a thread: in its procedure, or in a function that the procedure itself runs. An async procedure gives its thread back at its first await.</summary>
    public bool Runs(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        for (var function = Functions.Around(node); function is not null; function = Functions.Around(function))
        {
            if (model.Surroundings.Of(function, semantics, cancellation) == Surrounding.ThreadProcedure)
                return !Functions.IsAsync(function);
            if (!IsRunInPlace(function, semantics, cancellation))
                return false;
        }

        return false;
    }

    /// <summary>Whether the function around runs a function itself: it calls it, or hands it to a query or a loop over a collection.</summary>
    private bool IsRunInPlace(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        if (function is LocalFunctionStatementSyntax)
            return model.HandOvers.Of(function, semantics, cancellation).IsEmpty;
        return function is AnonymousFunctionExpressionSyntax
            && semantics.GetOperation(function, cancellation) is { } lambda
            && HandOvers.At(lambda)?.Receiver is IInvocationOperation call
            && (KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable)
                || KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.EnumerableOfT)
                || call.TargetMethod.ContainingType.SpecialType == SpecialType.System_Array);
    }
}
