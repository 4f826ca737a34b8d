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

/// <summary>Mends AP0007: awaits the task, or says that it is not awaited on purpose.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0007UnobservedTaskCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0007)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0007_Await", PlanAwaitAsync),
        new FixIdea("AP0007_Discard", PlanDiscardAsync));

    private static async Task<Fix?> PlanAwaitAsync(FixSite site, CancellationToken cancellation)
    {
        if (At(site, cancellation) is not { } task
            || task.Maker is IInvocationOperation call && EndlessWork.NeverEnds(call, site.Model, cancellation)
            || AwaitedTasks.Of(site, task) is not var (edits, spot, name)
            || await Asyncifier.PlanAsync(site, spot, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(name), [.. edits, .. TokenFor(task, site), .. plan.Edits]);
    }

    private static Task<Fix?> PlanDiscardAsync(FixSite site, CancellationToken cancellation) => Task.FromResult(
        At(site, cancellation) is { Form: UnobservedForm.Dropped or UnobservedForm.Unread or UnobservedForm.InCollection } task
        && AwaitedTasks.PlaceOf(site, task) is var (place, value)
        && Discards.Of(site.Document, site.Semantics, place, value, task.Variable) is { } edits
            ? new Fix(RuleText.Now("AP0007_FixDiscard", task.Name), edits)
            : null);

    private static IEnumerable<NodeEdit> TokenFor(UnobservedTask task, FixSite site) =>
        task is { Form: not UnobservedForm.AddedToCollection, Maker.Syntax: InvocationExpressionSyntax call }
        && TokensInScope.Pass(site.Document, call, site.Semantics, site.Model, sameMethod: false) is { } edit
            ? [edit]
            : [];

    /// <summary>The task of the finding; null where it is no longer there.</summary>
    private static UnobservedTask? At(FixSite site, CancellationToken cancellation) =>
        site.Node.DescendantNodesAndSelf()
            .OfType<ExpressionSyntax>()
            .Where(node => CalledNames.WholeOf(node).SourceSpan == site.Diagnostic.Location.SourceSpan)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .OfType<IOperation>()
            .Select(operation => operation is IArrayInitializerOperation { Parent: IArrayCreationOperation { IsImplicit: true } array } ? array : operation)
            .Select(operation => site.Model.UnobservedTasks.Of(operation, cancellation))
            .FirstOrDefault(task => task is not null);
}
