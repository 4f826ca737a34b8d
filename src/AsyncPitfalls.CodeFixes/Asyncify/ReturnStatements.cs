using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Asyncify;

/// <summary>
/// Finishes the <c>return</c> statements that <see cref="TaskReturns"/> has marked, where one statement becomes two:
/// <c>return F();</c> is <c>await F(); return;</c> in an async function without a result.
/// </summary>
internal static class ReturnStatements
{
    private static readonly SyntaxAnnotation NewBlock = new("AsyncPitfalls.NewBlock");

    /// <summary>A function whose marked statements are finished; one that ends the function is not needed.</summary>
    public static SyntaxNode Finish(SyntaxNode function)
    {
        if (!function.GetAnnotatedNodes(TaskReturns.AwaitFirst).Any() && !function.GetAnnotatedNodes(TaskReturns.Bare).Any())
            return function;
        var last = Functions.Bodies(function).OfType<BlockSyntax>().SelectMany(Last);
        var splitter = new Splitter([.. last], Layout.LineBreak(function));
        return BreakLinesBeforeBlocks(splitter.Visit(function), splitter.LineBreak);
    }

    /// <summary>The statements behind which a function has nothing left to do: its last one, and the last ones in that if it is a <c>using</c> or <c>try</c>.</summary>
    private static IEnumerable<StatementSyntax> Last(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.Count == 0 ? [] : Last(block.Statements[block.Statements.Count - 1]),
        UsingStatementSyntax resource => Last(resource.Statement),
        TryStatementSyntax attempt => attempt.Catches.Select(handler => handler.Block).Prepend(attempt.Block).SelectMany(Last),
        _ => [statement],
    };

    /// <summary>Puts the new blocks in lines of their own.</summary>
    private static SyntaxNode BreakLinesBeforeBlocks(SyntaxNode function, SyntaxTrivia lineBreak)
    {
        var before = function.GetAnnotatedNodes(NewBlock).Select(block => block.GetFirstToken().GetPreviousToken());
        return function.ReplaceTokens(before, (_, token) =>
            token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? token : token.WithTrailingTrivia(lineBreak));
    }

    private sealed class Splitter(HashSet<StatementSyntax> last, SyntaxTrivia lineBreak) : CSharpSyntaxRewriter
    {
        public SyntaxTrivia LineBreak { get; } = lineBreak;

        public override SyntaxNode? VisitBlock(BlockSyntax node) => node.WithStatements(Split(node.Statements));

        public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node) => node.WithStatements(Split(node.Statements));

        public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
        {
            // An embedded statement: if (x) return F();
            if (!node.HasAnnotation(TaskReturns.AwaitFirst))
                return node;
            var (awaits, returns) = Parts(node);
            if (last.Contains(node))
                return awaits;
            return Layout.Block(node.Parent!, awaits, returns).WithTrailingTrivia(LineBreak).WithAdditionalAnnotations(NewBlock);
        }

        private SyntaxList<StatementSyntax> Split(SyntaxList<StatementSyntax> statements)
        {
            var split = new List<StatementSyntax>();
            foreach (var statement in statements)
            {
                if (statement.HasAnnotation(TaskReturns.AwaitFirst))
                {
                    var (awaits, returns) = Parts((ReturnStatementSyntax)statement);
                    split.Add(awaits);
                    if (!last.Contains(statement))
                        split.Add(returns);
                }
                else if (!last.Contains(statement) || !statement.HasAnnotation(TaskReturns.Bare) || HasComment(statement))
                {
                    split.Add((StatementSyntax)Visit(statement));
                }
            }

            return List(split);
        }

        private static (StatementSyntax Awaits, StatementSyntax Returns) Parts(ReturnStatementSyntax statement)
        {
            var indentation = statement.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
            var awaits = ExpressionStatement(statement.Expression!.WithLeadingTrivia(statement.GetLeadingTrivia()), statement.SemicolonToken);
            var returns = ReturnStatement().WithLeadingTrivia(indentation).WithTrailingTrivia(statement.GetTrailingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            return (awaits, returns);
        }

        private static bool HasComment(SyntaxNode node) =>
            node.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective);
    }
}
