using System.Collections.Generic;
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

namespace AsyncPitfalls.Rules;

/// <summary>AP0005: logs directly, and removes an <c>async</c> that then has nothing to await.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0005AwaitedLoggingCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0005)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(new FixIdea("AP0005_CallDirectly", PlanAsync));

    private static Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation) => Task.FromResult(Plan(site, cancellation));

    private static Fix? Plan(FixSite site, CancellationToken cancellation)
    {
        if (Planned(site.Diagnostic, site, cancellation) is not var (found, edits))
            return null;
        var direct = RuleText.Now("AP0005_FixDirect", found.LogName);
        if (found.Whole.Syntax is not AwaitExpressionSyntax || Functions.Around(found.Whole.Syntax) is not { } function || !MayLoseAsync(function, site))
            return new Fix(direct, edits);

        var together = site.Together
            .Where(diagnostic => function.Span.Contains(diagnostic.Location.SourceSpan))
            .Select(diagnostic => Planned(diagnostic, site, cancellation))
            .ToList();
        if (Functions.OwnAwaits(function).Except(together.Select(other => other?.Found.Whole.Syntax)).Any())
            return new Fix(direct, edits);
        var all = together.SelectMany(other => other?.Edits ?? []).ToList();
        return AsyncRemoval.Plan(site.Document, function, site.Semantics, site.Model, all, cancellation) is { } removal
            ? new Fix(TitleOf(found, function, site.Semantics), [.. edits, .. removal])
            : null;
    }

    private static string TitleOf(NeedlessLogging found, SyntaxNode function, SemanticModel semantics) =>
        Functions.SymbolOf(function, semantics) is { MethodKind: not MethodKind.AnonymousFunction } symbol
            ? RuleText.Now("AP0005_FixDirectAndRemove", found.LogName, symbol.Name)
            : RuleText.Now("AP0005_FixDirectAndRemoveFromLambda", found.LogName);

    /// <summary>Whether AP0001 or AP0026 would find a function that has no await.</summary>
    private static bool MayLoseAsync(SyntaxNode function, FixSite site) =>
        Functions.AsyncKeyword(function) != default
        && Functions.SymbolOf(function, site.Semantics) is { } symbol
        && site.Model.NeverAwaits.HasCompletedValue(symbol)
        && !Functions.IsIterator(function);

    private static (NeedlessLogging Found, IReadOnlyList<NodeEdit> Edits)? Planned(Diagnostic diagnostic, FixSite site, CancellationToken cancellation) =>
        Find(diagnostic, site, cancellation) is { } found && DirectLogging.Plan(found, site, cancellation) is { } edits ? (found, edits) : null;

    private static NeedlessLogging? Find(Diagnostic diagnostic, FixSite site, CancellationToken cancellation) =>
        site.Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
            .AncestorsAndSelf()
            .TakeWhile(node => node.Span == diagnostic.Location.SourceSpan)
            .Where(node => node is AwaitExpressionSyntax or InvocationExpressionSyntax)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .Select(operation => operation is null ? null : NeedlessLogging.Of(operation, site.Model, cancellation)?.WithOffload(site.Model))
            .FirstOrDefault(found => found is not null);
}
