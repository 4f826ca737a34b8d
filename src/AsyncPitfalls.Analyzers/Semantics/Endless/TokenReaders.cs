using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Operations that look at a cancellation token, be it in a method of this compilation which has one that its caller does not give it.</summary>
internal sealed class TokenReaders(AsyncModel model)
{
    private const int Farthest = 3;

    // Each method once for each distance: without that, a few methods that call one another often take for ever.
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Steps), bool> known = new();

    /// <summary>Whether an operation uses a token that somebody may cancel, or calls what does so with one of its object, or of a function around.</summary>
    public bool Are(IOperation operation, CancellationToken cancellation) =>
        model.CancellationTokens.IsUse(operation) || operation is IInvocationOperation call && Reads(call.TargetMethod, Farthest, cancellation);

    private bool Reads(IMethodSymbol method, int steps, CancellationToken cancellation)
    {
        if (steps == 0 || method.DeclaringSyntaxReferences.IsEmpty)
            return false;
        cancellation.ThrowIfCancellationRequested();
        var called = (method.OriginalDefinition, steps);
        if (!known.TryGetValue(called, out var reads))
            known.TryAdd(called, reads = Find(method, steps, cancellation));
        return reads;
    }

    private bool Find(IMethodSymbol method, int steps, CancellationToken cancellation) =>
        model.Bodies.OperationOf(method, cancellation) is { } body
        && body.Descendants().Any(inside =>
            model.CancellationTokens.IsUse(inside) && !IsOwn(inside, body.Syntax)
            || inside is IInvocationOperation further && Reads(further.TargetMethod, steps - 1, cancellation));

    /// <summary>Whether what is read is the method's own: a parameter, a local, or what it has just made. Whose token that is, its caller decides.</summary>
    private bool IsOwn(IOperation read, SyntaxNode function) => read switch
    {
        IPropertyReferenceOperation { Property.ContainingType: var type, Instance: { } instance } when model.CancellationTokens.IsToken(type) || model.CancellationTokens.IsSource(type) => IsOwn(instance, function),
        IParameterReferenceOperation { Parameter: var parameter } => IsDeclaredIn(parameter, function),
        ILocalReferenceOperation { Local: var local } => IsDeclaredIn(local, function),
        IInvocationOperation or IObjectCreationOperation => true,
        _ => false,
    };

    private static bool IsDeclaredIn(ISymbol variable, SyntaxNode function) =>
        variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == function.SyntaxTree && function.Span.Contains(reference.Span));
}
