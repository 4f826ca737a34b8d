using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0025: sets the previous context again in a <c>finally</c>, or makes a dispatcher's thread a background thread.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0025LoopNotRestoredCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0025)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0025_Restore", (site, cancellation) => Task.FromResult(PlanRestore(site, cancellation))),
        new FixIdea("AP0025_Background", (site, cancellation) => Task.FromResult(PlanBackground(site, cancellation))));

    private static Fix? PlanRestore(FixSite site, CancellationToken cancellation) =>
        site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && call.Span == site.Diagnostic.Location.SourceSpan
        && RestoredContext.Plan(site, call, cancellation) is { } edits
            ? new Fix(RuleText.Now("AP0025_FixRestore"), edits)
            : null;

    private static Fix? PlanBackground(FixSite site, CancellationToken cancellation) =>
        site.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } syntax
        && syntax.SpanStart == site.Diagnostic.Location.SourceSpan.Start
        && site.Semantics.GetOperation(syntax, cancellation) is IObjectCreationOperation creation
            ? new Fix(RuleText.Now("AP0025_FixBackground"), [BackgroundThreads.Plan(site, creation, cancellation)])
            : null;
}
