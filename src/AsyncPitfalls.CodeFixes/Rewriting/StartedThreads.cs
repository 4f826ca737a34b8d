using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Threads that a local holds only until they are started: <c>var t = new Thread(…); t.IsBackground = true; t.Start();</c>.</summary>
internal static class StartedThreads
{
    private const string Purpose = "started thread";

    /// <summary>The mark of a statement that is not needed any more.</summary>
    private static readonly SyntaxAnnotation Needless = new("AsyncPitfalls.Needless");

    /// <summary>The edits that put <c>_ = Task.Run(…)</c> where the thread is started; null where the local is used for more than that and settings without meaning.</summary>
    public static IReadOnlyList<NodeEdit>? Of(FixSite site, GivenCallback given, BaseObjectCreationExpressionSyntax creation, CancellationToken cancellation)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } declarator }
            || ListAround(declaration) is not { } list
            || site.Semantics.GetDeclaredSymbol(declarator, cancellation) is not ILocalSymbol local)
            return null;

        ExpressionStatementSyntax? start = null;
        var needless = new List<StatementSyntax> { declaration };
        foreach (var name in list.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != local.Name || !SymbolEqualityComparer.Default.Equals(site.Semantics.GetSymbolInfo(name, cancellation).Symbol, local))
                continue;
            if (name.Parent is not MemberAccessExpressionSyntax { Parent: ExpressionSyntax { Parent: ExpressionStatementSyntax statement } use } || ListAround(statement) != list)
                return null;
            if (use is AssignmentExpressionSyntax assignment && assignment.Left == name.Parent && PoolStarts.IsNegligible(assignment, site.Semantics))
                needless.Add(statement);
            else if (start is null && use is InvocationExpressionSyntax call && PoolStarts.IsStart(call, site.Semantics, cancellation))
                start = statement;
            else
                return null;
        }

        if (start is null || needless.Any(statement => statement.SpanStart > start.SpanStart))
            return null;
        var mark = new SyntaxAnnotation("AsyncPitfalls.Started");
        return
        [
            .. needless.Select(statement => new NodeEdit(site.Document.Id, statement, Purpose, (current, _) => current.WithAdditionalAnnotations(Needless, mark))),
            new NodeEdit(site.Document.Id, start, Purpose, (current, _) => current.WithAdditionalAnnotations(mark)),
            new NodeEdit(site.Document.Id, list, Purpose + start.SpanStart, (current, generator) =>
            {
                var started = current.GetAnnotatedNodes(mark).OfType<ExpressionStatementSyntax>().Single(statement => !statement.HasAnnotation(Needless));
                var made = current.GetAnnotatedNodes(mark).OfType<LocalDeclarationStatementSyntax>().Single();
                var lambda = given.LambdaIn(made.Declaration.Variables[0].Initializer!.Value);
                var run = started.WithExpression(PoolStarts.Run(lambda, site.Model.Types, generator).WithTriviaFrom(started.Expression));
                var withRun = current.ReplaceNode(started, run.WithLeadingTrivia(Lead(current, mark, started)));
                return withRun.RemoveNodes(withRun.GetAnnotatedNodes(Needless).Where(node => node.HasAnnotation(mark)), SyntaxRemoveOptions.KeepNoTrivia)!;
            }),
        ];
    }

    /// <summary>What stands before the new statement: what stood before the first one that goes, and the comments of the others.</summary>
    private static SyntaxTriviaList Lead(SyntaxNode list, SyntaxAnnotation mark, StatementSyntax started)
    {
        var marked = list.GetAnnotatedNodes(mark).OfType<StatementSyntax>().ToList();
        var all = marked[0].GetLeadingTrivia();
        var comments = marked
            .SelectMany(statement => new[] { statement == marked[0] ? default : statement.GetLeadingTrivia(), statement == started ? default : statement.GetTrailingTrivia() })
            .Where(trivia => trivia.Any(item => item.IsKind(SyntaxKind.SingleLineCommentTrivia) || item.IsKind(SyntaxKind.MultiLineCommentTrivia)));
        // The last one may be the space behind a comment.
        var indentation = all.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        return all.AddRange(comments.SelectMany(trivia => trivia.SkipWhile(item => item.IsKind(SyntaxKind.WhitespaceTrivia) || item.IsKind(SyntaxKind.EndOfLineTrivia))
            .Reverse().SkipWhile(item => item.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse().Append(indentation)));
    }

    private static SyntaxNode? ListAround(StatementSyntax statement) =>
        statement.Parent is BlockSyntax or SwitchSectionSyntax ? statement.Parent : null;
}
