using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>What holds a token, the nearest first.</summary>
internal enum TokenHolder
{
    /// <summary>A parameter of the function at hand, or of one around it, which is captured.</summary>
    Parameter,

    /// <summary>A local of the function at hand, or of one around it.</summary>
    Local,

    /// <summary>A field, a property, or a parameter of the type's primary constructor.</summary>
    Member,
}

/// <summary>A cancellation token that code at a place can name.</summary>
/// <param name="Holder">What holds it.</param>
/// <param name="Name">The name of what holds it.</param>
/// <param name="IsSource">Whether that is a <c>CancellationTokenSource</c>, whose token it is.</param>
internal sealed record TokenInScope(TokenHolder Holder, string Name, bool IsSource);

/// <summary>Which cancellation tokens a place can use, and which expressions are one that can be cancelled.</summary>
internal sealed class CancellationTokens(AsyncModel model)
{
    /// <summary>Whether a type is <c>CancellationToken</c>.</summary>
    public bool IsToken(ITypeSymbol? type) => KnownTypes.Same(type, model.Types.CancellationToken);

    /// <summary>Whether a type is <c>CancellationTokenSource</c>.</summary>
    public bool IsSource(ITypeSymbol? type) => KnownTypes.Same(type, model.Types.CancellationTokenSource);

