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
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0006: awaits the task, or keeps it running and awaits it at the end.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0006LostTaskCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0006)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0006_Await", PlanAwaitAsync),
        new FixIdea("AP0006_AwaitAtEnd", PlanAwaitAtEndAsync));

    private static async Task<Fix?> PlanAwaitAsync(FixSite site, CancellationToken cancellation)
    {
        if (DroppedTask.At(site, cancellation) is not { } dropped
            || EndlessWork.HoldsUpStart(dropped.Lost.Call, dropped.Lost.End, cancellation)
            || EndlessWork.NeverEnds(dropped.Lost.Call, site.Model, cancellation)
            || AwaitedNow(site, dropped) is not { } edits
            || await Asyncifier.PlanAsync(site, dropped.Value, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        return new Fix(plan.Title(dropped.Name), [.. edits, .. plan.Edits]);
    }

    /// <summary>The edits that await the task where it is dropped; null where a variable holds it that something reads.</summary>
    private static IReadOnlyList<NodeEdit>? AwaitedNow(FixSite site, DroppedTask dropped)
    {
        var (place, value) = (dropped.Place, dropped.Value);
        if (dropped.Lost.Fate.End == TaskEnd.Dropped)
            return AwaitEdits.Of(site.Document, site.Semantics, site.Model, BehindQuestionMark(value));
        if (dropped.Lost.Fate is { End: not TaskEnd.Discarded } and not { End: TaskEnd.Unread, IsInspected: false }
            || dropped.Lost.Fate.Variable is { } variable && IsMentioned(variable, place))
            return null;
        var awaits = new NodeEdit(site.Document.Id, value, Awaiting.Purpose, (current, generator) =>
            Awaiting.Await(value is ConditionalAccessExpressionSyntax ? PendingTask.OrCompleted((ExpressionSyntax)current, site.Model.Types, generator) : (ExpressionSyntax)current, place));
        return place switch
        {
            AssignmentExpressionSyntax =>
                [awaits, new NodeEdit(site.Document.Id, place, "drop the target", (current, _) => ((AssignmentExpressionSyntax)current).Right.WithTriviaFrom(current))],
            VariableDeclaratorSyntax when dropped.Statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement =>
                [awaits, new NodeEdit(site.Document.Id, statement, "drop the target", (current, _) => WithoutTarget((LocalDeclarationStatementSyntax)current))],
            _ => null,
        };
    }

    private static StatementSyntax WithoutTarget(LocalDeclarationStatementSyntax declaration) =>
        ExpressionStatement(declaration.Declaration.Variables[0].Initializer!.Value.WithoutLeadingTrivia(), declaration.SemicolonToken)
            .WithLeadingTrivia(declaration.GetLeadingTrivia());

    /// <summary>What a statement that begins with <c>?.</c> calls last, before which the engine puts the await.</summary>
    private static ExpressionSyntax BehindQuestionMark(ExpressionSyntax expression) =>
        expression is ConditionalAccessExpressionSyntax access ? BehindQuestionMark(access.WhenNotNull) : expression;

    private static bool IsMentioned(ISymbol variable, SyntaxNode place) =>
        Functions.Around(place) is { } function
        && function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == variable.Name && (place as AssignmentExpressionSyntax)?.Left != name);

    private static async Task<Fix?> PlanAwaitAtEndAsync(FixSite site, CancellationToken cancellation)
    {
        if (DroppedTask.At(site, cancellation) is not { } dropped)
            return null;
        if (FieldOfService.IsFor(dropped.Lost, site.Model))
            return FieldOfService.Plan(site, dropped, cancellation) is { } kept ? new Fix(RuleText.Now("AP0006_FixInStop", dropped.Name), kept) : null;
        if (EndlessWork.NeverEnds(dropped.Lost.Call, site.Model, cancellation)
            || PendingTask.Plan(site, dropped, cancellation) is not { } edits
            || await Asyncifier.PlanAsync(site, dropped.Value, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        var title = plan.FunctionName is { } function
            ? RuleText.Now(plan.IsPublicSignature ? "AP0006_FixAtEndPublicAsync" : "AP0006_FixAtEndAsync", dropped.Name, function)
            : RuleText.Now("AP0006_FixAtEnd", dropped.Name);
        return new Fix(title, [.. plan.Edits, .. edits]);
    }
}
