using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>The <c>catch (Exception exception)</c> that a fix puts in: it logs or, where no logger is in scope, traces and says that the place is to be filled.</summary>
/// <param name="function">The function whose exceptions are caught.</param>
/// <param name="body">Its body.</param>
/// <param name="logger">The logger that it uses.</param>
/// <param name="name">What the function is called.</param>
internal sealed class CatchAllClause(CodePlace function, SyntaxNode body, LoggerInScope? logger, string name)
{
    private const string Mark = "// Handle the exception here: nobody else sees it.";

    private readonly string variable = VariableOf(function, body);

    /// <summary>The clause in lines of its own.</summary>
    /// <param name="indentation">What its lines begin with.</param>
    /// <param name="unit">By how much its statements are deeper.</param>
    /// <param name="generator">The generator of the document.</param>
    public CatchClauseSyntax Make(string indentation, string unit, SyntaxGenerator generator)
    {
        var lineBreak = Layout.LineBreak(function.Node);
        var (outer, inner) = (Whitespace(indentation), Whitespace(indentation + unit));
        var statement = logger?.Log(variable, $"'{name}' failed", generator) ?? Traced(generator);
        var lead = logger is null ? TriviaList(inner, Comment(Mark), lineBreak, inner) : TriviaList(inner);
        return CatchClause(
                Token(SyntaxKind.CatchKeyword).WithLeadingTrivia(outer).WithTrailingTrivia(Space),
                CatchDeclaration(Type(function.Model.Types.Exception!, generator).WithTrailingTrivia(Space), Identifier(variable))
                    .WithTrailingTrivia(lineBreak),
                null,
                Block(
                    Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(outer).WithTrailingTrivia(lineBreak),
                    SingletonList(statement.WithLeadingTrivia(lead).WithTrailingTrivia(lineBreak)),
                    Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(outer).WithTrailingTrivia(lineBreak)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary><c>Trace.TraceError(exception.ToString());</c>, so that what is not handled yet is not lost in silence.</summary>
    private StatementSyntax Traced(SyntaxGenerator generator)
    {
        var statement = ParseStatement($"Trace.TraceError({variable}.ToString());");
        var trace = statement.DescendantNodes().OfType<IdentifierNameSyntax>().First();
        return function.Model.Types.Trace is { } type ? statement.ReplaceNode(trace, Type(type, generator)) : ParseStatement($"_ = {variable};");
    }

    private static TypeSyntax Type(INamedTypeSymbol type, SyntaxGenerator generator) =>
        (TypeSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    /// <summary>The name that the type's other <c>catch</c> clauses use, else <c>exception</c>; what the body itself declares is out of scope in the clause.</summary>
    private static string VariableOf(CodePlace function, SyntaxNode body)
    {
        var taken = new HashSet<string>(function.Semantics.LookupSymbols(body is BlockSyntax block ? block.OpenBraceToken.Span.End : body.SpanStart)
            .Where(symbol => symbol is not INamespaceOrTypeSymbol && !symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.SyntaxTree && body.Span.Contains(reference.Span)))
            .Select(symbol => symbol.Name));
        var customary = function.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.DescendantNodes()
            .OfType<CatchDeclarationSyntax>()
            .Select(declaration => declaration.Identifier.ValueText)
            .FirstOrDefault(identifier => identifier.Length > 0 && SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None);
        return new[] { customary ?? "exception", "exception" }
            .Concat(Enumerable.Range(1, taken.Count + 1).Select(number => "exception" + number))
            .First(candidate => !taken.Contains(candidate));
    }
}