    /// <summary>
    /// Whether an operation gives a token that somebody may cancel, or asks a source whether somebody has. What is never
    /// cancelled is none: <c>default</c>, <c>CancellationToken.None</c>.
    /// </summary>
    public bool IsUse(IOperation operation) => operation switch
    {
        IDefaultValueOperation or IConversionOperation or IDeclarationPatternOperation or IObjectCreationOperation { Arguments.IsEmpty: true } => false,
        IArgumentOperation { IsImplicit: true } => false,
        IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true, ContainingType: var type } } when IsToken(type) => false,
        IPropertyReferenceOperation { Property: { Name: "IsCancellationRequested", ContainingType: var type } } => IsToken(type) || IsSource(type),
        ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInvocationOperation or IObjectCreationOperation =>
            IsToken(operation.Type),
        _ => false,
    };

    /// <summary>Whether a place can name any token.</summary>
    public bool IsAnyAt(SyntaxNode place, SemanticModel semantics) => Parameters(place, semantics).Any() || OthersAt(place, semantics).Any();

    /// <summary>
    /// The token for what a place does: the only one among the parameters of the nearest function that has one, else the
    /// only local, else the only member, a token before a source of one. Null where there is none, or several are as near.
    /// </summary>
    public TokenInScope? At(SyntaxNode place, SemanticModel semantics)
    {
        if (Parameters(place, semantics).FirstOrDefault() is { IsDefault: false } parameters)
            return parameters.Length == 1 && parameters[0] is { RefKind: RefKind.None or RefKind.In, Name: not "_" } parameter
                ? new TokenInScope(TokenHolder.Parameter, parameter.Name, IsSource: false)
                : null;
        var nearest = OthersAt(place, semantics).GroupBy(token => (token.Holder, token.IsSource)).OrderBy(tier => tier.Key).FirstOrDefault()?.ToList();
        return nearest is { Count: 1 } ? nearest[0] : null;
    }

    /// <summary>The tokens among the parameters of each function around a place that has one, the innermost first, as far as they can be captured.</summary>
    private IEnumerable<ImmutableArray<IParameterSymbol>> Parameters(SyntaxNode place, SemanticModel semantics)
    {
        for (var function = Functions.Around(place); function is not null; function = Functions.Around(function))
        {
            if (Functions.SymbolOf(function, semantics) is not { } symbol)
                yield break;
            var tokens = symbol.Parameters.Where(parameter => IsToken(parameter.Type)).ToImmutableArray();
            if (!tokens.IsEmpty)
                yield return tokens;
            if (IsStaticFunction(symbol))
                yield break;
        }
    }

    /// <summary>The locals and members in scope that hold a token or a source of one.</summary>
    private IEnumerable<TokenInScope> OthersAt(SyntaxNode place, SemanticModel semantics)
    {
        var (captures, isInstance) = ReachOf(place, semantics);
        foreach (var symbol in NamesAt(place, semantics).SelectMany(name => semantics.LookupSymbols(place.SpanStart, name: name)))
        {
            if (Variables.TypeOf(symbol) is not { } type || !IsToken(type) && !IsSource(type))
                continue;
            switch (symbol)
            {
                case ILocalSymbol local when IsDeclaredBefore(local, place) && captures.Contains(local.ContainingSymbol):
                    yield return new TokenInScope(TokenHolder.Local, local.Name, IsSource(type));
                    break;
                case IFieldSymbol or IPropertySymbol { Parameters.IsEmpty: true, GetMethod: not null } when type.NullableAnnotation != NullableAnnotation.Annotated && (symbol.IsStatic || isInstance && IsOwn(symbol, place, semantics)):
                    yield return new TokenInScope(TokenHolder.Member, symbol.Name, IsSource(type));
                    break;
                case IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor, Name: not "_" } when isInstance && !captures.Contains(constructor):
                    yield return new TokenInScope(TokenHolder.Member, symbol.Name, IsSource(type));
                    break;
            }
        }
    }

    /// <summary>
    /// The names that may mean a local or member with a token at a place, some of which mean something else there. Asked for all symbols in scope, the
    /// compiler lists every type of every namespace that the file imports.
    /// </summary>
    private HashSet<string> NamesAt(SyntaxNode place, SemanticModel semantics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var body = place.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? semantics.SyntaxTree.GetRoot();
        names.UnionWith(body.DescendantNodes(TextSpan.FromBounds(body.SpanStart, place.SpanStart)).Select(NameOfLocal).OfType<string>());
        for (var around = semantics.GetEnclosingSymbol(place.SpanStart)?.ContainingType; around is not null; around = around.ContainingType)
        {
            names.UnionWith(around.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name));
            names.UnionWith(Inheritance.TypesOfMembers(around).SelectMany(NamesIn));
        }

        var imported = semantics.GetImportScopes(place.SpanStart).SelectMany(scope => scope.Imports).Select(import => import.NamespaceOrType).OfType<INamedTypeSymbol>();
        names.UnionWith(imported.SelectMany(NamesIn));
        return names;
    }

    private static string? NameOfLocal(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax declarator => declarator.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        _ => null,
    };

    private IEnumerable<string> NamesIn(ITypeSymbol type) => type.GetMembers()
        .Where(member => Variables.TypeOf(member) is { } held && (IsToken(held) || IsSource(held)))
        .Select(member => member.Name);

    /// <summary>The functions whose locals a place can use, its own first, and whether it has a <c>this</c>.</summary>
    private static (HashSet<ISymbol> Captures, bool IsInstance) ReachOf(SyntaxNode place, SemanticModel semantics)
    {
        var captures = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var function = Functions.Around(place); function is not null; function = Functions.Around(function))
        {
            if (Functions.SymbolOf(function, semantics) is not { } symbol)
                return (captures, false);
            captures.Add(symbol);
            if (symbol.IsStatic && (IsStaticFunction(symbol) || symbol.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction)))
                return (captures, false);
        }

        return (captures, true);
    }

    private static bool IsStaticFunction(IMethodSymbol function) =>
        function is { IsStatic: true, MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction };

    private static bool IsDeclaredBefore(ILocalSymbol local, SyntaxNode place) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declaration
        && declaration.Span.End <= place.SpanStart
        && declaration is not VariableDeclaratorSyntax { Initializer: null };

    /// <summary>Whether a member belongs to the innermost type around a place, or to a base of it: those of types further out are other objects'.</summary>
    private static bool IsOwn(ISymbol member, SyntaxNode place, SemanticModel semantics) =>
        semantics.GetEnclosingSymbol(place.SpanStart)?.ContainingType is { } type && KnownTypes.SameOrBelow(type, member.ContainingType.OriginalDefinition);
}
