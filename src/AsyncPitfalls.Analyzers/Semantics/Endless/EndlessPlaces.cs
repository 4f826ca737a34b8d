using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What is endless by itself, of what looks so by syntax (<see cref="EndlessSyntax"/>).</summary>
internal sealed class EndlessPlaces(AsyncModel model)
{
    /// <summary>
    /// Whether a body, or a lambda in it, may hold what goes on for ever, whoever cancels a token: too much, never too
    /// little. Only jumps back are not looked at any closer.
    /// </summary>
    public bool MayBeIn(SyntaxNode body, CancellationToken cancellation)
    {
        // What initializes fields, and code outside all types, has no operation of its own.
        if (model.Bodies.SemanticsOf(body.SyntaxTree).GetOperation(body, cancellation) is not { } operation)
            return true;
        foreach (var part in operation.Descendants())
        {
            cancellation.ThrowIfCancellationRequested();
            if (part switch
            {
                IBranchOperation jump => jump.BranchKind == BranchKind.GoTo,
                ILoopOperation loop => IsForEver(loop, cancellation),
                IInvocationOperation call => IsPauseForEver(call),
                _ => false,
            })
                return true;
        }

        return false;
    }

    /// <summary>Whether a call is a pause that has no end and that nobody can cancel.</summary>
    public bool IsPauseForEver(IInvocationOperation call) => IsPauseWithoutEnd(call) && IsNeverCancelled(call);

    /// <summary>Whether a call is a pause that has no end unless it is cancelled: for <c>Timeout.Infinite</c>, <c>-1</c>, <c>Timeout.InfiniteTimeSpan</c>.</summary>
    public bool IsPauseWithoutEnd(IInvocationOperation call) =>
        call.TargetMethod.Name == "Delay"
        && KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Task)
        && InfiniteTimes.Is(call.Arguments[0].Value, model.Types);

    /// <summary>Whether a call is given no token that anybody may cancel.</summary>
    public bool IsNeverCancelled(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (model.CancellationTokens.IsToken(argument.Parameter?.Type) && HasToken(argument.Value))
                return false;
        }

        return true;
    }

    /// <summary>Whether a loop may go on for ever, and has nothing to do with a token. Its condition need not be a constant: <c>x || true</c>.</summary>
    private bool IsForEver(ILoopOperation loop, CancellationToken cancellation) =>
        NamedBodies.In(loop.Syntax.SyntaxTree, cancellation).LooksEndless(loop.Syntax) && !HasToken(loop);

    private bool HasToken(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (model.CancellationTokens.IsUse(part))
                return true;
        }

        return false;
    }
}
