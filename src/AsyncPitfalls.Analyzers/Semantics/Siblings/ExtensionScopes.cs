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

    /// <summary>Whether an extension method of either of two names is in scope that may extend a type. Asked once for all calls of a method on a type, whose siblings have these names: a query's <c>Any</c> has a sibling for queries of another kind.</summary>
    public bool HaveAny(string name, string otherName, ITypeSymbol type, SyntaxNode place, SemanticModel semantics, CancellationToken cancellation)
    {
        var scope = ScopeOf(place);
        return extending.TryGetValue((scope, type, name), out var known)
            ? known
            : extending.GetOrAdd((scope, type, name), ExtendsAny(type, SeenFrom(scope, semantics, cancellation), name, otherName));
    }

    private static bool ExtendsAny(ITypeSymbol type, ImmutableArray<ILookup<string, IMethodSymbol>> seen, string name, string otherName)
    {
        foreach (var methods in seen)
        {
            if (ExtendsAny(type, methods[name]) || ExtendsAny(type, methods[otherName]))
                return true;
        }

        return false;
    }

    private static bool ExtendsAny(ITypeSymbol type, IEnumerable<IMethodSymbol> extensions)
    {
        foreach (var extension in extensions)
        {
            if (extension.ReduceExtensionMethod(type) is not null)
                return true;
        }

        return false;
    }

    /// <summary>The extension methods of a name that are in scope, whatever they extend.</summary>
    public IEnumerable<IMethodSymbol> Named(string name, SyntaxNode place, SemanticModel semantics, CancellationToken cancellation) =>
        SeenFrom(ScopeOf(place), semantics, cancellation).SelectMany(methods => methods[name]);

    private ImmutableArray<ILookup<string, IMethodSymbol>> SeenFrom(SyntaxNode scope, SemanticModel semantics, CancellationToken cancellation) =>
        ofScopes.TryGetValue(scope, out var seen) ? seen : ofScopes.GetOrAdd(scope, Find(scope, semantics, cancellation));

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

    private static ILookup<string, IMethodSymbol> Read(INamespaceOrTypeSymbol container)
    {
        var found = new List<IMethodSymbol>();
        if (container is INamedTypeSymbol type)
        {
            AddExtensions(type, found);
        }
        else if (container is INamespaceSymbol space)
        {
            // Assembly by assembly: asked for all types of a namespace at once, the compiler first merges them.
            foreach (var part in space.ConstituentNamespaces)
            {
                if (part.ContainingAssembly?.MightContainExtensionMethods == false)
                    continue;
                foreach (var candidate in part.GetTypeMembers())
                    AddExtensions(candidate, found);
            }
        }

        return found.ToLookup(method => method.Name, StringComparer.Ordinal);
    }

    private static void AddExtensions(INamedTypeSymbol type, List<IMethodSymbol> found)
    {
        if (!type.IsStatic || !type.MightContainExtensionMethods)
            return;
        foreach (var name in type.MemberNames)
        {
            if (!IsAsync(name))
                continue;
            foreach (var member in type.GetMembers(name))
            {
                if (member is IMethodSymbol { IsExtensionMethod: true } method)
                    found.Add(method);
            }
        }
    }

    // Names are there before the members are: most classes have none of these.
    private static bool IsAsync(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);
}
