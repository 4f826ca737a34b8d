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

/// <summary>Mends AP0011: makes a plain task in place of a task of a task, or awaits the inner task too.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0011TaskOfTaskCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0011)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0011_AwaitDirectly", PlanAwaitDirectlyAsync),
        new FixIdea("AP0011_Run", (site, cancellation) => PlanFlatAsync(site, flat => flat.Run(), _ => RuleText.Now("AP0011_FixRun"), cancellation)),
        new FixIdea("AP0011_AwaitInside", PlanAwaitInsideAsync),
        new FixIdea("AP0011_Unwrap", PlanUnwrapAsync),
        new FixIdea("AP0011_AwaitTwice", PlanAwaitTwiceAsync),
        new FixIdea("AP0011_Await", PlanAwaitAsync));

    private static Task<Fix?> PlanAwaitInsideAsync(FixSite site, CancellationToken cancellation) =>
        PlanFlatAsync(site, flat => flat.AwaitInside(), _ => RuleText.Now("AP0011_FixAwaitInside"), cancellation);

    private static Task<Fix?> PlanUnwrapAsync(FixSite site, CancellationToken cancellation) =>
        PlanFlatAsync(site, flat => flat.Run() is null ? flat.Unwrap() : null, name => RuleText.Now("AP0011_FixUnwrap", name), cancellation);

    /// <summary>A plain task, which then is used as the task of a task was; one that is dropped is said to be meant so.</summary>
    private static async Task<Fix?> PlanFlatAsync(
        FixSite site, System.Func<FlatTask, IReadOnlyList<NodeEdit>?> flatten, System.Func<string, string> title, CancellationToken cancellation)
    {
        if (Find(site, cancellation) is not { } found)
            return null;
        var flat = new FlatTask(site, found);
        if (flat.IsNeedless && IsAwaitedOnTheSpot(site, found) || flatten(flat) is not { } edits)
            return null;
        var uses = new FlatTaskUses(site, found);
        if (uses.Discard() is not { } discarded || WithoutTarget(site, found, uses) is not { } awaited)
            return null;
        var fix = new Fix(title(NameOf(found)), [.. edits, .. discarded, .. awaited, .. uses.Retyped()]);
        return await FlatTask.HasDefectAsync(site.Document, fix, cancellation).ConfigureAwait(false) ? null : fix;
    }

    private static Task<Fix?> PlanAwaitTwiceAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site, cancellation) is not { Use: { End: TaskEnd.Awaited, Place.Syntax: AwaitExpressionSyntax awaiting } } found
            || new FlatTask(site, found) is { } flat && (flat.Run() is not null || flat.IsNeedless)
            || WithoutTarget(site, found, new FlatTaskUses(site, found)) is not { } awaited)
            return Task.FromResult<Fix?>(null);
        var twice = new NodeEdit(site.Document.Id, awaiting, Awaiting.Purpose, (current, _) => AwaitedTwice.Of((AwaitExpressionSyntax)current, awaiting));
        return Task.FromResult<Fix?>(new Fix(RuleText.Now("AP0011_FixAwaitTwice"), [twice, .. awaited]));
    }

    private static Task<Fix?> PlanAwaitDirectlyAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site, cancellation) is not { } found
            || !IsAwaitedOnTheSpot(site, found)
            || new FlatTask(site, found).Direct() is not var (edits, name)
            || WithoutTarget(site, found, new FlatTaskUses(site, found)) is not { } awaited)
            return Task.FromResult<Fix?>(null);
        return Task.FromResult<Fix?>(new Fix(RuleText.Now("AP0011_FixAwaitDirectly", name), [.. edits, .. awaited]));
    }

    /// <summary>Awaits a task that is dropped, or one that must not leave the function; makes it plain where it can be, and the function async.</summary>
    private static async Task<Fix?> PlanAwaitAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site, cancellation) is not { Maker: IInvocationOperation call } found
            || EndlessWork.NeverEnds(call, site.Model, cancellation)
            || site.Model.LostTasks.EndAfter(call, cancellation) is { } end && EndlessWork.HoldsUpStart(call, end, cancellation))
            return null;
        var flat = new FlatTask(site, found);
        var direct = flat.IsNeedless ? flat.Direct() : null;
        var run = direct?.Edits ?? flat.Run() ?? flat.AwaitInside();
        var edits = run ?? flat.Unwrap() ?? [];
        var title = direct?.Name ?? (run is null ? NameOf(found) : "Task.Run");
        if (found.Use.End != TaskEnd.Returned)
            return await PlanAwaitDroppedAsync(site, found, edits, title, cancellation).ConfigureAwait(false);
        if (edits.Count == 0 || Functions.IsAsync(Functions.Around(call.Syntax))
            || !await FlatTask.HasDefectAsync(site.Document, new Fix(title, edits), cancellation).ConfigureAwait(false)
            || await Asyncifier.PlanAsync(site, call.Syntax, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(title), [.. edits, .. plan.Edits]);
    }

    private static async Task<Fix?> PlanAwaitDroppedAsync(
        FixSite site, NestedTask found, IReadOnlyList<NodeEdit> edits, string title, CancellationToken cancellation)
    {
        if (new FlatTaskUses(site, found) is not { IsDropped: true, Dropped: { } value } uses
            || value is ConditionalAccessExpressionSyntax
            || uses.WithoutTarget(value) is not { } alone
            || await Asyncifier.PlanAsync(site, value, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        var awaits = new NodeEdit(site.Document.Id, value, Awaiting.Purpose, (current, _) =>
        {
            var once = Awaiting.Await((ExpressionSyntax)current, value);
            return edits.Count == 0 ? AwaitedTwice.Of((AwaitExpressionSyntax)once, value) : once;
        });
        return new Fix(plan.Title(title), [.. edits, awaits, .. alone, .. plan.Edits]);
    }

    private static IReadOnlyList<NodeEdit>? WithoutTarget(FixSite site, NestedTask found, FlatTaskUses uses) =>
        found.Use is { End: TaskEnd.Awaited, Place.Syntax: AwaitExpressionSyntax awaiting }
        && site.Model.Awaitables.ResultOf(found.Inner) is { SpecialType: SpecialType.System_Void }
            ? uses.WithoutTarget(awaiting)
            : [];

    private static bool IsAwaitedOnTheSpot(FixSite site, NestedTask found) =>
        found.Use is { End: TaskEnd.Awaited, Place: IAwaitOperation awaiting } && site.Model.Awaitables.Behind(awaiting.Operation) == found.Maker;

    private static string NameOf(NestedTask found) =>
        found.Maker is IObjectCreationOperation ? found.Maker.Type!.Name : CalledNames.TextOf(found.Maker.Syntax);

    private static NestedTask? Find(FixSite site, CancellationToken cancellation)
    {
        var end = site.Diagnostic.Location.SourceSpan.End;
        return site.Node.DescendantNodesAndSelf()
            .Where(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && node.Span.End == end)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .Select(operation => operation is null ? null : site.Model.NestedTasks.Of(operation, cancellation))
            .FirstOrDefault(found => found is not null);
    }
}
