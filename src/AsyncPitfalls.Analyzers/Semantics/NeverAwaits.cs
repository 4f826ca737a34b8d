using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>An async function without an await of its own.</summary>
/// <param name="Function">The declaration, lambda or anonymous method.</param>
/// <param name="Symbol">The function's symbol; of a partial method, the part that has the body.</param>
/// <param name="Spot">What shows the defect: the identifier, or the <c>async</c> of a lambda.</param>
/// <param name="IsDictated">Whether an override or interface dictates the signature.</param>
internal sealed record NeverAwaitingFunction(SyntaxNode Function, IMethodSymbol Symbol, SyntaxToken Spot, bool IsDictated);

/// <summary>Which async functions never suspend, because they hold no <c>await</c>, <c>await foreach</c> or <c>await using</c>.</summary>
internal sealed class NeverAwaits(AsyncModel model)
{
    /// <summary>
    /// What is known of a function that is async and never awaits, by the operation of its body or declaration. Null for
    /// all others, for async iterators, for bodies that only throw, where no completed value of the return type is known,
    /// where the await is in code that <c>#if</c> leaves out, and where the body holds an error: what is half typed may yet await.
    /// </summary>
    public NeverAwaitingFunction? Of(IOperation function) =>
        IsCandidate(function.Syntax) && Symbol(function) is { } symbol && HasCompletedValue(symbol) && !IsBroken(function)
            ? new NeverAwaitingFunction(function.Syntax, symbol, Spot(function.Syntax), DictatedSignatures.Has(symbol) || model.InheritedImplementations.Has(symbol))
            : null;

    /// <summary>The same by syntax, for who has no operation.</summary>
    public NeverAwaitingFunction? Of(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        IsCandidate(function) && semantics.GetOperation(function, cancellation) is { } operation ? Of(operation) : null;

    /// <summary>Whether a completed value of a function's return type can be made: it returns nothing, or one of the framework's tasks.</summary>
    public bool HasCompletedValue(IMethodSymbol function) =>
        function.ReturnsVoid
        || KnownTypes.Same(function.ReturnType, model.Types.Task)
        || KnownTypes.Same(function.ReturnType, model.Types.TaskOfT)
        || model.Awaitables.IsValueTask(function.ReturnType);

    private bool IsCandidate(SyntaxNode function) =>
        function is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax
        && Functions.IsAsync(function)
        // Asked early: nearly all async functions do.
        && !Functions.Awaits(function)
        && Functions.Bodies(function).Any()
        && !OnlyThrows(function)
        && !Functions.IsIterator(function)
        && !AwaitsInDisabledCode(function);

    /// <summary>Whether a part that <c>#if</c> leaves out in this compilation has the <c>await</c>, as for another target framework.</summary>
    private static bool AwaitsInDisabledCode(SyntaxNode function) =>
        function.ContainsDirectives
        && function.DescendantTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia))
            .SelectMany(trivia => SyntaxFactory.ParseTokens(trivia.ToString()))
            .Any(token => token.ValueText == "await");

    private static bool OnlyThrows(SyntaxNode function) => Functions.Bodies(function).All(OnlyThrowsIn);

    private static bool OnlyThrowsIn(SyntaxNode body) => body switch
    {
        ThrowExpressionSyntax or ThrowStatementSyntax => true,
        BlockSyntax { Statements.Count: 1 } block => OnlyThrowsIn(block.Statements[0]),
        _ => false,
    };

    private static IMethodSymbol? Symbol(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        ILocalFunctionOperation local => local.Symbol,
        IMethodBodyOperation { SemanticModel: { } semantics } => semantics.GetDeclaredSymbol(function.Syntax) as IMethodSymbol,
        _ => null,
    };

    private static SyntaxToken Spot(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        LocalFunctionStatementSyntax local => local.Identifier,
        _ => Functions.AsyncKeyword(function),
    };

    private static bool IsBroken(IOperation function) =>
        (function.Syntax.ContainsDiagnostics
            && function.Syntax.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        || function.Descendants().Any(operation => operation is IInvalidOperation || operation.Type?.TypeKind == TypeKind.Error)
        || LacksReturn(function);

    private static bool LacksReturn(IOperation function) =>
        Symbol(function) is { ReturnType: INamedTypeSymbol { IsGenericType: true } }
        && Functions.EndIsReachable(function.Syntax, function.SemanticModel!);
}
