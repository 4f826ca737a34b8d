using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0027: catches every exception in the function itself, and logs it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0027EscapingExceptionsCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0027)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0027_CatchAll", PlanAsync));

    private static Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation) => Task.FromResult(
        site.Node.FirstAncestorOrSelf<SyntaxNode>(Functions.IsFunction) is { } function
        && site.Semantics.GetOperation(function, cancellation) is { } operation
        && site.Model.AsyncVoids.Of(operation, cancellation) is { } found
        && CatchAll.Of(CodePlace.Of(site, function), found.Event?.Name, cancellation) is { } caught
            ? new Fix(caught.Title, caught.Edits)
            : null);
}
