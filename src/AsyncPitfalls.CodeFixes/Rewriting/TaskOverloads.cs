using System.Collections.Generic;
using System.Threading;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>The overload of a call that takes a delegate which returns a task, where a cast or <c>new Action(…)</c> keeps a lambda from it.</summary>
internal static class TaskOverloads
{
    private const string Purpose = "unwrap";

    /// <summary>The edits, and the call where it has to be awaited then; null where there is no such overload.</summary>
    public static (InvocationExpressionSyntax? Awaited, IReadOnlyList<NodeEdit> Edits)? Of(FixSite site, GivenCallback given, CancellationToken cancellation)
    {
        if (DelegateTargets.OfUnwrapped(CodePlace.Of(site, given.Lambda), given.Argument, cancellation) is not { } target)
            return null;
        var unwrap = new NodeEdit(site.Document.Id, given.Argument.Expression, Purpose, (current, _) =>
            GivenDelegates.Target((ExpressionSyntax)current).WithTriviaFrom(current));
        if (target.Kind != DelegateTargetKind.CallChanges)
            return (null, [unwrap]);
        return AwaitEdits.Of(site.Document, site.Semantics, site.Model, target.Call!) is { } awaits ? (target.Call, [unwrap, .. awaits]) : null;
    }
}
