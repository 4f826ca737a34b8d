using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Puts what stands between taking a lock and releasing it into a <c>try</c>, and the release into its <c>finally</c>. What is declared
/// there and used afterwards is declared before the <c>try</c>.
/// </summary>
internal static class GuardedRelease
{
    private const string Kind = "AsyncPitfalls.Guarded";

    /// <summary>The edits that mark the statement that takes the lock, and make the <c>try</c>; none where the release is in a <c>finally</c> already, or cannot get there.</summary>
    public static IReadOnlyList<NodeEdit> OfTaking(LockCall taking, CodePlace place, CancellationToken cancellation)
    {
        if (place.Model.HeldLocks.Of(taking.Call, cancellation) is null || SpanOf(taking, place, cancellation) is not var (block, first, _, outer))
            return [];
        var key = KeyOf(taking);
        var locals = outer.Select(declaration => (ILocalSymbol)place.Semantics.GetDeclaredSymbol(declaration.Declaration.Variables[0], cancellation)!).ToList();
        return
        [
            Mark(place, first, "take " + key),
            .. outer.Select(declaration => new NodeEdit(place.Document.Id, declaration, key, (current, _) => Assigned((LocalDeclarationStatementSyntax)current))),
            new NodeEdit(place.Document.Id, block, key, (current, generator) => Guard((BlockSyntax)current, block, key, locals, generator)),
        ];
    }

    /// <summary>The edit that marks the statement that releases the lock; none where it stays where it is.</summary>
    public static IReadOnlyList<NodeEdit> OfRelease(LockCall release, CodePlace place, CancellationToken cancellation) => place.Model.HeldLocks.Calls
        .In(OwnOperations.FunctionAround(release.Call), cancellation)
        .Where(call => call.Takes && call.IsSameLock(release))
        .Where(taking => place.Model.HeldLocks.Of(taking.Call, cancellation) is not null && SpanOf(taking, place, cancellation) is var (_, _, last, _) && last.Span.Contains(release.Call.Syntax.Span))
        .Select(taking => Mark(place, (StatementSyntax)release.Call.Syntax.Parent!, "release " + KeyOf(taking)))
        .ToList();

    private static string KeyOf(LockCall taking) => $"guard {taking.Call.Syntax.SpanStart}";

    private static NodeEdit Mark(CodePlace place, StatementSyntax statement, string key) =>
        new(place.Document.Id, statement, key, (current, _) => current.WithAdditionalAnnotations(new SyntaxAnnotation(Kind, key)));

