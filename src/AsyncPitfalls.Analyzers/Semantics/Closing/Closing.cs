using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>In which way something ends that a task may still need.</summary>
internal enum ClosingKind
{
    /// <summary>An object is disposed or closed.</summary>
    Disposal,

    /// <summary>A <c>CancellationTokenSource</c> is disposed.</summary>
    SourceDisposal,

    /// <summary>An array goes back to its pool.</summary>
    GivenBack,

    /// <summary>A lock is left, or a semaphore released.</summary>
    Unlocking,

    /// <summary>A <c>try</c> is left, with a <c>catch</c> that is meant for the task.</summary>
    Uncaught,

    /// <summary>A <c>finally</c> runs that is meant to follow the task.</summary>
    Finished,
}

/// <summary>Something that ends in a function: by a <c>using</c>, or by a call.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Name">How the code names it.</param>
/// <param name="Place">Where it ends: the keyword of the <c>using</c>, <c>finally</c> or <c>lock</c>, or the call that closes it.</param>
internal sealed record Closing(ClosingKind Kind, string Name, SyntaxNodeOrToken Place)
{
    /// <summary>The variable or member that holds what is closed; null where nothing does.</summary>
    public ISymbol? Resource { get; init; }

    /// <summary>The code at whose end a <c>using</c> closes it; null where a call does.</summary>
    public TextSpan? Scope { get; init; }

    /// <summary>The syntax of what closes it: of the call, or of what the <c>using</c> is given, which is also that of the call that the compiler makes.</summary>
    public SyntaxNode? Closer { get; init; }

    /// <summary>Whether it closes however the function is left: by a <c>using</c> or in a <c>finally</c>.</summary>
    public bool IsCertain { get; init; }

    /// <summary>Whether a call of a control-flow graph is the one that closes it.</summary>
    public bool IsMadeBy(IOperation call) =>
        call is IInvocationOperation && (Scope is null
            ? call.Syntax == Closer
            : call.IsImplicit && call.Syntax.SyntaxTree == Closer!.SyntaxTree && Closer.Span.Contains(call.Syntax.Span));
}
