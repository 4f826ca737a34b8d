using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Keeps a task that would be lost in a local, its own or a new one, and awaits it at every exit that follows.</summary>
internal static class PendingTask
{
    private const string Stem = "pending";

    /// <summary>The edits; null where the task is not dropped in a list of statements, nothing follows it there, or its exits cannot be told.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(FixSite site, DroppedTask dropped, CancellationToken cancellation)
    {
        if (dropped.Statement is not { } statement || FunctionExits.After(statement) is not { } exits || !HasCompany(site, statement, exits, cancellation))
            return null;
        return dropped.Lost.Fate.Variable is { } variable
            ? PlanOwn(site, dropped, variable, statement, exits, cancellation)
            : PlanNew(site, dropped, statement, exits, cancellation);
    }

    /// <summary>Whether something is there beside which a task can go on running: what follows, or another task that is kept together with it and awaited behind it.</summary>
    private static bool HasCompany(FixSite site, StatementSyntax statement, FunctionExits exits, CancellationToken cancellation) =>
        !exits.IsLast || site.Together
            .Where(other => other.Location.SourceSpan.End <= statement.SpanStart && exits.List.Span.Contains(other.Location.SourceSpan))
            .Select(other => new FixSite(other, site.Document, site.Root, site.Semantics, site.Model))
            .Any(other => DroppedTask.At(other, cancellation) is { Statement: { } earlier, Lost.Fate.Loss: not AssignmentExpressionSyntax } dropped
                && FunctionExits.After(earlier)?.List == exits.List
                && !EndlessWork.NeverEnds(dropped.Lost.Call, site.Model, cancellation)
                && Plan(other, dropped, cancellation) is not null);

