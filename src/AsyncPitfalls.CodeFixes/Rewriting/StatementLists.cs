using System;
using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Puts statements before one, and takes statements away, in blocks, sections of a <c>switch</c> and top-level statements; the others stay as they are written.</summary>
internal static class StatementLists
{
    private const string Kind = "AsyncPitfalls.Statement";

    /// <summary>The edits that put statements before one; where that stands alone, all get a block.</summary>
    /// <param name="document">The document.</param>
    /// <param name="statement">The statement, as it is before any edit.</param>
    /// <param name="make">Makes the new statements, without trivia.</param>
    /// <param name="what">What is put there, where several fixes may put different statements before the same one.</param>
    public static IEnumerable<NodeEdit> InsertBefore(Document document, StatementSyntax statement, Func<SyntaxGenerator, IReadOnlyList<StatementSyntax>> make, string what = "")
    {
        var key = $"insert {what} before {statement.SpanStart}";
        if (ListOf(statement) is not { } list)
        {
            yield return new NodeEdit(document.Id, statement, key, (current, generator) => InBlock((StatementSyntax)current, statement, make(generator)));
            yield break;
        }

        yield return Mark(document, statement, key);
        yield return new NodeEdit(document.Id, list, key, (current, generator) => Change(current, key, marked => Before(marked, statement, make(generator))));
    }

    /// <summary>The edits that take a statement away, with its comments; null where it stands alone.</summary>
    public static IReadOnlyList<NodeEdit>? Remove(Document document, StatementSyntax statement)
    {
        var key = $"remove {statement.SpanStart}";
        return ListOf(statement) is not { } list
            ? null
            : [Mark(document, statement, key), new NodeEdit(document.Id, list, key, (current, _) => WithoutBlankStart(Change(current, key, _ => []), current, key))];
    }

    /// <summary>A block without the blank lines that its first statement had above it, where another one stood there before.</summary>
    private static SyntaxNode WithoutBlankStart(SyntaxNode list, SyntaxNode before, string key) =>
        list is BlockSyntax { Statements: { Count: > 0 } statements } block && before is BlockSyntax { Statements: var earlier } && IsMarked(earlier[0], key)
            ? block.ReplaceNode(statements[0], statements[0].WithLeadingTrivia(statements[0].GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))))
            : list;

    private static NodeEdit Mark(Document document, StatementSyntax statement, string key) =>
        new(document.Id, statement, key, (current, _) => current.WithAdditionalAnnotations(new SyntaxAnnotation(Kind, key)));

    private static SyntaxNode? ListOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax => statement.Parent,
        GlobalStatementSyntax global => global.Parent,
        _ => null,
    };

    private static SyntaxNode Change(SyntaxNode list, string key, Func<StatementSyntax, IEnumerable<StatementSyntax>> change)
    {
        return list switch
        {
            BlockSyntax block => block.WithStatements(List(block.Statements.SelectMany(Changed))),
            SwitchSectionSyntax section => section.WithStatements(List(section.Statements.SelectMany(Changed))),
            CompilationUnitSyntax unit => unit.WithMembers(List(unit.Members.SelectMany(member => member is GlobalStatementSyntax { Statement: var statement } && IsMarked(statement, key)
                ? change(statement).Select(made => (MemberDeclarationSyntax)GlobalStatement(made))
                : [member]))),
            _ => list,
        };

        IEnumerable<StatementSyntax> Changed(StatementSyntax statement) => IsMarked(statement, key) ? change(statement) : [statement];
    }

    private static bool IsMarked(StatementSyntax statement, string key) => statement.GetAnnotations(Kind).Any(annotation => annotation.Data == key);

    private static StatementSyntax InBlock(StatementSyntax statement, StatementSyntax original, IReadOnlyList<StatementSyntax> made)
    {
        var block = Layout.Block(original.Parent!, [.. made, statement.WithoutTrivia()]).WithTrailingTrivia(statement.GetTrailingTrivia());
        if (!original.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            return block.WithLeadingTrivia(ElasticMarker).WithAdditionalAnnotations(Formatter.Annotation);
        var above = statement.GetLeadingTrivia().Reverse().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        return block.WithLeadingTrivia(above.Concat(block.GetLeadingTrivia()));
    }

    /// <summary>The new statements in lines of their own, below the blank lines above the statement and above its comments.</summary>
    private static IEnumerable<StatementSyntax> Before(StatementSyntax statement, StatementSyntax original, IReadOnlyList<StatementSyntax> made)
    {
        var leading = statement.GetLeadingTrivia();
        var blank = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        var indentation = Whitespace(Layout.Indentation(original));
        for (var i = 0; i < made.Count; i++)
        {
            yield return made[i]
                .WithLeadingTrivia(i == 0 ? TriviaList(blank).Add(indentation) : TriviaList(indentation))
                .WithTrailingTrivia(Layout.LineBreak(original));
        }

        yield return statement.WithLeadingTrivia(leading.Skip(blank.Count));
    }
}
