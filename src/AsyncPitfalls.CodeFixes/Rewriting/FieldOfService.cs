using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Keeps a task that a hosted service starts in a field, and returns it from <c>StopAsync</c>, for which the host waits.</summary>
internal static class FieldOfService
{
    /// <summary>Whether a task belongs there: it is started while the service starts, and may run until the service stops.</summary>
    public static bool IsFor(LostTask lost, AsyncModel model) =>
        lost.End.Surrounding == Surrounding.HostedService && lost.End.Name is "StartAsync" or "StartingAsync" or "StartedAsync";

    /// <summary>The edits; null where the type has no <c>StopAsync</c> in the same file whose end can take one more task.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(FixSite site, DroppedTask dropped, CancellationToken cancellation) =>
        dropped is { Lost.Fate.Variable: null, Place: var place, Statement: { } statement }
        && statement.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && PendingTask.TaskOf(site, dropped, cancellation) is var (task, toTask)
        && InStop(site, type, NumberOf(site, type, dropped, cancellation), cancellation) is var (name, edits)
            ? [new NodeEdit(site.Document.Id, place, "keep in a field", (current, generator) => Assign(name, toTask(Kept(current, task, place), generator)).WithTriviaFrom(current)), .. edits]
            : null;

    /// <summary>The name of a new field, and the edits that declare it and await it in <c>StopAsync</c>; null where that is not in the same file, or its end cannot take one more task.</summary>
    /// <param name="site">The finding.</param>
    /// <param name="type">The service.</param>
    /// <param name="number">How many tasks of the service get a field before this one.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (string Name, IReadOnlyList<NodeEdit> Edits)? InStop(FixSite site, TypeDeclarationSyntax type, int number, CancellationToken cancellation)
    {
        if (StopOf(type, site, cancellation) is not { } stop || ReturnedBy(stop, site, cancellation) is not { } returned)
            return null;
        var name = FreshNames.Series(Stem(type), type, site.Semantics).ElementAt(number);
        var token = TokenOf(stop, site);
        return (name,
        [
            new NodeEdit(site.Document.Id, returned, $"await {name}", (current, generator) => With((ExpressionSyntax)current, name, token, site.Model.Types, generator)),
            new NodeEdit(site.Document.Id, type, $"add {name}", (current, generator) => WithField((TypeDeclarationSyntax)current, type, name, site.Model.Types, generator)),
        ]);
    }

    private static MethodDeclarationSyntax? StopOf(TypeDeclarationSyntax type, FixSite site, CancellationToken cancellation) =>
        type.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(method =>
            method.Identifier.ValueText == "StopAsync"
            && site.Semantics.GetDeclaredSymbol(method, cancellation) is { } symbol
            && Inheritance.Implements(symbol, site.Model.Types.HostedService));

    /// <summary>The only task that a method without <c>async</c> returns: its expression body, or the value of its last and only <c>return</c>.</summary>
    private static ExpressionSyntax? ReturnedBy(MethodDeclarationSyntax method, FixSite site, CancellationToken cancellation)
    {
        if (Functions.IsAsync(method))
            return null;
        var returns = Functions.OwnNodes(method).OfType<ReturnStatementSyntax>().ToList();
        var value = method.ExpressionBody?.Expression ?? (returns.Count == 1 && returns[0].Parent == method.Body ? returns[0].Expression : null);
        return value is not null && site.Model.Awaitables.IsTask(site.Semantics.GetTypeInfo(value, cancellation).Type) ? value : null;
    }

    /// <summary>The token with which the host ends its patience, where a wait for a task can take one.</summary>
    private static string? TokenOf(MethodDeclarationSyntax stop, FixSite site) =>
        site.Model.Types.Task!.GetMembers("WaitAsync").Any() ? stop.ParameterList.Parameters.FirstOrDefault()?.Identifier.ValueText : null;

    /// <summary>What is returned, with the field's task: <c>Task.CompletedTask</c> makes room, fields of before are joined.</summary>
    private static ExpressionSyntax With(ExpressionSyntax returned, string name, string? token, KnownTypes types, SyntaxGenerator generator)
    {
        var (task, isWaiting) = returned is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitAsync" } wait }
            ? (wait.Expression, true)
            : (returned, false);
        var names = PendingAwaits.NamesIn(task);
        ExpressionSyntax all = names.Count > 0
            ? PendingAwaits.WhenAll(names.Append(name), types, generator)
            : IdentifierName(name);
        if (token is not null)
            all = InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, all, IdentifierName("WaitAsync")),
                ArgumentList(SingletonSeparatedList(Argument(IdentifierName(token)))));
        var isDone = names.Count > 0 || returned is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } || isWaiting;
        return isDone
            ? all.WithTriviaFrom(returned)
            : InvocationExpression(
                    MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("WhenAll")),
                    ArgumentList(SeparatedList([Argument(returned.WithoutTrivia()), Argument(all)], [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)])))
                .WithTriviaFrom(returned);
    }

    private static ExpressionSyntax Kept(SyntaxNode current, ExpressionSyntax task, SyntaxNode place) =>
        (ExpressionSyntax)(current is AssignmentExpressionSyntax { Right: var right } && place is AssignmentExpressionSyntax { Right: var original } && original == task ? right : current).WithoutTrivia();

    /// <summary><c>name = task</c>.</summary>
    public static ExpressionSyntax Assign(string name, ExpressionSyntax task) => AssignmentExpression(
        SyntaxKind.SimpleAssignmentExpression,
        IdentifierName(name).WithTrailingTrivia(Space),
        Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
        task);

    /// <summary>The type with the field behind its other fields, in the style of these.</summary>
    private static TypeDeclarationSyntax WithField(TypeDeclarationSyntax type, TypeDeclarationSyntax original, string name, KnownTypes types, SyntaxGenerator generator)
    {
        var lineBreak = Layout.LineBreak(original);
        var indentation = Layout.Indentation(original.Members[0]);
        var field = FieldDeclaration(VariableDeclaration(
                TaskTypes.Plain(types, generator).WithTrailingTrivia(Space),
                SingletonSeparatedList(VariableDeclarator(
                    Identifier(name).WithTrailingTrivia(Space),
                    null,
                    EqualsValueClause(
                        Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
                        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("CompletedTask")))))))
            .WithModifiers(TokenList(Token(SyntaxKind.PrivateKeyword).WithTrailingTrivia(Space)))
            .WithLeadingTrivia(Whitespace(indentation));
        var at = 0;
        while (at < type.Members.Count && type.Members[at] is FieldDeclarationSyntax)
            at++;
        return type.WithMembers(type.Members.Insert(at, at > 0 ? field.WithTrailingTrivia(lineBreak) : field.WithTrailingTrivia(lineBreak, lineBreak)));
    }

    private static string Stem(TypeDeclarationSyntax type) =>
        type.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables).Any(variable => variable.Identifier.ValueText.StartsWith("_", System.StringComparison.Ordinal))
            ? "_pending"
            : "pending";

    private static int NumberOf(FixSite site, TypeDeclarationSyntax type, DroppedTask dropped, CancellationToken cancellation) => type.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .TakeWhile(call => call != dropped.Lost.Call.Syntax)
        .Count(call => site.Semantics.GetOperation(call, cancellation) is Microsoft.CodeAnalysis.Operations.IInvocationOperation operation
            && site.Model.LostTasks.Of(operation, cancellation) is { Fate.Variable: null } lost
            && IsFor(lost, site.Model)
            && DroppedTask.Of(lost) is { Statement: not null });
}
