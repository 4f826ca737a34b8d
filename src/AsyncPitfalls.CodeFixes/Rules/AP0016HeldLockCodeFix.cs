using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0016: makes a lock a <c>SemaphoreSlim</c> that is awaited, and a value of each thread an <c>AsyncLocal</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0016HeldLockCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0016)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0016_Semaphore", (site, cancellation) => Task.FromResult(PlanSemaphore(site, cancellation))),
        new FixIdea("AP0016_AsyncLocal", (site, cancellation) => Task.FromResult(PlanAsyncLocal(site, cancellation))));

    private static Fix? PlanSemaphore(FixSite site, CancellationToken cancellation) =>
        CallAt(site, cancellation) is { } call
        && site.Model.HeldLocks.Of(call, cancellation) is { Taking.Holder: { } holder } held
        && SemaphoreForLock.Plan(site, held, cancellation) is { } edits
            ? new Fix(RuleText.Now("AP0016_FixSemaphore", holder.Name), edits)
            : null;

    private static Fix? PlanAsyncLocal(FixSite site, CancellationToken cancellation) =>
        site.Node is ExpressionSyntax read
        && site.Semantics.GetOperation(read, cancellation) is { } operation
        && site.Model.ThreadBoundValues.Of(operation) is IFieldSymbol field
        && AsyncLocalField.Plan(site, field, cancellation) is { } edits
            ? new Fix(RuleText.Now("AP0016_FixAsyncLocal", field.Name), edits)
            : null;

    private static IInvocationOperation? CallAt(FixSite site, CancellationToken cancellation) => site.Node
        .DescendantNodesAndSelf()
        .OfType<InvocationExpressionSyntax>()
        .Where(call => call.Span.End == site.Diagnostic.Location.SourceSpan.End)
        .Select(call => site.Semantics.GetOperation(call, cancellation) as IInvocationOperation)
        .FirstOrDefault();
}
