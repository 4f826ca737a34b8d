using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which extension methods whose names end in <c>Async</c> a place can call: those of the namespaces around it, and of what
/// is imported there. Each namespace is read once, and each file or namespace declaration knows which of them it sees.
/// </summary>
internal sealed class ExtensionScopes(AsyncModel model)
{
    private const string Suffix = "Async";

    private readonly ConcurrentDictionary<INamespaceOrTypeSymbol, ILookup<string, IMethodSymbol>> ofContainers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxNode, ImmutableArray<ILookup<string, IMethodSymbol>>> ofScopes = new();
    private readonly ConcurrentDictionary<(SyntaxNode Scope, ITypeSymbol Type, string Name), bool> extending = new();

    /// <summary>Whether an extension method of a name is in scope that may extend a type. Asked once for all calls of a name on a type: a query's <c>Any</c> has a sibling for queries of another kind.</summary>
    public bool Has(string name, ITypeSymbol type, SyntaxNode place, SemanticModel semantics, CancellationToken cancellation)
    {
        var scope = ScopeOf(place);
        return extending.TryGetValue((scope, type, name), out var known)
            ? known
            : extending.GetOrAdd((scope, type, name), ExtendsAny(type, Named(name, place, semantics, cancellation)));
    }

    private static bool ExtendsAny(ITypeSymbol type, IEnumerable<IMethodSymbol> extensions) =>
        extensions.Any(extension => extension.ReduceExtensionMethod(type) is not null);

    /// <summary>The extension methods of a name that are in scope, whatever they extend.</summary>
    public IEnumerable<IMethodSymbol> Named(string name, SyntaxNode place, SemanticModel semantics, CancellationToken cancellation) =>
        Seen(place, semantics, cancellation).SelectMany(methods => methods[name]);

    private ImmutableArray<ILookup<string, IMethodSymbol>> Seen(SyntaxNode place, SemanticModel semantics, CancellationToken cancellation)
    {
        var scope = ScopeOf(place);
        return ofScopes.TryGetValue(scope, out var seen) ? seen : ofScopes.GetOrAdd(scope, Find(scope, semantics, cancellation));
    }

    private static SyntaxNode ScopeOf(SyntaxNode place)
    {
        while (place is not (BaseNamespaceDeclarationSyntax or CompilationUnitSyntax) && place.Parent is { } parent)
            place = parent;
        return place;
    }

    private ImmutableArray<ILookup<string, IMethodSymbol>> Find(SyntaxNode scope, SemanticModel semantics, CancellationToken cancellation)
    {
        var containers = new HashSet<INamespaceOrTypeSymbol>(SymbolEqualityComparer.Default) { model.Compilation.GlobalNamespace };
        for (var around = semantics.GetDeclaredSymbol(scope, cancellation) as INamespaceSymbol; around is not null; around = around.ContainingNamespace)
        {
            if (model.Compilation.GetCompilationNamespace(around) is { } merged)
                containers.Add(merged);
        }

        // A position in a member's body would bind that body.
        var position = scope is BaseNamespaceDeclarationSyntax { Members: { Count: > 0 } members } ? members[0].SpanStart : scope.Span.End;
        foreach (var import in semantics.GetImportScopes(position, cancellation).SelectMany(imports => imports.Imports))
            containers.Add(import.NamespaceOrType);
        return containers.Select(OfContainer).Where(methods => methods.Count > 0).ToImmutableArray();
    }

    private ILookup<string, IMethodSymbol> OfContainer(INamespaceOrTypeSymbol container) =>
        ofContainers.TryGetValue(container, out var methods) ? methods : ofContainers.GetOrAdd(container, Read(container));

    private static ILookup<string, IMethodSymbol> Read(INamespaceOrTypeSymbol container) => TypesOf(container)
        .Where(candidate => candidate.IsStatic && candidate.MightContainExtensionMethods)
        .SelectMany(candidate => candidate.MemberNames.Where(IsAsync).SelectMany(name => candidate.GetMembers(name)))
        .OfType<IMethodSymbol>()
        .Where(method => method.IsExtensionMethod)
        .ToLookup(method => method.Name, StringComparer.Ordinal);

    /// <summary>The types of a container, assembly by assembly: asked for all of a namespace at once, the compiler first merges them.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) => container switch
    {
        INamedTypeSymbol type => [type],
        INamespaceSymbol space => space.ConstituentNamespaces
            .Where(part => part.ContainingAssembly?.MightContainExtensionMethods != false)
            .SelectMany(part => part.GetTypeMembers()),
        _ => [],
    };

    // Names are there before the members are: most classes have none of these.
    private static bool IsAsync(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);
}
