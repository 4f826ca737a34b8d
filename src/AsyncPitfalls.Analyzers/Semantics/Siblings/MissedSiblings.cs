using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A synchronous call, or a <c>using</c>, in async code, where an awaitable sibling should be.</summary>
/// <param name="Operation">The call or the <c>using</c>.</param>
/// <param name="Sibling">The name of the sibling; <c>await using</c> beside a <c>using</c>.</param>
/// <param name="Siblings">The methods that could be called instead, the first of which is meant; empty where <c>DisposeAsync</c> is.</param>
internal sealed record MissedSibling(IOperation Operation, string Sibling, IReadOnlyList<AsyncSibling> Siblings)
{
    /// <summary>Whether it is a <c>using</c>.</summary>
    public bool IsUsing => Operation is not IInvocationOperation;
}

/// <summary>Where async functions call what keeps the thread waiting though an awaitable sibling would not.</summary>
internal sealed class MissedSiblings(AsyncModel model)
{
    private const string DisposeAsync = "DisposeAsync";

    private readonly SiblingCycles cycles = new(model);

    /// <summary>The sibling that an operation misses; null where there is none, or it would be wrong, no gain, or not awaitable there.</summary>
    public MissedSibling? Of(IOperation operation, CancellationToken cancellation) => operation switch
    {
        IInvocationOperation call => OfCall(call, cancellation),
        IUsingOperation or IUsingDeclarationOperation => OfUsing(operation, cancellation),
        _ => null,
    };

    private MissedSibling? OfCall(IInvocationOperation call, CancellationToken cancellation)
    {
        var closes = IsClosing(call);
        if (!IsInAsyncFunction(call.Syntax) || !closes && !model.Siblings.MayHave(call, cancellation))
            return null;
        var siblings = SiblingsOf(call, cancellation);
        if (siblings.Count == 0 && !(closes && call.Instance is not IInstanceReferenceOperation && model.AsyncClosings.Gains(call.Instance, call.Instance!.Type, cancellation)))
            return null;
        return model.Needless.Are(call, cancellation)
            || cycles.Close(call, siblings.Count == 0 ? DisposeAsync : siblings[0].Name, siblings, cancellation)
            || !MayAwait(call, call, cancellation)
                ? null
                : new MissedSibling(call, siblings.Count == 0 ? DisposeAsync : siblings[0].Name, siblings);
    }

    private IReadOnlyList<AsyncSibling> SiblingsOf(IInvocationOperation call, CancellationToken cancellation)
    {
        if (call.TargetMethod.Name == "Dispose")
            return [];
        return [.. model.Siblings.All(call, cancellation)];
    }

    private MissedSibling? OfUsing(IOperation statement, CancellationToken cancellation) =>
        IsInAsyncFunction(statement.Syntax)
        && model.AsyncClosings.IsMissedBy(statement, cancellation)
        && MayAwait(statement, FirstOf(statement), cancellation)
            ? new MissedSibling(statement, "await using", [])
            : null;

    /// <summary>Whether a call closes what it is made on: <c>Dispose()</c>, and <c>Close()</c> of a stream or a writer, which is the same.</summary>
    private bool IsClosing(IInvocationOperation call) =>
        call is { Instance: { } closed, TargetMethod: { Name: "Dispose" or "Close", Parameters.IsEmpty: true, ReturnsVoid: true } method }
        && (method.Name == "Dispose" || KnownTypes.SameOrBelow(closed.Type, model.Types.Stream) || KnownTypes.SameOrBelow(closed.Type, model.Types.TextWriter));

    private static bool IsInAsyncFunction(SyntaxNode node) => Functions.IsAsync(Functions.Around(node));

    /// <summary>Whether an await is expected and may stand there, and nothing else is wrong there.</summary>
    private bool MayAwait(IOperation operation, IOperation runs, CancellationToken cancellation) =>
        operation.SemanticModel is { } semantics
        && model.AwaitingPlaces.Hold(runs, cancellation)
        && !ForbiddenAwaits.At(operation.Syntax, semantics, model, cancellation)
        && !model.BlockingDefects.HasBefore(operation, BlockingDefect.Sibling, cancellation);

    /// <summary>What a <c>using</c> runs first: the value that it will close.</summary>
    private static IOperation FirstOf(IOperation statement) => statement switch
    {
        IUsingOperation { Resources: IVariableDeclarationGroupOperation group } => ValueOf(group) ?? statement,
        IUsingOperation { Resources: var resource } => resource,
        IUsingDeclarationOperation { DeclarationGroup: var group } => ValueOf(group) ?? statement,
        _ => statement,
    };

    private static IOperation? ValueOf(IVariableDeclarationGroupOperation group) =>
        group.Declarations.SelectMany(declaration => declaration.Declarators).FirstOrDefault()?.GetVariableInitializer()?.Value;
}