    /// <summary>
    /// The block that takes and releases the lock with two of its statements, these, and the declarations between them that
    /// what follows uses too; null where they are no such two, or what follows needs more.
    /// </summary>
    private static (BlockSyntax Block, StatementSyntax First, StatementSyntax Last, IReadOnlyList<LocalDeclarationStatementSyntax> Outer)? SpanOf(LockCall taking, CodePlace place, CancellationToken cancellation)
    {
        if (taking.Call.Syntax.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax block } first)
            return null;
        var later = place.Model.HeldLocks.Calls
            .In(OwnOperations.FunctionAround(taking.Call), cancellation)
            .Where(call => call.IsSameLock(taking) && call.Call.Syntax.SpanStart > first.Span.End && block.Span.Contains(call.Call.Syntax.Span))
            .ToList();
        if (later.FirstOrDefault() is not { Takes: false, Call.Syntax.Parent: ExpressionStatementSyntax last } || last.Parent != block)
            return null;
        var between = block.Statements.SkipWhile(statement => statement != first).Skip(1).TakeWhile(statement => statement != last).ToList();
        return between.Count > 0 && between.All(CanBeInside) && DeclaredForLater(between, place) is { } outer ? (block, first, last, outer) : null;
    }

    private static bool CanBeInside(StatementSyntax statement) =>
        statement is not (LocalFunctionStatementSyntax or LabeledStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
        && !statement.DescendantTrivia().Any(trivia => trivia.IsDirective);

    /// <summary>The declarations of locals that are used after the statements; null where one of them cannot stand apart from its value.</summary>
    private static IReadOnlyList<LocalDeclarationStatementSyntax>? DeclaredForLater(IReadOnlyList<StatementSyntax> between, CodePlace place)
    {
        var flow = place.Semantics.AnalyzeDataFlow(between[0], between[between.Count - 1]);
        if (flow is not { Succeeded: true })
            return null;
        var later = flow.VariablesDeclared.Where(variable => flow.ReadOutside.Contains(variable) || flow.WrittenOutside.Contains(variable)).ToList();
        var declarations = between.OfType<LocalDeclarationStatementSyntax>()
            .Where(declaration => declaration.Declaration.Variables.Any(variable => later.Contains(place.Semantics.GetDeclaredSymbol(variable)!, SymbolEqualityComparer.Default)))
            .ToList();
        return declarations.Count == later.Count && declarations.All(declaration => CanBeSplit(declaration, place)) ? declarations : null;
    }

    private static bool CanBeSplit(LocalDeclarationStatementSyntax declaration, CodePlace place) =>
        declaration is { IsConst: false, Declaration: { Variables: { Count: 1 } variables, Type: not RefTypeSyntax } }
        && variables[0].Initializer is { Value: not InitializerExpressionSyntax }
        && !KeptComments.Has(declaration.Declaration.Type)
        && place.Semantics.GetDeclaredSymbol(variables[0]) is ILocalSymbol { Type: { IsAnonymousType: false, TypeKind: not TypeKind.Error } };

    /// <summary>The value of a declaration as an assignment, with its comments.</summary>
    private static StatementSyntax Assigned(LocalDeclarationStatementSyntax declaration)
    {
        var variable = declaration.Declaration.Variables[0];
        return ExpressionStatement(
                AssignmentExpression(
                    SyntaxKind.SimpleAssignmentExpression,
                    IdentifierName(variable.Identifier),
                    variable.Initializer!.EqualsToken,
                    variable.Initializer.Value),
                declaration.SemicolonToken)
            .WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    private static BlockSyntax Guard(BlockSyntax current, BlockSyntax original, string key, IReadOnlyList<ILocalSymbol> outer, SyntaxGenerator generator)
    {
        var statements = current.Statements.ToList();
        var from = statements.FindIndex(statement => IsMarked(statement, "take " + key));
        var to = statements.FindIndex(statement => IsMarked(statement, "release " + key));
        if (from < 0 || to <= from)
            return current;
        var inLines = original.Statements.All(statement => statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia));
        var attempt = Try(statements.GetRange(from + 1, to - from - 1), statements[to], original, inLines);
        statements.RemoveRange(from + 1, to - from);
        statements.Insert(from + 1, attempt);
        statements.InsertRange(from + 1, outer.Select(local => Declared(local, original, inLines, generator)));
        return inLines
            ? current.WithStatements(List(statements))
            : Layout.Block(original, [.. statements]).WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static StatementSyntax Declared(ILocalSymbol local, BlockSyntax original, bool inLines, SyntaxGenerator generator) => LocalDeclarationStatement(VariableDeclaration(
            ((TypeSyntax)generator.TypeExpression(local.Type)).WithTrailingTrivia(Space).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation),
            SingletonSeparatedList(VariableDeclarator(local.Name))))
        .WithLeadingTrivia(inLines ? Whitespace(Layout.InnerIndentation(original)) : ElasticMarker)
        .WithTrailingTrivia(Layout.LineBreak(original));

    private static TryStatementSyntax Try(IReadOnlyList<StatementSyntax> guarded, StatementSyntax release, BlockSyntax original, bool inLines)
    {
        var lineBreak = Layout.LineBreak(original);
        var unit = Layout.Unit(original);
        var outer = Whitespace(inLines ? Layout.InnerIndentation(original) : "");
        var attempt = TryStatement(
            Token(SyntaxKind.TryKeyword).WithLeadingTrivia(outer).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
            InBraces([.. guarded.Select((statement, index) => Moved(statement, unit, lineBreak, inLines, index == 0))], outer, lineBreak),
            default,
            FinallyClause(
                Token(SyntaxKind.FinallyKeyword).WithLeadingTrivia(outer).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
                InBraces([Moved(release, unit, lineBreak, inLines, isFirst: true)], outer, lineBreak)));
        return inLines ? attempt : attempt.WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static StatementSyntax Moved(StatementSyntax statement, string unit, SyntaxTrivia lineBreak, bool inLines, bool isFirst)
    {
        if (!inLines)
            return statement.WithTrailingTrivia(statement.GetTrailingTrivia().Add(lineBreak));
        if (isFirst)
            statement = statement.WithLeadingTrivia(statement.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        return Indentation.Deeper(statement, unit);
    }

    private static BlockSyntax InBraces(StatementSyntax[] statements, SyntaxTrivia indentation, SyntaxTrivia lineBreak) => Block(
        Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(indentation).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation),
        List(statements),
        Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(indentation).WithTrailingTrivia(lineBreak).WithAdditionalAnnotations(Formatter.Annotation));

    private static bool IsMarked(StatementSyntax statement, string key) => statement.GetAnnotations(Kind).Any(annotation => annotation.Data == key);
}
