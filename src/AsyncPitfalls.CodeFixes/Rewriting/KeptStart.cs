using System.Collections.Generic;
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

/// <summary>Starts in <c>StartAsync</c> what goes on until the service stops, keeps its task in a field, and lets <c>StopAsync</c> await it.</summary>
internal static class KeptStart
{
    /// <summary>The name of what is started, and the edits; null where the task is not awaited as a statement or returned, and where <c>StopAsync</c> cannot take it.</summary>
    public static (string Name, IReadOnlyList<NodeEdit> Edits)? Plan(FixSite site, MethodDeclarationSyntax start, CancellationToken cancellation)
    {
        if (BlockAt(site, start, cancellation) is not { Call: IInvocationOperation { Syntax: ExpressionSyntax task } call } found
            || !site.Model.Awaitables.IsTask(call.Type)
            || found.Operation is IAwaitOperation await && site.Model.Awaitables.Behind(await.Operation, throughWaitAsync: false) != call
            || start.Parent is not TypeDeclarationSyntax type
            || FieldOfService.InStop(site, type, 0, cancellation) is not var (field, stops)
            || Start(site, start, found, task, field, cancellation) is not { } starts)
            return null;
        return (CalledNames.TextOf(task), [.. starts, .. stops]);
    }

    private static StartUpBlock? BlockAt(FixSite site, MethodDeclarationSyntax start, CancellationToken cancellation) =>
        site.Semantics.GetOperation(start, cancellation) is { } body
            ? OwnOperations.Of(body)
                .Where(operation => operation is IAwaitOperation or IReturnOperation && operation.Syntax.Span.Contains(site.Diagnostic.Location.SourceSpan))
                .Select(operation => site.Model.StartUps.Of(operation, cancellation))
                .FirstOrDefault(found => found?.Kind == StartUpKind.Waits)
            : null;

    private static IReadOnlyList<NodeEdit>? Start(FixSite site, MethodDeclarationSyntax start, StartUpBlock found, ExpressionSyntax task, string field, CancellationToken cancellation)
    {
        switch (found.Operation.Syntax)
        {
            case AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } await:
                var keep = new NodeEdit(site.Document.Id, await, "keep in a field", (current, _) =>
                    FieldOfService.Assign(field, PendingTask.ValueIn(current, task, await)).WithTriviaFrom(current));
                if (Functions.OwnAwaits(start).Count() > 1)
                    return [keep];
                return AsyncRemoval.Plan(site.Document, start, site.Semantics, site.Model, [keep], cancellation) is { } removal ? [keep, .. removal] : null;
            case AwaitExpressionSyntax { Parent: ArrowExpressionClauseSyntax }:
                return
                [
                    new NodeEdit(site.Document.Id, start, "keep in a field", (current, generator) => ExpressionBodies.WithReturn(
                        AsyncRemoval.WithoutAsync(current), start, FieldOfService.Assign(field, PendingTask.ValueIn(current, task, start)), Completed(site.Model, generator))!),
                ];
            case ReturnStatementSyntax { Expression: { } value } statement when WithoutParentheses(value) == task:
                return
                [
                    .. StatementSplicing.Replace(statement, site.Document, (current, generator) =>
                    [
                        ExpressionStatement(FieldOfService.Assign(field, ((ReturnStatementSyntax)current).Expression!.WithoutTrivia())),
                        ExpressionBodies.Return(Completed(site.Model, generator)),
                    ], asBlock: false),
                ];
            case var returned when start.ExpressionBody?.Expression == task && returned.Span.Contains(task.Span):
                return
                [
                    new NodeEdit(site.Document.Id, start, "keep in a field", (current, generator) =>
                    {
                        var value = ((MethodDeclarationSyntax)current).ExpressionBody!.Expression;
                        return ExpressionBodies.WithReturn(current, start, FieldOfService.Assign(field, value.WithoutTrivia()), Completed(site.Model, generator))!;
                    }),
                ];
            default:
                return null;
        }
    }

    private static ExpressionSyntax WithoutParentheses(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? WithoutParentheses(parenthesized.Expression) : expression;

    private static ExpressionSyntax Completed(AsyncModel model, SyntaxGenerator generator) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(model.Types, generator), IdentifierName("CompletedTask"));
}
