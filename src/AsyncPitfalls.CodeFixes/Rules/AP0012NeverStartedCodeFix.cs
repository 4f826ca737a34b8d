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

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0012: makes and starts the task in one step, and says so where nobody looks after it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0012NeverStartedCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0012)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0012_Start", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (site.Node is not BaseObjectCreationExpressionSyntax syntax || site.Semantics.GetOperation(syntax, cancellation) is not IObjectCreationOperation creation)
            return null;
        var fate = site.Model.TaskFates.Of(creation, cancellation: cancellation);
        if (fate.End == TaskEnd.Returned && IsInUsing(syntax))
            return null;
        if (StartedTask.Of(site, creation, UsesInner(fate, site.Model)) is not { } started)
            return null;
        if (DirectTasks.Made(site, creation, cancellation) is var (direct, name))
            return new Fix(RuleText.Now("Fix_Await", name), [direct]);
        var title = RuleText.Now("AP0012_FixStart", started.Method);
        if (!fate.IsLost)
        {
            return LaterStarts(site, fate, creation, cancellation) is { } removals && Together(site, fate, creation, cancellation) is { } together
                ? new Fix(title, [started.Edit, .. removals, .. together])
                : null;
        }

        if (PlaceOf(fate, syntax) is not { } place)
            return null;
        if (Functions.Around(syntax) is { } function && site.Model.FunctionEnds.Of(function, site.Semantics, cancellation) is null)
            return Discards.Of(site.Document, site.Semantics, place, syntax, fate.Variable) is { } discards ? new Fix(title, [started.Edit, .. discards]) : null;
        return AwaitedDrops.Of(site, place, syntax, fate.Variable) is { } awaits
            && await Asyncifier.PlanAsync(site, syntax, cancellation, throwsAggregates: false).ConfigureAwait(false) is { } plan
                ? new Fix(plan.Title(started.Method), [started.Edit, .. awaits, .. plan.Edits])
                : null;
    }

    /// <summary>Whether something is disposed where a task leaves, which it then may still work with.</summary>
    private static bool IsInUsing(SyntaxNode node) => node.Ancestors().TakeWhile(ancestor => !Functions.IsFunction(ancestor)).Any(ancestor =>
        ancestor is UsingStatementSyntax
        || ancestor is BlockSyntax block && block.Statements.Any(statement => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } && statement.SpanStart < node.SpanStart));

    /// <summary>The edits that await the started task together with others whose failure would lose it; null where that cannot be.</summary>
    private static IReadOnlyList<NodeEdit>? Together(FixSite site, TaskFate fate, IObjectCreationOperation creation, CancellationToken cancellation)
    {
        if (fate.End != TaskEnd.LostToException || site.Model.LeftTasks.FailingBefore(creation, fate, cancellation) is not { IsEmpty: false } failing)
            return [];
        return GatheredAwaits.Of(site, failing, cancellation)?.Edits;
    }

    /// <summary>Whether the result of awaiting or waiting for the task is used, which is a task in its turn.</summary>
    private static bool UsesInner(TaskFate fate, AsyncModel model) => fate.Observers.Any(use =>
        use is { End: TaskEnd.Awaited or TaskEnd.WaitedFor, Place: IAwaitOperation or IPropertyReferenceOperation }
        && model.TaskFates.DestinationOf(use.Place).End is not (TaskEnd.Dropped or TaskEnd.Discarded));

    /// <summary>The edits that remove what starts the task too late; null where it is started in another way than by a statement.</summary>
    private static IReadOnlyList<NodeEdit>? LaterStarts(FixSite site, TaskFate fate, IObjectCreationOperation creation, CancellationToken cancellation)
    {
        var edits = new List<NodeEdit>();
        if (fate.Variable is not { } variable || Functions.Around(creation.Syntax) is not { } function)
            return edits;
        foreach (var name in Functions.OwnNodes(function).OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Name))
        {
            if (name.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start" or "RunSynchronously", Parent: InvocationExpressionSyntax call } access
                || access.Expression != name
                || !SymbolEqualityComparer.Default.Equals(site.Semantics.GetSymbolInfo(name, cancellation).Symbol, variable))
                continue;
            if (call is not { ArgumentList.Arguments.Count: 0, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } || HasComments(statement))
                return null;
            edits.AddRange(StatementSplicing.Replace(statement, site.Document, _ => [], asBlock: false));
        }

        return edits;
    }

    private static bool HasComments(SyntaxNode node) =>
        node.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>What drops the task as a whole statement, or takes it; null where it is dropped in another way, or the variable that takes it is asked for its state.</summary>
    private static SyntaxNode? PlaceOf(TaskFate fate, BaseObjectCreationExpressionSyntax creation) => fate switch
    {
        { End: TaskEnd.Dropped, Place: ExpressionStatementSyntax statement } when statement.Expression == creation => creation,
        { End: TaskEnd.Discarded, Place: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment } when assignment.Right == creation => assignment,
        { End: TaskEnd.Unread, IsInspected: false, Place: VariableDeclaratorSyntax declarator } when declarator.Initializer?.Value == creation => declarator,
        _ => null,
    };
}
