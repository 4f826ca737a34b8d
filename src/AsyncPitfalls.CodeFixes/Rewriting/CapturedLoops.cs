using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Loops that code on another thread asks for in vain, taken into a local before the code is handed over: one local for all
/// places of one kind that are handed over by the same list of statements.
/// </summary>
internal static class CapturedLoops
{
    private const string Purpose = "capture the loop";
    private const string Unit = "    ";

    /// <summary>The edits for a place; null where no function around has a loop for certain to be lost, or the code is no lambda that could use a local.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(FixSite site, MissingLoop found, CancellationToken cancellation)
    {
        if (PlaceOf(site, found, cancellation) is not { } place || Functions.Around(place) is not { } function)
            return null;
        var all = UsesIn(function, found.Kind, site, cancellation);
        var lists = all.Select(use => use.Place.Parent).Distinct().ToList();
        var group = all.Where(use => use.Place.Parent == place.Parent).ToList();
        var name = FreshNames.Series(StemOf(found.Kind), place, site.Semantics).ElementAt(lists.IndexOf(place.Parent));
        var written = (ExpressionSyntax)found.Use.Syntax.WithoutTrivia();
        var local = LocalDeclarationStatement(VariableDeclaration(
            IdentifierName("var").WithTrailingTrivia(Space),
            SingletonSeparatedList(VariableDeclarator(Identifier(name).WithTrailingTrivia(Space), null, EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), written)))));
        var first = group.Select(use => use.Place).OrderBy(candidate => candidate.SpanStart).First();
        return
        [
            .. group.Select(use => new NodeEdit(site.Document.Id, use.Expression, Purpose, (current, _) => IdentifierName(name).WithTriviaFrom(current))),
            .. first is StatementSyntax statement
                ? StatementLists.InsertBefore(site.Document, statement, _ => [local])
                : [new NodeEdit(site.Document.Id, function, Purpose + name, (current, _) => InBlock(current, function, local, site.Semantics))],
        ];
    }

    private static string StemOf(MissingLoopKind kind) => kind switch
    {
        MissingLoopKind.Scheduler => "scheduler",
        MissingLoopKind.Context => "context",
        _ => "dispatcher",
    };

    /// <summary>Every such place in a function and in the functions in it, with the statement or expression body before which it would be captured.</summary>
    private static IReadOnlyList<(ExpressionSyntax Expression, SyntaxNode Place)> UsesIn(SyntaxNode function, MissingLoopKind kind, FixSite site, CancellationToken cancellation)
    {
        var uses = new List<(ExpressionSyntax, SyntaxNode)>();
        foreach (var name in function.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText is not ("FromCurrentSynchronizationContext" or "Current" or "CurrentDispatcher"))
                continue;
            ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (whole.Parent is InvocationExpressionSyntax call && call.Expression == whole)
                whole = call;
            if (site.Semantics.GetOperation(whole, cancellation) is { } operation
                && site.Model.MissingLoops.Of(operation, cancellation) is { } found && found.Kind == kind
                && PlaceOf(site, found, cancellation) is { } place && Functions.Around(place) == function)
                uses.Add((whole, place));
        }

        return uses;
    }

    /// <summary>The statement, or the expression that is a function's body, before which there still is a loop; null where none is in sight, or the loop should not be waited for.</summary>
    private static SyntaxNode? PlaceOf(FixSite site, MissingLoop found, CancellationToken cancellation)
    {
        if (WaitsForLoop(found.Use))
            return null;
        var thread = found.Thread;
        while (thread is { Kind: LooplessKind.Pool or LooplessKind.NewThread, Receiver: { } receiver, Function: AnonymousFunctionExpressionSyntax lambda } && lambda.Span.Contains(found.Use.Syntax.Span))
        {
            if (site.Model.LooplessThreads.Of(receiver, cancellation) is not { } outer)
                return BodyPartAround(lambda);
            thread = outer;
        }

        return thread.Kind == LooplessKind.LeftByAwait && thread.Function.Span.Contains(found.Use.Syntax.Span) ? BeforeAwaits(thread.Function) : null;
    }

    /// <summary>Whether async code sends something to the context and waits for it, which no thread should do to the loop of another.</summary>
    private static bool WaitsForLoop(IOperation use)
    {
        var value = use;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent is IInvocationOperation { TargetMethod.Name: "Send" } call && call.Instance == value && Functions.IsAsync(Functions.Around(use.Syntax));
    }

    private static SyntaxNode? BodyPartAround(SyntaxNode lambda)
    {
        foreach (var node in lambda.Ancestors())
        {
            if (node is StatementSyntax and not BlockSyntax)
                return node is LocalFunctionStatementSyntax { ExpressionBody.Expression: var body } ? body : node;
            switch (node)
            {
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax } arrow:
                    return arrow.Expression;
                case LambdaExpressionSyntax { ExpressionBody: { } body }:
                    return body;
                case MemberDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: not LocalFunctionStatementSyntax }:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The statement of a function's own block that holds its first await without the loop.</summary>
    private static StatementSyntax? BeforeAwaits(SyntaxNode function) =>
        Functions.Bodies(function).FirstOrDefault() is BlockSyntax block
            ? block.Statements.FirstOrDefault(statement => statement.DescendantNodesAndSelf(node => !Functions.IsFunction(node))
                .Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "ConfigureAwait" }))
            : null;

    /// <summary>A function with an expression for its body, or the block that another edit has made of it, with the local before it.</summary>
    private static SyntaxNode InBlock(SyntaxNode current, SyntaxNode original, StatementSyntax local, SemanticModel semantics)
    {
        var body = Functions.Bodies(current).First();
        if (body is not ExpressionSyntax value)
            return current;
        var start = Functions.Bodies(original).First();
        if (Layout.Indentation(start) == Layout.Indentation(original))
            value = Indentation.Deeper(value.WithoutTrivia(), Unit).WithoutLeadingTrivia();
        var hasNoValue = Functions.SymbolOf(original, semantics) is { } symbol && (symbol.ReturnsVoid || symbol.IsAsync && symbol.ReturnType is INamedTypeSymbol { IsGenericType: false });
        StatementSyntax rest = hasNoValue ? ExpressionStatement(value.WithoutTrivia()) : ExpressionBodies.Return(value);
        return ExpressionBodies.WithBlock(current, original, Layout.Block(original, local, rest)) ?? current;
    }
}
