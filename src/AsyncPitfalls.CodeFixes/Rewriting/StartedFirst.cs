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

/// <summary>An endless task that is waited for too early: it is started there, and awaited after all that follows.</summary>
/// <param name="Wait">The wait.</param>
/// <param name="Place">The expression that waits.</param>
/// <param name="Statement">The statement that holds nothing else.</param>
internal sealed record StartedFirst(EndlessWait Wait, ExpressionSyntax Place, ExpressionStatementSyntax Statement)
{
    private string Stem => RunningNames.Of(CalledNames.TextOf(Wait.Call.Syntax));

    /// <summary>
    /// The wait of a finding. Null where it is no statement of its own, where its await is configured in a way of its own, where starting the task would not come back
    /// either, and where what follows would take away what the task works with.
    /// </summary>
    public static StartedFirst? At(FixSite site, CancellationToken cancellation)
    {
        var wait = site.Node.AncestorsAndSelf().TakeWhile(node => node is ExpressionSyntax)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .OfType<IOperation>()
            .Where(operation => EndlessWaits.Kinds.Contains(operation.Kind))
            .Select(operation => site.Model.EndlessWaits.Of(operation, cancellation))
            .FirstOrDefault(found => found is not null);
        return wait is { Operation.Syntax: ExpressionSyntax place }
            && WaitedFor(wait.Operation, site.Model) == wait.Call
            && place.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax statement
            && WithoutParentheses(statement.Expression) == place
            && !(place is AwaitExpressionSyntax await && ConfiguredAwaits.AreSpecial(await))
            && Suspends(wait.Call, cancellation)
            && !wait.After.Any(after => site.Semantics.GetOperation(after, cancellation) is IInvocationOperation call && Ends(call, wait.Call, site.Model))
                ? new StartedFirst(wait, place, statement)
                : null;
    }

    /// <summary>The edits; null where not all that never runs stands between the start and the end of its list.</summary>
    public IReadOnlyList<NodeEdit>? Edits(FixSite site, CancellationToken cancellation)
    {
        if (FunctionExits.After(Statement) is not { Last: { } last } exits)
            return null;
        var early = exits.Early(null).ToList();
        var atEnd = exits.IsOpenAtEnd(null, site.Semantics);
        var end = atEnd ? early.Count == 0 : early.Count == 1 && early[0] == last;
        if (!end || !Wait.After.All(after => after.SpanStart >= Statement.Span.End && after.Span.End <= (atEnd ? last.Span.End : last.SpanStart)))
            return null;

        var name = FreshNames.Series(Stem, Statement, site.Semantics).ElementAt(NumberOf(site, cancellation));
        var declare = new NodeEdit(site.Document.Id, Statement, "start first", (current, _) =>
            PendingTask.Declaration(name, Started(PendingTask.ValueIn(current, (ExpressionSyntax)Wait.Call.Syntax, Statement), site.Model)).WithTriviaFrom(current));
        var before = atEnd ? last : AdjacentAwaits.ListOf(last)!.TakeWhile(statement => statement != last).Last();
        if (!before.DescendantNodes(node => !Functions.IsFunction(node)).Any(node => node is AwaitExpressionSyntax))
        {
            var awaits = new PendingAwaits(site.Document, site.Model.Types, name, PendingTask.Together(site, Statement, Stem), [])
            {
                AreConfigured = Place is AwaitExpressionSyntax await && ConfiguredAwaits.Are(await),
            };
            return [declare, .. awaits.Edits(exits, early, atEnd, Statement)];
        }

        // Awaited one after the other, the failure of the first would leave the task alone.
        return TaskAwaitedBy(before, site, cancellation) is { } other
            ? [declare, new NodeEdit(site.Document.Id, other, $"await {name}", (current, generator) => With(name, (ExpressionSyntax)current, site.Model.Types, generator))]
            : null;
    }

