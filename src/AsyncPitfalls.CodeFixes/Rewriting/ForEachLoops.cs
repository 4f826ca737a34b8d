using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>A <c>foreach</c> loop that awaits, in the place of <c>list.ForEach(async x => …)</c>.</summary>
internal static class ForEachLoops
{
    private const string Purpose = "foreach";

    /// <summary>
    /// The edits that put the loop where the call is a statement or the body of a function; null where the method is not one
    /// that only loops, where a <c>return</c> would leave but an inner loop, or where names would collide.
    /// </summary>
    public static IReadOnlyList<NodeEdit>? Of(FixSite site, GivenCallback given)
    {
        if (given.Call is not InvocationExpressionSyntax call
            || SourceIndex(given, site.Model.Types) is not { } index
            || index == Receiver && call.Expression is MemberBindingExpressionSyntax
            || !GivenCallback.IsUnused(call, site.Semantics)
            || given.Awaits(site) is not { } awaits
            || Continues(site, given.Lambda) is not { } continues
            || Declared(given.Lambda).Any(name => Collides(name, call, site.Semantics)))
            return null;

        var parameter = given.Parameters.FirstOrDefault();
        var wanted = parameter?.Identifier.ValueText ?? "item";
        var name = parameter is null || Collides(wanted, call, site.Semantics) ? FreshNames.For(wanted, call, given.Lambda, site.Semantics) : wanted;
        var renames = parameter is null || name == wanted ? [] : Renames(site, given.Lambda, parameter, name);
        SyntaxNode place = call.Parent is ExpressionStatementSyntax statement ? statement : call.Parent is ArrowExpressionClauseSyntax arrow ? arrow.Parent! : call.Parent!;
        var loop = new NodeEdit(site.Document.Id, place, Purpose, (current, _) => current switch
        {
            ExpressionStatementSyntax { Expression: InvocationExpressionSyntax invocation } => Loop(place, current, invocation).WithTriviaFrom(current),
            _ when Functions.Bodies(current).LastOrDefault() is InvocationExpressionSyntax invocation =>
                ExpressionBodies.WithBlock(current, place, Layout.Block(place, Loop(place, invocation, invocation)).WithAdditionalAnnotations(Formatter.Annotation)) ?? current,
            _ => current,
        });
        return [.. awaits, .. continues, .. renames, loop];

        StatementSyntax Loop(SyntaxNode place, SyntaxNode whole, InvocationExpressionSyntax current)
        {
            var source = index switch
            {
                Receiver when current.Expression is MemberAccessExpressionSyntax access => access.Expression,
                Receiver => ThisExpression(),
                var argument => current.ArgumentList.Arguments[argument].Expression,
            };
            var lambda = given.LambdaIn(current);
            var type = GivenCallback.ParametersOf(lambda).FirstOrDefault()?.Type?.WithoutTrivia() ?? IdentifierName("var");
            var body = lambda.Block is { } block
                ? Layout.IsOneLine(block) && !KeptComments.Has(block) ? Layout.Block(place, [.. block.Statements]) : block.WithTrailingTrivia()
                : Layout.Block(place, ExpressionStatement(lambda.ExpressionBody!.WithoutTrivia()));
            var comments = KeptComments.Outside(whole, TextSpan.FromBounds(whole.SpanStart, source.Span.End), lambda.Body.Span);
            return ForEachStatement(
                    Token(SyntaxKind.ForEachKeyword).WithTrailingTrivia(Space),
                    Token(SyntaxKind.OpenParenToken),
                    type.WithTrailingTrivia(Space),
                    Identifier(name).WithTrailingTrivia(Space),
                    Token(SyntaxKind.InKeyword).WithTrailingTrivia(Space),
                    source.WithoutTrivia(),
                    Token(SyntaxKind.CloseParenToken).WithTrailingTrivia(comments.Append(Layout.LineBreak(place))),
                    body)
                .WithAdditionalAnnotations(Formatter.Annotation);
        }
    }

    /// <summary>Stands for the receiver where the index of an argument is meant.</summary>
    private const int Receiver = -1;

    /// <summary>Which argument is looped over, or the receiver; null where the method may do more than loop.</summary>
    private static int? SourceIndex(GivenCallback given, KnownTypes types)
    {
        var method = given.Symbol;
        if (method is not { Name: "ForEach", ReturnsVoid: true } || given.Parameters.Count > 1)
            return null;
        if (!method.IsStatic && method.ReducedFrom is null)
            return KnownTypes.SameOrBelow(method.ContainingType, types.ListOfT) || KnownTypes.Same(method.ContainingType, types.ImmutableListOfT) ? Receiver : null;
        var definition = method.ReducedFrom ?? method;
        if (definition.Parameters.Length != 2
            || definition.Parameters[1].Type is not INamedTypeSymbol { DelegateInvokeMethod.Parameters.Length: 1 }
            || method.ContainingType.SpecialType != SpecialType.System_Array && !(definition.IsExtensionMethod && KnownTypes.SameOrBelow(definition.Parameters[0].Type, types.EnumerableOfT)))
            return null;
        return method.ReducedFrom is not null ? Receiver : ((ArgumentListSyntax)given.Argument.Parent!).Arguments.IndexOf(argument => argument != given.Argument);
    }

    /// <summary>The edits that make <c>continue</c> of every <c>return</c>; null where that would go on with an inner loop.</summary>
    private static IReadOnlyList<NodeEdit>? Continues(FixSite site, AnonymousFunctionExpressionSyntax lambda)
    {
        var returns = Functions.OwnNodes(lambda).OfType<ReturnStatementSyntax>().ToList();
        if (returns.Any(statement => statement.Ancestors().TakeWhile(ancestor => ancestor != lambda).Any(IsLoop)))
            return null;
        return
        [
            .. returns.Select(statement => new NodeEdit(site.Document.Id, statement, Purpose, (current, _) =>
                ContinueStatement(Token(SyntaxKind.ContinueKeyword), ((ReturnStatementSyntax)current).SemicolonToken).WithTriviaFrom(current))),
        ];
    }

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static IEnumerable<NodeEdit> Renames(FixSite site, AnonymousFunctionExpressionSyntax lambda, ParameterSyntax parameter, string name)
    {
        var symbol = site.Semantics.GetDeclaredSymbol(parameter);
        return lambda.Body.DescendantNodesAndSelf()
            .OfType<IdentifierNameSyntax>()
            .Where(mention => mention.Identifier.ValueText == parameter.Identifier.ValueText && SymbolEqualityComparer.Default.Equals(site.Semantics.GetSymbolInfo(mention).Symbol, symbol))
            .Select(mention => new NodeEdit(site.Document.Id, mention, Purpose, (current, _) => IdentifierName(name).WithTriviaFrom(current)));
    }

    /// <summary>The names of what a lambda itself declares besides its parameters.</summary>
    private static IEnumerable<string> Declared(AnonymousFunctionExpressionSyntax lambda) => Functions.OwnNodes(lambda).Select(node => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        CatchDeclarationSyntax handler => handler.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        LabeledStatementSyntax label => label.Identifier.ValueText,
        _ => "",
    }).Where(name => name.Length > 0);

    /// <summary>Whether the function around a place has a variable of a name in scope there, beside which no other may be declared.</summary>
    private static bool Collides(string name, SyntaxNode place, SemanticModel semantics) =>
        semantics.LookupSymbols(place.SpanStart, name: name).Any(symbol =>
            symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction });
}
