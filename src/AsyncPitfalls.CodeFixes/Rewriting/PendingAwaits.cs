using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Awaits a local at the exits of the statements that follow its declaration. Where an exit awaits another task already,
/// both are awaited together: <c>await Task.WhenAll(pending, pending1);</c>.
/// </summary>
/// <param name="document">The document of the function.</param>
/// <param name="types">The compilation's types.</param>
/// <param name="name">The name of the local.</param>
/// <param name="together">The names of other locals that hold plain tasks, which can be awaited together with this one.</param>
/// <param name="failing">Statements that await a call which may fail: its task is awaited together with the local, which would be lost otherwise.</param>
internal sealed class PendingAwaits(
    Document document, KnownTypes types, string name, ImmutableHashSet<string> together, IReadOnlyList<StatementSyntax> failing)
{
    private const string Kind = "AsyncPitfalls.Exit";
    private const string EndKind = "AsyncPitfalls.End";

    /// <summary>The mark of a statement that awaits a call which may fail.</summary>
    private static readonly SyntaxAnnotation Failing = new("AsyncPitfalls.Failing");

    /// <summary>The mark of a <c>Task.WhenAll</c> that gets further tasks.</summary>
    private static readonly SyntaxAnnotation Gathered = new("AsyncPitfalls.Gathered");

    /// <summary>The mark of a block that was put around an exit to hold its awaits.</summary>
    private static readonly SyntaxAnnotation Wrapped = new("AsyncPitfalls.Wrapped");

    private readonly SyntaxAnnotation exit = new(Kind, name);

    /// <summary>Whether the awaits end in <c>ConfigureAwait(false)</c>, as the one did that they replace; an await that is joined stays as it is.</summary>
    public bool AreConfigured { get; init; }

    /// <summary>The edits that await the local before some exits, and at the end of the statements where that is asked for.</summary>
    /// <param name="exits">The statements after the declaration.</param>
    /// <param name="early">The exits before the end.</param>
    /// <param name="atEnd">Whether the local is awaited at the end of the list as well.</param>
    /// <param name="start">The statement that gives the local its task.</param>
    public IEnumerable<NodeEdit> Edits(FunctionExits exits, IReadOnlyList<StatementSyntax> early, bool atEnd, StatementSyntax start)
    {
        foreach (var statement in failing)
            yield return new NodeEdit(document.Id, statement, "mark as failing", (current, _) => current.WithAdditionalAnnotations(Failing));
        foreach (var statement in early)
        {
            yield return IsInList(statement)
                ? new NodeEdit(document.Id, statement, $"mark {name}", (current, _) => current.WithAdditionalAnnotations(exit))
                : new NodeEdit(document.Id, statement, $"await {name}", (current, generator) => Wrap((StatementSyntax)current, statement, generator));
        }

        foreach (var list in early.Where(IsInList).Select(ListOf).Append(exits.List).Distinct())
        {
            var end = atEnd && list == exits.List ? exits.Last ?? start : null;
            if (end is not null)
                yield return new NodeEdit(document.Id, end, $"end {name}", (current, _) => current.WithAdditionalAnnotations(new SyntaxAnnotation(EndKind, name)));
            yield return new NodeEdit(document.Id, list, $"await {name}", (current, generator) => WithAwaits(current, list, start, generator));
        }
    }

    private static bool IsInList(StatementSyntax statement) => statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    private static SyntaxNode ListOf(StatementSyntax statement) =>
        statement.Parent is GlobalStatementSyntax global ? global.Parent! : statement.Parent!;

    private SyntaxNode WithAwaits(SyntaxNode list, SyntaxNode original, StatementSyntax start, SyntaxGenerator generator) => list switch
    {
        BlockSyntax block => block.WithStatements(List(WithAwaits(block.Statements, original, start, generator))),
        SwitchSectionSyntax section => section.WithStatements(List(WithAwaits(section.Statements, original, start, generator))),
        CompilationUnitSyntax unit => unit.WithMembers(List(WithAwaits(unit, start, generator))),
        _ => list,
    };

    private IEnumerable<MemberDeclarationSyntax> WithAwaits(CompilationUnitSyntax unit, StatementSyntax start, SyntaxGenerator generator)
    {
        var globals = unit.Members.OfType<GlobalStatementSyntax>().ToList();
        var statements = WithAwaits(globals.Select(global => global.Statement).ToList(), unit, start, generator);
        return statements.Select(statement => (MemberDeclarationSyntax)GlobalStatement(statement)).Concat(unit.Members.Except(globals));
    }

    private List<StatementSyntax> WithAwaits(IReadOnlyList<StatementSyntax> statements, SyntaxNode original, StatementSyntax start, SyntaxGenerator generator)
    {
        var result = new List<StatementSyntax>();
        var isAfterEnd = false;
        foreach (var statement in statements)
        {
            // What other fixes have put behind the end is awaited first.
            if (isAfterEnd && Together(statement, generator) is { } joined)
            {
                result.Add(joined);
                isAfterEnd = false;
                continue;
            }

            if (isAfterEnd)
                AddAwait(result, default, Indentation(result[result.Count - 1], start), Layout.LineBreak(start), generator);
            var isExit = statement.HasAnnotation(exit);
            var blank = isExit ? BlankLines(statement) : default;
            var isMoved = isExit && AddAwait(result, blank, Indentation(statement, start), Layout.LineBreak(start), generator);
            result.Add(isMoved ? statement.WithLeadingTrivia(statement.GetLeadingTrivia().Skip(blank.Count)) : statement);
            isAfterEnd = statement.GetAnnotations(EndKind).Any(end => end.Data == name);
        }

        if (isAfterEnd)
            AddAwait(result, default, Indentation(result[result.Count - 1], start), Layout.LineBreak(start), generator);
        return result;
    }

    private static string Indentation(StatementSyntax statement, StatementSyntax start)
    {
        var white = statement.GetLeadingTrivia().LastOrDefault();
        return white.IsKind(SyntaxKind.WhitespaceTrivia) ? white.ToString() : statement.Parent is null ? Layout.Indentation(start) : "";
    }

    /// <summary>The blank lines above a statement and its comments.</summary>
    private static SyntaxTriviaList BlankLines(StatementSyntax statement) =>
        TriviaList(statement.GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));

    /// <summary>Adds the await behind the last statement; false where that is an await that this one joins.</summary>
    private bool AddAwait(List<StatementSyntax> statements, SyntaxTriviaList blank, string indentation, SyntaxTrivia lineBreak, SyntaxGenerator generator)
    {
        var last = statements.LastOrDefault();
        if (last is not null && Together(last, generator) is { } joined)
        {
            statements[statements.Count - 1] = joined;
            return false;
        }

        if (last is not null && !last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            statements[statements.Count - 1] = last.WithTrailingTrivia(last.GetTrailingTrivia().Add(lineBreak));
        statements.Add(AwaitOwn().WithLeadingTrivia(blank.Add(Whitespace(indentation))).WithTrailingTrivia(lineBreak));
        return true;
    }

    private StatementSyntax Wrap(StatementSyntax current, StatementSyntax original, SyntaxGenerator generator)
    {
        if (current is BlockSyntax wrapped && wrapped.HasAnnotation(Wrapped) && Together(wrapped.Statements[0], generator) is { } joined)
            return wrapped.ReplaceNode(wrapped.Statements[0], joined);
        var block = Layout.Block(original.Parent!, AwaitOwn(), current.WithoutTrivia());
        if (original.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            return block.WithTrailingTrivia(current.GetTrailingTrivia()).WithAdditionalAnnotations(Wrapped);
        var onLineOfParent = block.WithLeadingTrivia(ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        return onLineOfParent.WithTrailingTrivia(current.GetTrailingTrivia()).WithAdditionalAnnotations(Wrapped);
    }

    /// <summary>One await of the task that a statement awaits and of this one; null where it awaits anything else.</summary>
    private StatementSyntax? Together(StatementSyntax statement, SyntaxGenerator generator)
    {
        if (statement is not ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: var awaited } await })
            return null;
        var others = NamesIn(ConfiguredAwaits.Bare(await));
        if (others.Count > 0 && !others.Contains(name) && together.IsSupersetOf(others))
            return Await(ConfiguredAwaits.Configured(WhenAll(others.Append(name), types, generator), ConfiguredAwaits.Are(await))).WithTriviaFrom(statement);
        return others.Count == 0 && statement.HasAnnotation(Failing)
            ? statement.CopyAnnotationsTo(Await(Gather(awaited, generator)).WithTriviaFrom(statement))
            : null;
    }

    /// <summary><c>Task.WhenAll(F(), pending)</c>, or that with one more.</summary>
    private ExpressionSyntax Gather(ExpressionSyntax awaited, SyntaxGenerator generator)
    {
        var own = Argument(IdentifierName(name));
        if (awaited is InvocationExpressionSyntax gathered && gathered.HasAnnotation(Gathered))
            return gathered.WithArgumentList(Listed(gathered.ArgumentList.Arguments.Append(own)));
        return InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("WhenAll")),
                Listed([Argument(awaited.WithoutTrivia()), own]))
            .WithAdditionalAnnotations(Gathered);
    }

    private static ArgumentListSyntax Listed(IEnumerable<ArgumentSyntax> arguments)
    {
        var all = arguments.ToList();
        return ArgumentList(SeparatedList(all, Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), all.Count - 1)));
    }

    /// <summary><c>Task.WhenAll(a, b)</c>.</summary>
    public static ExpressionSyntax WhenAll(IEnumerable<string> names, KnownTypes types, SyntaxGenerator generator) =>
        InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("WhenAll")),
            Listed(names.Select(task => Argument(IdentifierName(task)))));

    /// <summary>The names in <c>pending</c> or <c>Task.WhenAll(pending, pending1)</c>; empty for anything else.</summary>
    public static IReadOnlyList<string> NamesIn(ExpressionSyntax task) => task switch
    {
        IdentifierNameSyntax name => [name.Identifier.ValueText],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WhenAll" } } call
            when call.ArgumentList.Arguments.All(argument => argument.Expression is IdentifierNameSyntax) =>
            call.ArgumentList.Arguments.Select(argument => ((IdentifierNameSyntax)argument.Expression).Identifier.ValueText).ToList(),
        _ => [],
    };

    private StatementSyntax AwaitOwn() => Await(ConfiguredAwaits.Configured(IdentifierName(name), AreConfigured));

    private static StatementSyntax Await(ExpressionSyntax task) =>
        ExpressionStatement(AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), task));
}
