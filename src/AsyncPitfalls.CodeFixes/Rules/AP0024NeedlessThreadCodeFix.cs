using System.Collections.Immutable;
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

/// <summary>Mends AP0024: awaits or returns the asynchronous call itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0024NeedlessThreadCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0024)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(new FixIdea("AP0024_StartDirectly", (site, cancellation) => Task.FromResult(Plan(site, cancellation))));

    private static Fix? Plan(FixSite site, CancellationToken cancellation)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Expression.Span == site.Diagnostic.Location.SourceSpan) is not { } offload
            || site.Semantics.GetOperation(offload, cancellation) is not IInvocationOperation operation
            || site.Model.NeedlessThreads.Of(operation, cancellation) is not { Start: { } start } found
            || DirectTasks.Plan(found, site.Document, site.Semantics, site.Model) is not { } edits)
            return null;
        return new Fix(RuleText.Now(found.IsAwaited ? "AP0024_FixAwait" : "AP0024_FixReturn", CalledNames.TextOf(start.Syntax)), edits);
    }
}