    /// <summary>A task with <c>Task.CompletedTask</c> where a <c>?.</c> makes none.</summary>
    public static ExpressionSyntax OrCompleted(ExpressionSyntax task, KnownTypes types, SyntaxGenerator generator) =>
        BinaryExpression(
            SyntaxKind.CoalesceExpression,
            task.WithoutTrivia().WithTrailingTrivia(Space),
            Token(SyntaxKind.QuestionQuestionToken).WithTrailingTrivia(Space),
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("CompletedTask")))
        .WithTriviaFrom(task);

    /// <summary>What is kept of a dropped expression: the task itself, without <c>ConfigureAwait</c>, and a task of a <c>ValueTask</c>; null where there is none.</summary>
    public static (ExpressionSyntax Node, Func<ExpressionSyntax, SyntaxGenerator, ExpressionSyntax> ToTask)? TaskOf(FixSite site, DroppedTask dropped, CancellationToken cancellation)
    {
        var task = dropped.Value;
        while (task is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax
            || site.Semantics.GetOperation(task, cancellation) is IInvocationOperation call && site.Model.Awaitables.IsConfigured(call.Type))
        {
            if (Operand(task) is not { } operand)
                return null;
            task = operand;
        }

        var type = site.Semantics.GetTypeInfo(task, cancellation).Type;
        if (task is ConditionalAccessExpressionSyntax)
            return site.Model.Awaitables.IsTask(type) ? (task, (current, generator) => OrCompleted(current, site.Model.Types, generator)) : null;
        if (site.Model.Awaitables.IsTask(type))
            return (task, (current, _) => current);
        return site.Model.Awaitables.IsValueTask(type) && task is InvocationExpressionSyntax
            ? (task, (current, _) => InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, current, IdentifierName("AsTask"))))
            : null;
    }

    private static ExpressionSyntax? Operand(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        PostfixUnaryExpressionSyntax suppressed => suppressed.Operand,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        _ => null,
    };

    private static IReadOnlyList<NodeEdit>? PlanOwn(FixSite site, DroppedTask dropped, ISymbol variable, StatementSyntax statement, FunctionExits exits, CancellationToken cancellation)
    {
        if (!site.Model.Awaitables.IsTask((variable as ILocalSymbol)?.Type))
            return null;
        var overwriting = dropped.Lost.Fate.Loss is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax other } && other != statement ? other : null;
        var together = Together(site, statement, Stem);
        var awaits = new PendingAwaits(site.Document, site.Model.Types, variable.Name, together, FailingAfter(site, statement, cancellation));
        if (overwriting is not null)
        {
            return exits.Before(overwriting) is { } before
                ? awaits.Edits(exits, [.. before.Early(variable.Name), overwriting], atEnd: false, statement).ToList()
                : null;
        }

        var early = exits.Early(variable.Name).ToList();
        var atEnd = exits.IsOpenAtEnd(variable.Name, site.Semantics);
        return early.Count > 0 || atEnd ? awaits.Edits(exits, early, atEnd, statement).ToList() : null;
    }

    private static IReadOnlyList<NodeEdit>? PlanNew(FixSite site, DroppedTask dropped, StatementSyntax statement, FunctionExits exits, CancellationToken cancellation)
    {
        var early = exits.Early(null).ToList();
        var atEnd = exits.IsOpenAtEnd(null, site.Semantics);
        if (early.Count == 0 && !atEnd || TaskOf(site, dropped, cancellation) is not var (node, toTask))
            return null;
        var name = FreshNames.Series(Stem, statement, site.Semantics).ElementAt(NumberOf(site, dropped, cancellation));
        var declare = new NodeEdit(site.Document.Id, statement, "keep the task", (current, generator) =>
            current.CopyAnnotationsTo(Declaration(name, toTask(ValueIn(current, node, statement), generator)).WithTriviaFrom(current))!);
        var awaits = new PendingAwaits(site.Document, site.Model.Types, name, Together(site, statement, Stem), FailingAfter(site, statement, cancellation));
        return [declare, .. awaits.Edits(exits, early, atEnd, statement)];
    }

    /// <summary>The current form of a node in the current form of the statement, or other node, that holds it.</summary>
    public static ExpressionSyntax ValueIn(SyntaxNode current, ExpressionSyntax node, SyntaxNode original)
    {
        var path = node.AncestorsAndSelf().TakeWhile(ancestor => ancestor != original).Reverse();
        var found = current;
        foreach (var step in path)
            found = found.ChildNodes().ElementAt(step.Parent!.ChildNodes().TakeWhile(child => child != step).Count());
        return ((ExpressionSyntax)found).WithoutTrivia();
    }

    /// <summary><c>var name = value;</c></summary>
    public static StatementSyntax Declaration(string name, ExpressionSyntax value) =>
        LocalDeclarationStatement(VariableDeclaration(
            IdentifierName(Identifier("var").WithTrailingTrivia(Space)),
            SingletonSeparatedList(VariableDeclarator(Identifier(name).WithTrailingTrivia(Space), null, EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), value)))));

    /// <summary>How many lost tasks of the outermost function, before this one, get a new local too: each needs a name of its own.</summary>
    private static int NumberOf(FixSite site, DroppedTask dropped, CancellationToken cancellation) =>
        NodesOfScope(dropped.Value)
            .OfType<InvocationExpressionSyntax>()
            .TakeWhile(call => call != dropped.Lost.Call.Syntax)
            .Count(call => site.Semantics.GetOperation(call, cancellation) is IInvocationOperation operation
                && site.Model.LostTasks.Of(operation, cancellation) is { Fate.Variable: null } lost
                && DroppedTask.Of(lost) is { Statement: { } statement } other
                && FunctionExits.After(statement) is { } exits
                && HasCompany(site, statement, exits, cancellation)
                && TaskOf(site, other, cancellation) is not null);

    /// <summary>The nodes among which names of new locals must differ; of top-level statements those of no function inside them.</summary>
    private static IEnumerable<SyntaxNode> NodesOfScope(SyntaxNode place) => FreshNames.Scope(place) is var scope && scope != place
        ? scope.DescendantNodes()
        : Functions.Around(place) is { } function ? Functions.OwnNodes(function) : [];

    /// <summary>The statements behind one that await nothing but the plain task of a call, which may fail.</summary>
    private static IReadOnlyList<StatementSyntax> FailingAfter(FixSite site, StatementSyntax statement, CancellationToken cancellation) =>
        Functions.Around(statement) is not { } function ? [] : Functions.OwnNodes(function)
            .OfType<ExpressionStatementSyntax>()
            .Where(other => other.SpanStart > statement.Span.End
                && other.Expression is AwaitExpressionSyntax { Expression: InvocationExpressionSyntax } await
                && site.Semantics.GetOperation(await, cancellation) is IAwaitOperation { Operation: var awaited }
                && site.Model.Awaitables.IsTask(awaited.Type)
                && !site.Model.Faultless.Is(awaited, cancellation))
            .ToList();

    /// <summary>The names of locals that hold plain tasks, and those that new ones of a stem will have.</summary>
    public static ImmutableHashSet<string> Together(FixSite site, StatementSyntax statement, string stem)
    {
        const int More = 32;
        var declared = Functions.Around(statement) is { } function
            ? Functions.OwnNodes(function)
                .OfType<VariableDeclaratorSyntax>()
                .Where(declarator => site.Semantics.GetDeclaredSymbol(declarator) is ILocalSymbol local && site.Model.Awaitables.IsTask(local.Type))
                .Select(declarator => declarator.Identifier.ValueText)
            : [];
        return FreshNames.Series(stem, statement, site.Semantics).Take(More).Concat(declared).ToImmutableHashSet();
    }
}