    private static ExpressionSyntax WithoutParentheses(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? WithoutParentheses(parenthesized.Expression) : expression;

    /// <summary>What an await or wait waits for, without <c>ConfigureAwait</c>; null where that is more than one task.</summary>
    private static IOperation? WaitedFor(IOperation operation, AsyncModel model) =>
        (operation is IAwaitOperation await ? await.Operation : model.BlockingWaits.Of(operation)?.Awaited) is { } task
            ? model.Awaitables.Behind(task, throughWaitAsync: false)
            : null;

    /// <summary>Whether a call gives its thread back: what it runs awaits, or runs elsewhere.</summary>
    private static bool Suspends(IInvocationOperation call, CancellationToken cancellation) =>
        Bodies.SyntaxOf(call.TargetMethod, cancellation) is not { } function
        || (Functions.IsAsync(function)
            ? Functions.Awaits(function)
            : !Functions.OwnNodes(function).Any(node => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or GotoStatementSyntax));

    /// <summary>Whether a call that follows ends the work: it disposes, stops or closes what the endless call works with, or cancels a source.</summary>
    private static bool Ends(IInvocationOperation call, IInvocationOperation endless, AsyncModel model) =>
        KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.CancellationTokenSource)
        || Inheritance.Implements(call.TargetMethod, model.Types.Disposable)
        || Inheritance.Implements(call.TargetMethod, model.Types.AsyncDisposable)
        || Inheritance.Implements(call.TargetMethod, model.Types.HostedService)
        || KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.Host)
        || (call.TargetMethod.Name.StartsWith("Stop", System.StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Close", System.StringComparison.Ordinal))
            && Variables.SymbolOf(call.Instance) is { } stopped && SymbolEqualityComparer.Default.Equals(stopped, Variables.SymbolOf(endless.Instance));

    /// <summary>The call as a task that can be awaited later.</summary>
    private ExpressionSyntax Started(ExpressionSyntax call, AsyncModel model) => model.Awaitables.IsValueTask(Wait.Call.Type)
        ? InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, call, IdentifierName("AsTask")))
        : call;

    /// <summary>The task that a statement does nothing but await, without its <c>ConfigureAwait(false)</c>; null where that can be awaited only there.</summary>
    private static ExpressionSyntax? TaskAwaitedBy(StatementSyntax statement, FixSite site, CancellationToken cancellation) =>
        statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax await }
        && ConfiguredAwaits.Bare(await) is var task
        && site.Model.Awaitables.IsTask(site.Semantics.GetTypeInfo(task, cancellation).Type)
        && !task.DescendantNodes(node => !Functions.IsFunction(node)).Any(node => node is AwaitExpressionSyntax)
            ? task
            : null;

    /// <summary><c>Task.WhenAll</c> of the task and what is awaited already, or of those that this waits for; calls come last.</summary>
    private static ExpressionSyntax With(string name, ExpressionSyntax other, KnownTypes types, SyntaxGenerator generator)
    {
        var all = other is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAll" }, ArgumentList.Arguments: { Count: > 1 } listed }
            ? listed.Select(argument => argument.Expression).ToList()
            : [other.WithoutTrivia()];
        all.Insert(all.FindLastIndex(task => task is IdentifierNameSyntax) + 1, IdentifierName(name));
        return InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("WhenAll")),
                ArgumentList(SeparatedList(all.Select(Argument), Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), all.Count - 1))))
            .WithTriviaFrom(other);
    }

    /// <summary>How many waits of the same function, mended together with this one, take a name of the same series before it.</summary>
    private int NumberOf(FixSite site, CancellationToken cancellation) => site.Together
        .Where(other => other.Location.SourceSpan.Start < site.Diagnostic.Location.SourceSpan.Start && FreshNames.Scope(Statement).Span.Contains(other.Location.SourceSpan))
        .Select(other => At(new FixSite(other, site.Document, site.Root, site.Semantics, site.Model), cancellation))
        .Count(other => other?.Stem == Stem);
}
