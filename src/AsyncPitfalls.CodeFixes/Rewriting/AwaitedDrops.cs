using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Awaits a task where it is dropped: <c>F();</c>, <c>_ = F();</c> and <c>var unread = F();</c> alike become <c>await F();</c>.</summary>
internal static class AwaitedDrops
{
    private const string DropTarget = "drop the target";

    /// <summary>The edits; null where the variable that takes the task is mentioned elsewhere, or more than the task is declared with it.</summary>
    /// <param name="site">The finding.</param>
    /// <param name="place">What drops the task or takes it: an expression statement's expression, an assignment, a declarator.</param>
    /// <param name="value">The whole expression whose value is dropped or taken.</param>
    /// <param name="variable">The variable that takes it; null for none, or a discard.</param>
    /// <param name="awaited">What is awaited, made from the current form of the value; null for that form itself.</param>
    public static IReadOnlyList<NodeEdit>? Of(FixSite site, SyntaxNode place, ExpressionSyntax value, ISymbol? variable, AwaitedMaker? awaited = null)
    {
        if (place == value)
            return AwaitEdits.Of(site.Document, site.Semantics, site.Model, BehindQuestionMark(value), awaited);
        if (variable is not null && IsMentioned(variable, place))
            return null;
        var awaits = new NodeEdit(site.Document.Id, value, Awaiting.Purpose, (current, generator) =>
            Awaiting.Await(value is ConditionalAccessExpressionSyntax
                ? PendingTask.OrCompleted((ExpressionSyntax)current, site.Model.Types, generator)
                : awaited?.Invoke((ExpressionSyntax)current, generator) ?? (ExpressionSyntax)current, place));
        return Untargeted(site, place) is { } untargeted ? [.. DirectTasks.Within(site.Document, site.Semantics, site.Model, value), awaits, untargeted] : null;
    }

    /// <summary>The edit that leaves of an assignment or a declaration only its value; null where that cannot stand alone.</summary>
    private static NodeEdit? Untargeted(FixSite site, SyntaxNode place) => place switch
    {
        AssignmentExpressionSyntax => new NodeEdit(site.Document.Id, place, DropTarget, (current, _) =>
            ((AssignmentExpressionSyntax)current).Right.WithTriviaFrom(current)),
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } =>
            new NodeEdit(site.Document.Id, statement, DropTarget, (current, _) => WithoutTarget((LocalDeclarationStatementSyntax)current)),
        _ => null,
    };

    private static StatementSyntax WithoutTarget(LocalDeclarationStatementSyntax declaration) =>
        ExpressionStatement(declaration.Declaration.Variables[0].Initializer!.Value.WithoutLeadingTrivia(), declaration.SemicolonToken)
            .WithLeadingTrivia(declaration.GetLeadingTrivia());

    /// <summary>What a statement that begins with <c>?.</c> calls last, before which the engine puts the await.</summary>
    private static ExpressionSyntax BehindQuestionMark(ExpressionSyntax expression) =>
        expression is ConditionalAccessExpressionSyntax access ? BehindQuestionMark(access.WhenNotNull) : expression;

    /// <summary>Whether anything but the assignment or declarator itself names a variable; further assignments do no harm to one.</summary>
    public static bool IsMentioned(ISymbol variable, SyntaxNode place) =>
        Functions.Around(place) is { } function
        && function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == variable.Name
            && !(place is AssignmentExpressionSyntax && name.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } other && other.Left == name));
}
