using System.Linq;
using System.Threading;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>A logger that a function can name: a parameter, a local around it, a field or property of its type, or Serilog's static <c>Log</c>.</summary>
/// <param name="Name">How the function names it.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Call">How an error is logged with it.</param>
internal sealed record LoggerInScope(string Name, bool IsNullable, ErrorCall Call)
{
    /// <summary>The nearest logger that the body of a function can use; null where there is none.</summary>
    public static LoggerInScope? Of(CodePlace function, CancellationToken cancellation)
    {
        if (Functions.Bodies(function.Node).LastOrDefault() is not { } body || Functions.SymbolOf(function.Node, function.Semantics) is not { } symbol)
            return null;
        var reach = new Reach(function.Node, symbol, cancellation);
        var position = body is BlockSyntax block ? block.OpenBraceToken.Span.End : body.SpanStart;
        return function.Semantics.LookupSymbols(position)
            .Select(candidate => (Distance: reach.DistanceOf(candidate), Found: Of(candidate, function, position)))
            .Where(candidate => candidate is { Distance: not null, Found: not null })
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Found)
            .FirstOrDefault() ?? OfSerilog(function, position);
    }

    /// <summary>The statement that logs an exception.</summary>
    /// <param name="exception">The name of the variable that holds it.</param>
    /// <param name="message">What is said of it.</param>
    /// <param name="generator">The generator of the document.</param>
    public StatementSyntax Log(string exception, string message, SyntaxGenerator generator)
    {
        var text = LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(message)).ToString();
        var arguments = Call.TakesExceptionFirst ? $"{exception}, {text}" : $"{text}, {exception}";
        var statement = ParseStatement($"{generator.IdentifierName(Name)}{(IsNullable ? "?." : ".")}{Call.Method}({arguments});");
        if (Call.Extensions is not { } extensions)
            return statement;
        // Nothing imports the namespace of an extension by itself, but that of a type.
        var call = (InvocationExpressionSyntax)((ExpressionStatementSyntax)statement).Expression;
        var logger = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        var type = (TypeSyntax)generator.TypeExpression(extensions).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        return statement.ReplaceNode(call, call
            .WithExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type, IdentifierName(Call.Method)))
            .WithArgumentList(ParseArgumentList($"({logger}, {call.ArgumentList.Arguments.ToString()})")));
    }

    private static LoggerInScope? Of(ISymbol candidate, CodePlace function, int position)
    {
        var type = candidate switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol { IsIndexer: false, GetMethod: not null } property => property.Type,
            _ => null,
        };
        if (type is null || ErrorCall.On(type, function.Model.Types) is not { } call)
            return null;
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated && !IsInferred(candidate);
        if (call.Extensions is not null && IsInScope(call.Method, type, function.Semantics, position))
            call = call with { Extensions = null };
        return isNullable && call.Extensions is not null ? null : new LoggerInScope(candidate.Name, isNullable, call);
    }

    private static bool IsInScope(string extension, ITypeSymbol type, SemanticModel semantics, int position) =>
        !semantics.LookupSymbols(position, type, extension, includeReducedExtensionMethods: true).IsEmpty;

    /// <summary>Whether a local is declared with <c>var</c>, whose type is always annotated as nullable.</summary>
    private static bool IsInferred(ISymbol candidate) =>
        candidate is ILocalSymbol local
        && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } };

    private static LoggerInScope? OfSerilog(CodePlace function, int position) =>
        function.Model.Types.SerilogLog is { } log
        && function.Semantics.LookupNamespacesAndTypes(position, name: log.Name).Any(type => SymbolEqualityComparer.Default.Equals(type, log))
        && ErrorCall.On(log, function.Model.Types) is { } call
            ? new LoggerInScope(log.Name, IsNullable: false, call)
            : null;

    /// <summary>What the body of a function can reach of all that it can name, and how far that is.</summary>
    private sealed class Reach(SyntaxNode function, IMethodSymbol symbol, CancellationToken cancellation)
    {
        private readonly bool hasInstance = HasInstance(symbol);
        private readonly bool captures = symbol is not { IsStatic: true, MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction };

        /// <summary>The smaller, the nearer; null for what is out of reach.</summary>
        public int? DistanceOf(ISymbol candidate) => candidate switch
        {
            { CanBeReferencedByName: false } => null,
            IParameterSymbol parameter when SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, symbol) => 0,
            ILocalSymbol local => captures && IsSetBefore(local) ? 1 : null,
            IParameterSymbol { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } } => captures ? 2 : null,
            IParameterSymbol { RefKind: RefKind.None } => captures && !symbol.IsStatic ? 5 : null,
            IFieldSymbol or IPropertySymbol when candidate.IsStatic => 4,
            IFieldSymbol or IPropertySymbol => hasInstance ? 3 : null,
            _ => null,
        };

        private bool IsSetBefore(ILocalSymbol local) =>
            local.RefKind == RefKind.None
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer: not null } declarator
            && declarator.Span.End < function.SpanStart;

        /// <summary>Whether <c>this</c> can be used: not in static members, nor in initializers, nor in nested functions of structs.</summary>
        private static bool HasInstance(IMethodSymbol function)
        {
            for (ISymbol? current = function; current is not null and not INamedTypeSymbol; current = current.ContainingSymbol)
            {
                if (current.IsStatic || current is not IMethodSymbol)
                    return false;
                if (current is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } && current.ContainingType is { IsValueType: true })
                    return false;
            }

            return true;
        }
    }
}
