using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A function whose end ends what would still run its tasks.</summary>
/// <param name="Surrounding">The part that the function plays.</param>
/// <param name="Function">The function's node.</param>
/// <param name="Name">Its name, or that of the call that is given it where it has none; null for top-level statements.</param>
/// <param name="Call">Where that function calls the one that was asked about; null where both are the same.</param>
internal sealed record FunctionEnd(Surrounding Surrounding, SyntaxNode Function, string? Name, IInvocationOperation? Call);

/// <summary>Whether the end of a function ends what runs tasks: the process, a loop, a request's scope, a host's service, a test.</summary>
internal sealed class FunctionEnds(AsyncModel model)
{
    private readonly ConcurrentDictionary<SyntaxNode, FunctionEnd?> ends = new();

    /// <summary>
    /// What ends with a function, or with the only functions that call it where it is a local function or a private
    /// method; null where nothing does. A call that the program's wait for its shutdown follows ends nothing.
    /// </summary>
    public FunctionEnd? Of(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        ends.TryGetValue(function, out var known) ? known : ends.GetOrAdd(function, Find(function, semantics, cancellation));

    private FunctionEnd? Find(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        if (OfItself(function, null, semantics, cancellation) is { } own)
            return own;
        if (model.Surroundings.Of(function, semantics, cancellation) != Surrounding.Ordinary)
            return null;
        var ends = model.CallSites.Of(function, semantics, cancellation).Select(call => OfCaller(call, cancellation)).ToList();
        return ends.Count > 0 && ends.All(end => end is not null) ? ends[0] : null;
    }

    /// <summary>Whether a call in a function is followed by its end: where the process ends with it, not if the call runs before a wait for the shutdown.</summary>
    public bool Follows(FunctionEnd end, IInvocationOperation call, CancellationToken cancellation) =>
        end.Surrounding != Surrounding.EntryPoint || model.TaskFates.ReachesEnd(call, model.ShutdownWaits.Is, cancellation);

    private FunctionEnd? OfCaller(IInvocationOperation call, CancellationToken cancellation) =>
        call.SemanticModel is { } semantics
        && Functions.Around(call.Syntax) is { } caller
        && OfItself(caller, call, semantics, cancellation) is { } end
        && Follows(end, call, cancellation)
            ? end
            : null;

    private FunctionEnd? OfItself(SyntaxNode function, IInvocationOperation? call, SemanticModel semantics, CancellationToken cancellation)
    {
        var surrounding = model.Surroundings.Of(function, semantics, cancellation);
        return surrounding is Surrounding.Ordinary or Surrounding.UserInterfaceHandler or Surrounding.ThreadProcedure
            ? null
            : new FunctionEnd(surrounding, function, NameOf(function, semantics, cancellation), call);
    }

    private string? NameOf(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) => function switch
    {
        CompilationUnitSyntax => null,
        AnonymousFunctionExpressionSyntax => ReceiverOf(function, semantics, cancellation),
        _ => Functions.SymbolOf(function, semantics)?.Name,
    };

    private string ReceiverOf(SyntaxNode lambda, SemanticModel semantics, CancellationToken cancellation) =>
        model.HandOvers.Of(lambda, semantics, cancellation).Select(handOver => handOver.Receiver).FirstOrDefault() is IInvocationOperation { TargetMethod: var method }
            ? $"{method.ContainingType.Name}.{method.Name}"
            : "delegate";
}
