using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Functions as the contract's words have them: methods, accessors, constructors, operators, local functions, lambdas,
/// anonymous methods, and top-level statements, whose body is the compilation unit. A body ends where a nested function begins.
/// </summary>
internal static class Functions
{
    /// <summary>Whether a node declares a function, or holds top-level statements.</summary>
    // By kind, which is cheaper to ask than types: this is asked of every node of many bodies.
    public static bool IsFunction(SyntaxNode node) => node.Kind() switch
    {
        SyntaxKind.MethodDeclaration or SyntaxKind.ConstructorDeclaration or SyntaxKind.DestructorDeclaration => true,
        SyntaxKind.OperatorDeclaration or SyntaxKind.ConversionOperatorDeclaration => true,
        SyntaxKind.GetAccessorDeclaration or SyntaxKind.SetAccessorDeclaration or SyntaxKind.InitAccessorDeclaration => true,
        SyntaxKind.AddAccessorDeclaration or SyntaxKind.RemoveAccessorDeclaration or SyntaxKind.UnknownAccessorDeclaration => true,
        SyntaxKind.LocalFunctionStatement or SyntaxKind.SimpleLambdaExpression or SyntaxKind.ParenthesizedLambdaExpression or SyntaxKind.AnonymousMethodExpression => true,
        SyntaxKind.ArrowExpressionClause => node.Parent is BasePropertyDeclarationSyntax,
        SyntaxKind.CompilationUnit => HasTopLevelStatements((CompilationUnitSyntax)node),
        _ => false,
    };

    /// <summary>
    /// The function that runs a node: null for what no function runs, such as field initializers and attributes. A
    /// function's own node counts as part of the function around it; the getter of <c>int P => …</c> is its arrow clause.
    /// </summary>
    public static SyntaxNode? Around(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (current is CompilationUnitSyntax unit)
                return node.FirstAncestorOrSelf<GlobalStatementSyntax>() is not null ? unit : null;
            if (current is MemberDeclarationSyntax and not GlobalStatementSyntax and not BaseMethodDeclarationSyntax)
                return null;
            if (IsFunction(current))
                return current;
        }

        return null;
    }

    /// <summary>Whether a function is async: it has the modifier, or is top-level statements that await.</summary>
    public static bool IsAsync(SyntaxNode? function) => function switch
    {
        CompilationUnitSyntax => Awaits(function),
        null => false,
        _ => AsyncKeyword(function) != default,
    };

    /// <summary>The <c>async</c> of a function, or <c>default</c> where it has none.</summary>
    public static SyntaxToken AsyncKeyword(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => AsyncKeyword(method.Modifiers),
        LocalFunctionStatementSyntax local => AsyncKeyword(local.Modifiers),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword,
        _ => default,
    };

    /// <summary>Whether a function itself holds an <c>await</c>, <c>await foreach</c> or <c>await using</c>.</summary>
    public static bool Awaits(SyntaxNode function) => !OwnAwaits(function).IsEmpty;

    /// <summary>Whether a function itself holds a <c>yield</c>, so that calling it runs nothing of it.</summary>
    public static bool IsIterator(SyntaxNode function) => OwnNodes(function).Any(node => node is YieldStatementSyntax);

    /// <summary>Each <c>await</c> expression, <c>await foreach</c> and <c>await using</c> of a function in source order, without those of nested functions.</summary>
    public static ImmutableArray<SyntaxNode> OwnAwaits(SyntaxNode function) => Semantics.OwnAwaits.Of(function).All;

    /// <summary>Whether a function's own nodes may be below a node: false for nested functions, and for names and literals, which are most of a body's nodes.</summary>
    public static bool MayHoldOwnNodes(SyntaxNode node) => node.Kind() switch
    {
        SyntaxKind.IdentifierName or SyntaxKind.PredefinedType or SyntaxKind.ThisExpression => false,
        SyntaxKind.StringLiteralExpression or SyntaxKind.NumericLiteralExpression or SyntaxKind.NullLiteralExpression => false,
        SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression or SyntaxKind.CharacterLiteralExpression => false,
        _ => !IsFunction(node),
    };

    /// <summary>The nodes of a function's body in source order; nested functions are given, but not what is in them.</summary>
    public static IEnumerable<SyntaxNode> OwnNodes(SyntaxNode function)
    {
        foreach (var body in Bodies(function))
        {
            foreach (var node in body.DescendantNodesAndSelf(MayHoldOwnNodes))
                yield return node;
        }
    }

    /// <summary>
    /// What a function runs: its block or expression, a constructor's initializer, each top-level statement. Empty where
    /// it has no body.
    /// </summary>
    public static IEnumerable<SyntaxNode> Bodies(SyntaxNode function)
    {
        switch (function)
        {
            case CompilationUnitSyntax unit:
                return unit.Members.OfType<GlobalStatementSyntax>();
            case ConstructorDeclarationSyntax constructor:
                return Present(constructor.Initializer, constructor.Body, constructor.ExpressionBody?.Expression);
            case BaseMethodDeclarationSyntax method:
                return Present(method.Body, method.ExpressionBody?.Expression);
            case AccessorDeclarationSyntax accessor:
                return Present(accessor.Body, accessor.ExpressionBody?.Expression);
            case LocalFunctionStatementSyntax local:
                return Present(local.Body, local.ExpressionBody?.Expression);
            case AnonymousFunctionExpressionSyntax lambda:
                return Present(lambda.Body);
            case ArrowExpressionClauseSyntax arrow:
                return Present(arrow.Expression);
            default:
                return [];
        }
    }

    /// <summary>The symbol of a function; the entry point's for top-level statements. Null on half-typed code.</summary>
    public static IMethodSymbol? SymbolOf(SyntaxNode function, SemanticModel semantics) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => semantics.GetSymbolInfo(lambda).Symbol as IMethodSymbol,
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } =>
            (semantics.GetDeclaredSymbol(property) as IPropertySymbol)?.GetMethod,
        _ => semantics.GetDeclaredSymbol(function) as IMethodSymbol,
    };

    /// <summary>Whether a function has a block whose end can be reached, without a <c>return</c> or <c>throw</c> before it.</summary>
    public static bool EndIsReachable(SyntaxNode function, SemanticModel semantics)
    {
        // The analysis of a lambda's whole block fails, that of its statements does not.
        if (Bodies(function).FirstOrDefault() is not BlockSyntax { Statements: var statements })
            return false;
        return statements.Count == 0
            || semantics.AnalyzeControlFlow(statements[0], statements[statements.Count - 1]) is { Succeeded: true, EndPointIsReachable: true };
    }

    private static bool HasTopLevelStatements(CompilationUnitSyntax unit) =>
        unit.Members.Any(SyntaxKind.GlobalStatement);

    private static SyntaxToken AsyncKeyword(SyntaxTokenList modifiers) =>
        modifiers.IndexOf(SyntaxKind.AsyncKeyword) is >= 0 and var index ? modifiers[index] : default;

    private static IEnumerable<SyntaxNode> Present(params SyntaxNode?[] nodes) => nodes.OfType<SyntaxNode>();
}
