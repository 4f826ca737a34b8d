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

/// <summary>Puts several statements where one was, or a block of them where only one may stand.</summary>
internal static class StatementSplicing
{
    private const string Purpose = "splice statements";

    private static readonly SyntaxAnnotation Spliced = new("AsyncPitfalls.Spliced");

    /// <summary>The edits that replace a statement.</summary>
    /// <param name="statement">The statement, as it is before any edit.</param>
    /// <param name="document">Its document.</param>
    /// <param name="replacements">The new statements, from the statement in its current form.</param>
    /// <param name="asBlock">Whether the new ones declare what must stay among themselves.</param>
    public static IEnumerable<NodeEdit> Replace(
        StatementSyntax statement, Document document, Func<SyntaxNode, IReadOnlyList<StatementSyntax>> replacements, bool asBlock) =>
        Replace(statement, document, (current, _) => replacements(current), asBlock);

    /// <inheritdoc cref="Replace(StatementSyntax, Document, Func{SyntaxNode, IReadOnlyList{StatementSyntax}}, bool)"/>
    public static IEnumerable<NodeEdit> Replace(
        StatementSyntax statement, Document document, Func<SyntaxNode, SyntaxGenerator, IReadOnlyList<StatementSyntax>> replacements, bool asBlock)
    {
        var splices = !asBlock && statement.Parent is BlockSyntax or SwitchSectionSyntax;
        yield return new NodeEdit(document.Id, statement, Purpose, (current, generator) =>
        {
            var lines = Lines(statement, replacements(current, generator), splices);
            return splices
                ? Block(lines.Select((line, index) => index == 0 ? WithLead(line, current) : line)
                        .Select((line, index) => index == lines.Count - 1 ? line.WithTrailingTrivia(current.GetTrailingTrivia()) : line))
                    .WithAdditionalAnnotations(Spliced)
                : Layout.Block(statement, [.. lines]).WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);
        });
        if (splices)
            yield return new NodeEdit(document.Id, statement.Parent!, Purpose, (current, _) => Splice(current));
    }

    /// <summary>The statements, each in a line of its own, with their comments.</summary>
    private static IReadOnlyList<StatementSyntax> Lines(StatementSyntax place, IReadOnlyList<StatementSyntax> statements, bool splices)
    {
        var lineBreak = Layout.LineBreak(place);
        var indentation = Whitespace(Layout.Indentation(place));
        return
        [
            .. statements.Select(statement => statement
                .WithLeadingTrivia(Comments(statement.GetLeadingTrivia()).SelectMany(comment => new[] { indentation, comment, lineBreak }).Append(indentation))
                .WithTrailingTrivia(Comments(statement.GetTrailingTrivia()).SelectMany(comment => new[] { Space, comment }).Append(lineBreak))
                .WithAdditionalAnnotations(Formatter.Annotation)),
        ];
    }

    private static StatementSyntax WithLead(StatementSyntax first, SyntaxNode replaced) =>
        first.WithLeadingTrivia(replaced.GetLeadingTrivia().AddRange(first.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))));

    private static IEnumerable<SyntaxTrivia> Comments(SyntaxTriviaList trivia) =>
        trivia.Where(item => item.IsKind(SyntaxKind.SingleLineCommentTrivia) || item.IsKind(SyntaxKind.MultiLineCommentTrivia));

    private static SyntaxNode Splice(SyntaxNode container) => container switch
    {
        BlockSyntax block => block.WithStatements(Splice(block.Statements)),
        SwitchSectionSyntax section => section.WithStatements(Splice(section.Statements)),
        _ => container,
    };

    private static SyntaxList<StatementSyntax> Splice(SyntaxList<StatementSyntax> statements) =>
        List(statements.SelectMany(statement => statement is BlockSyntax block && block.HasAnnotation(Spliced)
            ? (IEnumerable<StatementSyntax>)block.Statements
            : [statement]));
}
