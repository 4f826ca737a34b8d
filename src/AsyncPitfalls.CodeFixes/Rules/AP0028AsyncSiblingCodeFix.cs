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
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0028: awaits the sibling, or closes with <c>await using</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0028AsyncSiblingCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0028)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0028_Await", PlanAsync));

    private static Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation) => Task.FromResult(
        MissedAt(site, cancellation) switch
        {
            null => null,
            { IsUsing: true, Operation.Syntax: var statement } => AwaitedUsings.Of(site.Document, statement) is { } edit ? new Fix(RuleText.Now("AP0028_FixUsing"), [edit]) : null,
            { Operation: IInvocationOperation call } missed => OfCall(site, call, missed.Siblings),
            _ => null,
        });

    private static Fix? OfCall(FixSite site, IInvocationOperation call, IReadOnlyList<AsyncSibling> siblings)
    {
        var awaited = siblings.Count == 0 ? SiblingCalls.AwaitDisposal(site, call) : SiblingCalls.Await(site, call, siblings);
        return awaited is null ? null : new Fix(RuleText.Now("Fix_Await", awaited.Name), awaited.Edits);
    }

    private static MissedSibling? MissedAt(FixSite site, CancellationToken cancellation) =>
        site.Node.AncestorsAndSelf()
            .TakeWhile(node => node is ExpressionSyntax or UsingStatementSyntax or LocalDeclarationStatementSyntax)
            .Where(node => node is not InvocationExpressionSyntax || CalledNames.LocationOf(node).SourceSpan == site.Diagnostic.Location.SourceSpan)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .Select(operation => operation is null ? null : site.Model.MissedSiblings.Of(operation, cancellation))
            .FirstOrDefault(missed => missed is not null);
}
