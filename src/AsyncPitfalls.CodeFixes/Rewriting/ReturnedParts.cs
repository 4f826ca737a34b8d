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
/// <c>list.AddRange(await Task.WhenAll(xs.Select(async x => await F(x))))</c> in the place of
/// <c>await Task.WhenAll(xs.Select(async x => list.Add(await F(x))))</c>: each task returns its part, and one adds them all.
/// </summary>
internal static class ReturnedParts
{
    private const string Purpose = "return the part";

    /// <summary>The edits; null where the lambda does not end with adding its only part, or nobody awaits all tasks in a statement of its own.</summary>
    public static IReadOnlyList<NodeEdit>? Of(FixSite site, SharedChange shared, CancellationToken cancellation)
    {
        if (shared is not { IsCollection: true, Change: IInvocationOperation { TargetMethod.Name: "Add", Syntax: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } add } call, Target.Syntax: ExpressionSyntax target }
            || AdderOf(shared.Target.Type, site.Model.Types) is not { } adder
            || Functions.Around(add) is not AnonymousFunctionExpressionSyntax lambda
            || !IsPart(site, lambda, shared, cancellation) || !EndsWith(lambda, add)
            || SharedVariables.RootOf(shared.Target) is not { } variable || Mentions(lambda, variable, site.Semantics) != 1
            || !FitsInto(site.Semantics.GetTypeInfo(arguments[0].Expression, cancellation).Type, call.Arguments[0].Parameter!.Type, site.Semantics)
            || shared.Run.Start.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } } query
            || AwaitOf(query, site, cancellation) is not { } await)
            return null;

        SyntaxNode ending = add.Parent is ExpressionStatementSyntax statement ? statement : add;
        return
        [
            new NodeEdit(site.Document.Id, ending, Purpose, (current, _) => current switch
            {
                ExpressionStatementSyntax { Expression: InvocationExpressionSyntax made } old => ReturnStatement(
                    Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), Part(made), old.SemicolonToken).WithLeadingTrivia(old.GetLeadingTrivia()),
                InvocationExpressionSyntax made => Part(made).WithTriviaFrom(made),
                _ => current,
            }),
            new NodeEdit(site.Document.Id, await, "add what is returned to " + target, (current, _) => InvocationExpression(
                    MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, target.WithoutTrivia(), IdentifierName(adder)),
                    ArgumentList(SingletonSeparatedList(Argument(((ExpressionSyntax)current).WithoutTrivia()))))
                .WithTriviaFrom(current)),
        ];
    }

    private static ExpressionSyntax Part(InvocationExpressionSyntax add) => add.ArgumentList.Arguments[0].Expression.WithoutTrivia();

    private static string? AdderOf(ITypeSymbol? collection, KnownTypes types) =>
        KnownTypes.Same(collection, types.ListOfT) ? "AddRange" : KnownTypes.Same(collection, types.HashSetOfT) ? "UnionWith" : null;

    /// <summary>Whether a lambda is an async one without a result that makes the tasks of a query.</summary>
    private static bool IsPart(FixSite site, AnonymousFunctionExpressionSyntax lambda, SharedChange shared, CancellationToken cancellation) =>
        site.Semantics.GetOperation(lambda, cancellation) is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnType: var made } } function
        && KnownTypes.Same(made, site.Model.Types.Task)
        && HandOvers.At(function)?.Receiver is IInvocationOperation { TargetMethod.Name: "Select" } selection
        && selection.Syntax == shared.Run.Start.Syntax;

    /// <summary>Whether adding the part is the last that a lambda does, on its only way to the end.</summary>
    private static bool EndsWith(AnonymousFunctionExpressionSyntax lambda, InvocationExpressionSyntax add) =>
        lambda.ExpressionBody == add
        || lambda.Block is { Statements: { Count: > 0 } statements }
        && statements[statements.Count - 1] is ExpressionStatementSyntax last && last.Expression == add
        && !Functions.OwnNodes(lambda).Any(node => node is ReturnStatementSyntax);

    private static int Mentions(AnonymousFunctionExpressionSyntax lambda, ISymbol variable, SemanticModel semantics) =>
        lambda.DescendantNodes().OfType<IdentifierNameSyntax>().Count(name =>
            name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name).Symbol, variable));

    /// <summary>Whether an array of the parts' own type can be added where each part could be.</summary>
    private static bool FitsInto(ITypeSymbol? part, ITypeSymbol element, SemanticModel semantics) =>
        part is not null
        && (SymbolEqualityComparer.Default.Equals(part, element)
            || part.IsReferenceType && element.IsReferenceType && semantics.Compilation.ClassifyConversion(part, element) is { IsImplicit: true, IsReference: true });

    /// <summary>The await of all tasks of a query, as a statement, also through the only use of a local; null where there is none.</summary>
    private static AwaitExpressionSyntax? AwaitOf(ExpressionSyntax query, FixSite site, CancellationToken cancellation)
    {
        var whole = Whole(query);
        if (whole.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true, Variables.Count: 1, Parent: LocalDeclarationStatementSyntax } } declarator })
        {
            var names = Functions.Around(declarator)?.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == declarator.Identifier.ValueText).ToList();
            return names is { Count: 1 } ? AwaitOf(names[0], site, cancellation) : null;
        }

        if (whole.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax gathering } }
            || site.Semantics.GetSymbolInfo(gathering, cancellation).Symbol is not IMethodSymbol { Name: "WhenAll", ContainingType: var type } || !KnownTypes.Same(type, site.Model.Types.Task))
            return null;
        ExpressionSyntax awaited = gathering.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } ? configured : gathering;
        return awaited.Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } await ? await : null;
    }

    /// <summary>A query with the <c>ToList()</c> or <c>ToArray()</c> that makes a collection of it.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax query) =>
        query.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } made } ? made : query;
}
