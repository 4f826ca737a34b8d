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
        if (StartedTask.Of(site, creation, UsesInner(fate, site.Model)) is not { } started)
            return null;
        var title = RuleText.Now("AP0012_FixStart", started.Method);
        if (!fate.IsLost)
            return LaterStarts(site, fate, creation, cancellation) is { } removals ? new Fix(title, [started.Edit, .. removals]) : null;
        if (Dropped(fate, syntax) is not var (place, statement))
            return null;
        if (Functions.Around(syntax) is { } function && site.Model.FunctionEnds.Of(function, site.Semantics, cancellation) is null)
            return new Fix(title, [started.Edit, Kept(site.Document, place, statement, Discarding.Discard)]);
        return await Asyncifier.PlanAsync(site, syntax, cancellation, throwsAggregates: false).ConfigureAwait(false) is { } plan
            ? new Fix(plan.Title(started.Method), [started.Edit, Kept(site.Document, place, statement, value => Awaiting.Await(value, place)), .. plan.Edits])
            : null;
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

    /// <summary>The expression and statement that drop the task; null where it is in a variable that something mentions, or is dropped in another way.</summary>
    private static (SyntaxNode Place, StatementSyntax Statement)? Dropped(TaskFate fate, BaseObjectCreationExpressionSyntax creation) => fate switch
    {
        { End: TaskEnd.Dropped, Place: ExpressionStatementSyntax statement } when statement.Expression == creation => (creation, statement),
        { End: TaskEnd.Discarded, Place: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment } when assignment.Right == creation => (assignment, statement),
        { End: TaskEnd.Unread, IsInspected: false, Variable: { } variable, Place: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } declarator }
            when declarator.Initializer!.Value == creation && !IsMentioned(variable, statement) => (declarator, statement),
        _ => null,
    };

    private static bool IsMentioned(ISymbol variable, StatementSyntax declaration) =>
        (Functions.Around(declaration) ?? declaration).DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == variable.Name);

    /// <summary>The edit that makes a statement of the started task.</summary>
    private static NodeEdit Kept(Document document, SyntaxNode place, StatementSyntax statement, System.Func<ExpressionSyntax, ExpressionSyntax> keep) => place switch
    {
        VariableDeclaratorSyntax => new NodeEdit(document.Id, statement, "drop the target", (current, _) =>
        {
            var declaration = (LocalDeclarationStatementSyntax)current;
            return SyntaxFactory.ExpressionStatement(keep(declaration.Declaration.Variables[0].Initializer!.Value.WithoutLeadingTrivia()), declaration.SemicolonToken)
                .WithLeadingTrivia(declaration.GetLeadingTrivia());
        }),
        AssignmentExpressionSyntax => new NodeEdit(document.Id, place, "drop the target", (current, _) => keep(((AssignmentExpressionSyntax)current).Right).WithTriviaFrom(current)),
        _ => new NodeEdit(document.Id, place, Awaiting.Purpose, (current, _) => keep((ExpressionSyntax)current)),
    };
}
