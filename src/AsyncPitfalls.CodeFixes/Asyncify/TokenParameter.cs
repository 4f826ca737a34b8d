using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Asyncify;

/// <summary>A new optional parameter of a function that takes a cancellation token, which every caller that has one passes.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Method">The function.</param>
/// <param name="Edits">The edits of all declarations that share the signature, and of the calls.</param>
/// <param name="IsPublicSignature">Whether the signature of a member that other assemblies see changes.</param>
internal sealed record TokenParameter(string Name, IMethodSymbol Method, IReadOnlyList<NodeEdit> Edits, bool IsPublicSignature)
{
    private const string Stem = "cancellationToken";
    private const string Purpose = "take a token";

    /// <summary>What has to change; null where somebody else demands the signature, or uses the function as a delegate.</summary>
    public static async Task<TokenParameter?> PlanAsync(FixSite site, SyntaxNode function, CancellationToken cancellation)
    {
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || Functions.SymbolOf(function, site.Semantics) is not { } method
            || IsCalledByOthers(method, function, site, cancellation)
            || await MethodFamily.OfAsync(method, site.Document.Project.Solution, cancellation).ConfigureAwait(false) is not { } family)
            return null;

        var name = FreshNames.For(Stem, function, function, site.Semantics);
        var bodies = new HashSet<SyntaxNode>();
        var edits = new List<NodeEdit>();
        foreach (var member in family.Members)
        {
            foreach (var reference in member.DeclaringSyntaxReferences)
            {
                var syntax = await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false);
                if (await CodePlace.OfAsync(site.Document.Project.Solution.GetDocument(syntax.SyntaxTree), syntax, cancellation).ConfigureAwait(false) is not { } place
                    || Declare(place, member, name) is not { } declared)
                    return null;
                edits.Add(declared);
                bodies.Add(syntax);
            }
        }

        foreach (var reference in family.References)
        {
            if (await PassAsync(reference, name, bodies, site, cancellation).ConfigureAwait(false) is not { } passed)
                return null;
            edits.AddRange(passed);
        }

        return new TokenParameter(name, method, edits, family.Members.Any(Visibility.IsSeenOutside));
    }

    /// <summary>Whether somebody calls a function who is not in sight, or by its signature: a host, a test runner, a framework that looks for attributes.</summary>
    private static bool IsCalledByOthers(IMethodSymbol method, SyntaxNode function, FixSite site, CancellationToken cancellation) =>
        site.Model.Surroundings.Of(function, site.Semantics, cancellation) != Surrounding.Ordinary
        || EventHandlers.HasShape(method, site.Model)
        || method.Parameters.Any(parameter => parameter.IsParams)
        || method.GetAttributes().Any(attribute => attribute.AttributeClass is not { } type || !IsOfSystem(type.ContainingNamespace))
        || Functions.OwnNodes(function).Any(node => node is YieldStatementSyntax);

    private static bool IsOfSystem(INamespaceSymbol space)
    {
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
            space = outer;
        return space.Name == nameof(System);
    }

    /// <summary>The edit that adds the parameter to a declaration. Explicit implementations and the second parts of partial methods have no default value.</summary>
    private static NodeEdit? Declare(CodePlace place, IMethodSymbol member, string name)
    {
        var list = place.Node switch
        {
            MethodDeclarationSyntax method => method.ParameterList,
            LocalFunctionStatementSyntax local => local.ParameterList,
            _ => null,
        };
        if (list is null || member.Parameters.Any(parameter => parameter.IsParams))
            return null;
        var hasDefault = member.ExplicitInterfaceImplementations.IsEmpty && member.PartialDefinitionPart is null;
        return new NodeEdit(place.Document.Id, list, Purpose, (current, generator) => With((ParameterListSyntax)current, Parameter(name, hasDefault, place, generator)));
    }

    private static ParameterSyntax Parameter(string name, bool hasDefault, CodePlace place, SyntaxGenerator generator)
    {
        var type = ((TypeSyntax)generator.TypeExpression(place.Model.Types.CancellationToken!)).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        var parameter = SyntaxFactory.Parameter(Identifier(name)).WithType(type.WithTrailingTrivia(Space));
        if (!hasDefault)
            return parameter;
        ExpressionSyntax value = place.Language < LanguageVersion.CSharp7_1 ? DefaultExpression(type) : LiteralExpression(SyntaxKind.DefaultLiteralExpression);
        return parameter
            .WithIdentifier(Identifier(name).WithTrailingTrivia(Space))
            .WithDefault(EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), value));
    }

    /// <summary>The list with a further parameter, in a line of its own where the others are.</summary>
    private static ParameterListSyntax With(ParameterListSyntax list, ParameterSyntax added)
    {
        if (list.Parameters.Count == 0)
            return list.AddParameters(added);
        var last = list.Parameters.Last();
        var separator = list.Parameters.GetSeparators().LastOrDefault();
        var isOnePerLine = separator.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var comma = isOnePerLine ? separator : Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space);
        return list.WithParameters(SeparatedList<ParameterSyntax>(list.Parameters.GetWithSeparators()
            .Replace(last, last.WithoutTrailingTrivia())
            .AddRange([comma, added.WithLeadingTrivia(isOnePerLine ? last.GetLeadingTrivia() : default).WithTrailingTrivia(last.GetTrailingTrivia())])));
    }

    /// <summary>The edits at a place that names the function; null where it could not be used as before.</summary>
    private static async Task<IEnumerable<NodeEdit>?> PassAsync(ReferenceLocation reference, string name, HashSet<SyntaxNode> bodies, FixSite site, CancellationToken cancellation)
    {
        if (await CallSite.OfAsync(reference, cancellation).ConfigureAwait(false) is not { } use)
            return null;
        switch (use)
        {
            case { Kind: CallSiteKind.NameOnly }:
                return use.Name.FirstAncestorOrSelf<NameMemberCrefSyntax>() is { Parameters: not null } ? null : [];
            case { Kind: CallSiteKind.Call, Place: { Node: InvocationExpressionSyntax call, Semantics: var semantics, Model: var model } }
                when semantics.GetOperation(call, cancellation) is IInvocationOperation operation && !model.Unexecuted.Holds(operation):
                var token = TokensInScope.NameAt(call, semantics, model) ?? (IsRunBy(call, bodies, semantics) ? name : await NameOfNextAsync(call, site, cancellation).ConfigureAwait(false));
                return token is null ? [] : [TokensInScope.Add(use.Place.Document, call, IdentifierName(token), IsLast(call, semantics) ? null : name)];
            default:
                return null;
        }
    }

    /// <summary>Whether a call is made by a function that gets the parameter too.</summary>
    private static bool IsRunBy(InvocationExpressionSyntax call, HashSet<SyntaxNode> bodies, SemanticModel semantics)
    {
        for (var function = Functions.Around(call); function is not null; function = Functions.Around(function))
        {
            if (bodies.Contains(function))
                return !call.Ancestors().TakeWhile(node => node != function).Any(node => node is CatchClauseSyntax or FinallyClauseSyntax);
            if (Functions.SymbolOf(function, semantics) is not { IsStatic: false })
                return false;
        }

        return false;
    }

    /// <summary>The name of the token that stops an endless loop around a call that the loop awaits, where the function of the loop gets one by a fix that is made together with this one.</summary>
    private static async Task<string?> NameOfNextAsync(InvocationExpressionSyntax call, FixSite site, CancellationToken cancellation)
    {
        if (call.SyntaxTree != site.Root.SyntaxTree || Functions.Around(call) is not { } function || !Functions.OwnAwaits(function).Any(node => node.Span.Contains(call.Span)))
            return null;
        foreach (var other in site.Together.Where(other => other != site.Diagnostic && function.Span.Contains(other.Location.SourceSpan)))
        {
            var next = new FixSite(other, site.Document, site.Root, site.Semantics, site.Model);
            if (next.Node.FirstAncestorOrSelf<StatementSyntax>() is { } loop
                && loop.Span.Contains(call.Span)
                && Functions.Around(loop) == function
                && !site.Model.CancellationTokens.IsAnyAt(loop, site.Semantics)
                && await PlanAsync(next, function, cancellation).ConfigureAwait(false) is { } parameter)
                return parameter.Name;
        }

        return null;
    }

    /// <summary>Whether a further argument is the one for a further parameter.</summary>
    private static bool IsLast(InvocationExpressionSyntax call, SemanticModel semantics) =>
        call.ArgumentList.Arguments.All(argument => argument.NameColon is null)
        && semantics.GetSymbolInfo(call).Symbol is IMethodSymbol method
        && method.Parameters.Length == call.ArgumentList.Arguments.Count;
}
