using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0020: awaits the task inside what would end too early, which makes the function async.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0020ClosedTaskCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0020)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0020_Await", PlanAwaitAsync));

    private static async Task<Fix?> PlanAwaitAsync(FixSite site, CancellationToken cancellation)
    {
        if (CallAt(site) is not { } call
            || site.Semantics.GetOperation(call, cancellation) is not IInvocationOperation operation
            || site.Model.ClosedTasks.Of(operation, cancellation) is not { Closing.IsCertain: true } closed
            || EndlessWork.NeverEnds(operation, site.Model, cancellation)
            || !closed.IsReturned && EndlessWork.Loops(operation, cancellation)
            || EditsOf(closed, call, site, cancellation) is not { } edits
            || await Asyncifier.PlanAsync(site, call, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(CalledNames.TextOf(call)), [.. edits, .. plan.Edits]);
    }

    private static InvocationExpressionSyntax? CallAt(FixSite site) =>
        site.Node.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(node => node.Span.End == site.Diagnostic.Location.SourceSpan.End);

    /// <summary>The edits that await the task where it is dropped; none where the function returns it, which the engine awaits at each <c>return</c>. Null where it is stored, or only one of several paths leaves it.</summary>
    private static IReadOnlyList<NodeEdit>? EditsOf(ClosedTask closed, InvocationExpressionSyntax call, FixSite site, CancellationToken cancellation)
    {
        if (closed.IsReturned)
            return Functions.IsAsync(Functions.Around(call)) ? null : [];
        var fate = site.Model.TaskFates.Of(closed.Call, null, cancellation);
        return fate.End is TaskEnd.Dropped or TaskEnd.Discarded or TaskEnd.Unread
            && DroppedTask.Around(call, fate.Place, fate.End == TaskEnd.Dropped) is var (place, value)
                ? AwaitedDrops.Of(site, place, value, fate.Variable)
                : null;
    }
}
