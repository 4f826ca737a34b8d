using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>Starts a task where it is awaited, and not before a branch that leaves it.</summary>
internal static class MovedStart
{
    /// <summary>The edits; null where something between the start and the await could tell that they change places, or more than one place awaits the task on a path.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(FixSite site, LeftTask left, CancellationToken cancellation)
    {
        if (left.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: var value } declarator
            || declarator.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration }
            || !value.Span.Contains(left.Call.Syntax.Span) || !IsPrimary(value)
            || AdjacentAwaits.ListOf(declaration) is not { } list)
            return null;
        var reads = site.Model.TaskFates.MentionsOf(left.Local, left.Call).ToList();
        if (reads.Count == 0 || !reads.All(read => IsAwaited(read, site.Model)) || !AreExclusive(reads)
            || !reads.All(read => CanMove(declaration, list.ToList(), read, site, cancellation))
            || StatementLists.Remove(site.Document, declaration) is not { } removal
            || CommentsAt(site.Document, declaration, value, reads) is not { } comments)
            return null;
        return [.. removal, .. comments, .. reads.Select(read => new NodeEdit(site.Document.Id, read.Syntax, "move the start", (current, _) => value.WithTriviaFrom(current)))];
    }

    private static bool IsPrimary(ExpressionSyntax value) => value is InvocationExpressionSyntax or MemberAccessExpressionSyntax;

    /// <summary>The edits that take the declaration's comments to the only statement that awaits the task, but for those in the start itself; null where there are several.</summary>
    private static IReadOnlyList<NodeEdit>? CommentsAt(Document document, LocalDeclarationStatementSyntax declaration, SyntaxNode start, IReadOnlyList<IOperation> reads)
    {
        var all = declaration.DescendantTrivia().Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        if (all.Any(comment => comment.HasStructure))
            return null;
        var comments = all.Where(comment => !start.Span.Contains(comment.Span)).ToList();
        if (comments.Count == 0)
            return [];
        if (reads.Count > 1 || reads[0].Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax } statement)
            return null;
        var indentation = SyntaxFactory.Whitespace(Layout.Indentation(statement));
        var lines = comments.SelectMany(comment => new[] { indentation, comment, Layout.LineBreak(statement) });
        return [new NodeEdit(document.Id, statement, $"comments of {declaration.SpanStart}", (current, _) =>
        {
            var leading = current.GetLeadingTrivia();
            // What has come here from declarations above this one stays above it.
            var before = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Count() + Math.Max(0, leading.Count - statement.GetLeadingTrivia().Count);
            return current.WithLeadingTrivia(leading.Take(before).Concat(lines).Concat(leading.Skip(before)));
        })];
    }

    private static bool IsAwaited(IOperation read, AsyncModel model) =>
        model.TaskFates.DestinationOf(read) is { End: TaskEnd.Awaited } use && use.Place.Syntax is AwaitExpressionSyntax
        && read.Syntax.Ancestors().TakeWhile(node => node != use.Place.Syntax).All(node =>
            node is ParenthesizedExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax or MemberAccessExpressionSyntax);

    /// <summary>Whether no path comes to two of the reads: they are on different branches.</summary>
    private static bool AreExclusive(IReadOnlyList<IOperation> reads) => reads.All(one => reads.All(other => one == other || AreExclusive(one.Syntax, other.Syntax)));

    private static bool AreExclusive(SyntaxNode one, SyntaxNode other)
    {
        var common = one.Ancestors().First(node => node.Span.Contains(other.Span));
        return common switch
        {
            IfStatementSyntax choice => !choice.Condition.Span.Contains(one.Span) && !choice.Condition.Span.Contains(other.Span),
            ConditionalExpressionSyntax choice => !choice.Condition.Span.Contains(one.Span) && !choice.Condition.Span.Contains(other.Span),
            SwitchStatementSyntax choice => !choice.Expression.Span.Contains(one.Span) && !choice.Expression.Span.Contains(other.Span)
                && !choice.DescendantNodes().Any(node => node is GotoStatementSyntax),
            SwitchExpressionSyntax choice => !choice.GoverningExpression.Span.Contains(one.Span) && !choice.GoverningExpression.Span.Contains(other.Span),
            _ => false,
        };
    }

    /// <summary>Whether what runs between the declaration and a read has no effect, and runs once for each start.</summary>
    private static bool CanMove(LocalDeclarationStatementSyntax declaration, IReadOnlyList<StatementSyntax> list, IOperation read, FixSite site, CancellationToken cancellation)
    {
        var own = list.FirstOrDefault(statement => statement.Span.Contains(read.Syntax.Span));
        return own is not null
            && !read.Syntax.Ancestors().TakeWhile(node => node != declaration.Parent).Any(node => IsLoop(node) || node is TryStatementSyntax or LockStatementSyntax or UsingStatementSyntax || Functions.IsFunction(node))
            && list.SkipWhile(statement => statement != declaration).Skip(1).TakeWhile(statement => statement != own).All(statement => IsCrossed(statement, site, cancellation))
            && IsCrossedInside(own, read.Syntax, site, cancellation);
    }

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    /// <summary>Whether a whole statement can run before the start: it has no effect, or it leaves.</summary>
    private static bool IsCrossed(SyntaxNode statement, FixSite site, CancellationToken cancellation) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or LocalFunctionStatementSyntax or EmptyStatementSyntax => true,
        IfStatementSyntax choice => HasNoEffect(choice.Condition, site, cancellation) && IsCrossed(choice.Statement, site, cancellation)
            && (choice.Else is null || IsCrossed(choice.Else.Statement, site, cancellation)),
        BlockSyntax block => block.Statements.LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax
            || block.Statements.All(inner => IsCrossed(inner, site, cancellation)),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } => HasNoEffect(statement, site, cancellation) || IsMovedToo(statement, site, cancellation),
        _ => false,
    };

    /// <summary>Whether a declaration starts another task that is mended together with this one, and moves away too.</summary>
    private static bool IsMovedToo(SyntaxNode declaration, FixSite site, CancellationToken cancellation) => site.Together
        .Where(other => other != site.Diagnostic && declaration.Span.Contains(other.Location.SourceSpan))
        .Select(other => new FixSite(other, site.Document, site.Root, site.Semantics, site.Model) { Together = site.Together })
        .Any(other => LeftTaskAt(other, cancellation) is { Failing.IsEmpty: true } left && Plan(other, left, cancellation) is not null);

    /// <summary>The task of a finding; null where it is no longer there.</summary>
    public static LeftTask? LeftTaskAt(FixSite site, CancellationToken cancellation) => site.Node
        .DescendantNodesAndSelf()
        .OfType<InvocationExpressionSyntax>()
        .Where(call => call.Span.End == site.Diagnostic.Location.SourceSpan.End)
        .Select(call => site.Semantics.GetOperation(call, cancellation) is IInvocationOperation operation ? site.Model.LeftTasks.Of(operation, cancellation) : null)
        .FirstOrDefault(left => left is not null);

    /// <summary>Whether the part of a statement that runs before a place in it has no effect.</summary>
    private static bool IsCrossedInside(SyntaxNode statement, SyntaxNode read, FixSite site, CancellationToken cancellation)
    {
        foreach (var node in read.AncestorsAndSelf().TakeWhile(node => node != statement))
        {
            foreach (var before in node.Parent!.ChildNodes().TakeWhile(child => child != node))
            {
                if (node.Parent is SwitchStatementSyntax or SwitchSectionSyntax && before is SwitchSectionSyntax or SwitchLabelSyntax || before is SwitchExpressionArmSyntax
                    || node.Parent is ConditionalExpressionSyntax choice && before == choice.WhenTrue
                    || node.Parent is IfStatementSyntax branch && before == branch.Statement)
                    continue;
                if (before is StatementSyntax ? !IsCrossed(before, site, cancellation) : !HasNoEffect(before, site, cancellation))
                    return false;
            }
        }

        return true;
    }

    private static bool HasNoEffect(SyntaxNode code, FixSite site, CancellationToken cancellation) => code.DescendantNodesAndSelf(node => !Functions.IsFunction(node)).All(node => node switch
    {
        AwaitExpressionSyntax or AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax { OperatorToken.RawKind: not (int)SyntaxKind.ExclamationToken } => false,
        PrefixUnaryExpressionSyntax { OperatorToken.RawKind: (int)SyntaxKind.PlusPlusToken or (int)SyntaxKind.MinusMinusToken } => false,
        InvocationExpressionSyntax call => site.Semantics.GetOperation(call, cancellation) switch
        {
            INameOfOperation => true,
            IInvocationOperation operation => OnlyAsks(operation.TargetMethod, site.Model.Types),
            _ => false,
        },
        _ => true,
    });

    /// <summary>Whether a method of the framework only tells something of what it is called on.</summary>
    private static bool OnlyAsks(IMethodSymbol method, KnownTypes types) =>
        method.ContainingType.SpecialType is SpecialType.System_String or SpecialType.System_Object
        || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, types.Task?.ContainingAssembly)
            && method.Name is "Equals" or "CompareTo" or "IsNullOrEmpty" or "IsNullOrWhiteSpace"
        || method.Name is "TryGetValue" or "ContainsKey" or "Contains" or "Any" or "Count" or "HasFlag"
            && !method.DeclaringSyntaxReferences.Any();
}
