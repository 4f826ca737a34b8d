using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AsyncPitfalls.Asyncify;

/// <summary>
/// Methods that can only change their signature together: one, what it overrides and implements, what overrides and
/// implements that, and the parts of partial ones; and every place in the solution that names one of them.
/// </summary>
internal sealed record MethodFamily(ImmutableArray<IMethodSymbol> Members, ImmutableArray<ReferenceLocation> References)
{
    private static readonly ConditionalWeakTable<Solution, ConcurrentDictionary<Location, Found>> Known = new();

    /// <summary>The family of a method; null where a member of it is declared in another assembly, which dictates the signature.</summary>
    public static async Task<MethodFamily?> OfAsync(IMethodSymbol method, Solution solution, CancellationToken cancellation)
    {
        if (SourceOf(method) is not { } location)
            return null;
        var known = Known.GetValue(solution, _ => new ConcurrentDictionary<Location, Found>());
        if (!known.TryGetValue(location, out var found))
            known[location] = found = new Found(await FindAsync(method, solution, cancellation).ConfigureAwait(false));
        return found.Family;
    }

    private static async Task<MethodFamily?> FindAsync(IMethodSymbol method, Solution solution, CancellationToken cancellation)
    {
        if (await MembersAsync(method, solution, cancellation).ConfigureAwait(false) is not { } members)
            return null;
        var covered = new HashSet<Location?>();
        var references = new Dictionary<Location, ReferenceLocation>();
        foreach (var member in members)
        {
            // One search finds the references of related members too.
            if (!covered.Add(SourceOf(member)))
                continue;
            foreach (var referenced in await SymbolFinder.FindReferencesAsync(member, solution, cancellation).ConfigureAwait(false))
            {
                if (referenced.Definition is not IMethodSymbol)
                    continue;
                covered.Add(SourceOf(referenced.Definition));
                foreach (var reference in referenced.Locations)
                    references[reference.Location] = reference;
            }
        }

        return new MethodFamily(members.ToImmutableArray(), references.Values.ToImmutableArray());
    }

    private static async Task<IReadOnlyList<IMethodSymbol>?> MembersAsync(IMethodSymbol method, Solution solution, CancellationToken cancellation)
    {
        var members = new Dictionary<Location, IMethodSymbol>();
        var open = new Queue<IMethodSymbol>([method]);
        while (open.Count > 0)
        {
            var member = Definition(open.Dequeue());
            if (SourceOf(member) is not { } location)
                return null;
            if (members.ContainsKey(location))
                continue;
            members.Add(location, member);
            if (member.PartialImplementationPart is { } implementation && SourceOf(implementation) is { } part)
                members[part] = implementation;
            foreach (var related in Dictating(member).Concat(await RelatedAsync(member, solution, cancellation).ConfigureAwait(false)))
                open.Enqueue(related);
        }

        return members.Values.ToList();
    }

    /// <summary>What a method of a class or struct overrides and implements there.</summary>
    private static IEnumerable<IMethodSymbol> Dictating(IMethodSymbol method)
    {
        if (method.OverriddenMethod is { } overridden)
            yield return overridden;
        foreach (var implemented in method.ExplicitInterfaceImplementations)
            yield return implemented;
        if (method.ContainingType is not { TypeKind: not TypeKind.Interface } type || method.MethodKind != MethodKind.Ordinary)
            yield break;
        foreach (var member in type.AllInterfaces.SelectMany(implemented => implemented.GetMembers(method.Name)))
        {
            if (member is IMethodSymbol declared && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared), method))
                yield return declared;
        }
    }

    /// <summary>What overrides and implements a method, and what it implements for a class that inherits it.</summary>
    private static async Task<IEnumerable<IMethodSymbol>> RelatedAsync(IMethodSymbol method, Solution solution, CancellationToken cancellation)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
            return [];
        var overrides = await SymbolFinder.FindOverridesAsync(method, solution, null, cancellation).ConfigureAwait(false);
        var implementations = await SymbolFinder.FindImplementationsAsync(method, solution, null, cancellation).ConfigureAwait(false);
        var implemented = await SymbolFinder.FindImplementedInterfaceMembersAsync(method, solution, null, cancellation).ConfigureAwait(false);
        return overrides.Concat(implementations).Concat(implemented).OfType<IMethodSymbol>();
    }

    private static IMethodSymbol Definition(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.PartialDefinitionPart ?? definition;
    }

    private static Location? SourceOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource);

    /// <summary>What was found, also when that is nothing.</summary>
    private sealed record Found(MethodFamily? Family);
}
