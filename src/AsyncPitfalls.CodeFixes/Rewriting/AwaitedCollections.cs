using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Awaits the tasks of a local collection, <c>await Task.WhenAll(tasks);</c>, behind the last statement that fills it.</summary>
internal static class AwaitedCollections
{
    /// <summary>The kind of the mark of the last statement that fills a collection; its data is the collection's name.</summary>
    private const string Last = "AsyncPitfalls.LastFilling";

    /// <summary>
    /// The edits, and the statement behind which the await comes; null where the collection is not declared in a block that
    /// fills it, is filled by another function, which may do so later, or can be left before that statement.
    /// </summary>
    /// <param name="site">The finding.</param>
    /// <param name="collection">The local that holds the tasks.</param>
    public static (IReadOnlyList<NodeEdit> Edits, StatementSyntax Spot)? Of(FixSite site, ISymbol collection)
    {
        if (collection.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration } declarator)
            return null;
        var filled = block.Statements.Where(statement => statement.SpanStart > declaration.SpanStart && Mentions(statement, collection.Name).Any()).ToList();
        if (filled.Count == 0
            || filled.SelectMany(statement => Mentions(statement, collection.Name)).Any(name => Functions.Around(name) != Functions.Around(declarator))
            || block.Statements.SkipWhile(statement => statement != declaration).TakeWhile(statement => statement.SpanStart <= filled[filled.Count - 1].SpanStart).Any(CanLeave))
            return null;

        var last = filled[filled.Count - 1];
        return (
            [
                new NodeEdit(site.Document.Id, last, "last to fill " + collection.Name, (current, _) =>
                    current.WithAdditionalAnnotations(new SyntaxAnnotation(Last, collection.Name))),
                new NodeEdit(site.Document.Id, block, "await all of " + collection.Name, (current, generator) =>
                    WithAwait((BlockSyntax)current, last, collection.Name, TaskTypes.Plain(site.Model.Types, generator))),
            ],
            last);
    }

    private static IEnumerable<IdentifierNameSyntax> Mentions(StatementSyntax statement, string name) =>
        statement.DescendantNodes().OfType<IdentifierNameSyntax>().Where(mention => mention.Identifier.ValueText == name);

    private static bool CanLeave(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(node => !Functions.IsFunction(node))
            .Any(node => node is ReturnStatementSyntax or GotoStatementSyntax or ThrowStatementSyntax or YieldStatementSyntax);

    private static BlockSyntax WithAwait(BlockSyntax current, StatementSyntax original, string collection, TypeSyntax task)
    {
        var last = current.Statements.First(statement => statement.GetAnnotations(Last).Any(mark => mark.Data == collection));
        var lineBreak = Layout.LineBreak(original);
        var awaits = WhenAll(collection, task).WithLeadingTrivia(Whitespace(Layout.Indentation(original))).WithTrailingTrivia(lineBreak);
        var ended = last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? last : last.WithTrailingTrivia(last.GetTrailingTrivia().Add(lineBreak));
        return current.WithStatements(current.Statements.Replace(last, ended).Insert(current.Statements.IndexOf(last) + 1, awaits));
    }

    private static ExpressionStatementSyntax WhenAll(string name, TypeSyntax task) =>
        ExpressionStatement(AwaitExpression(
            Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space),
            InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, IdentifierName("WhenAll")),
                ArgumentList(SingletonSeparatedList(Argument(IdentifierName(name)))))));
}
