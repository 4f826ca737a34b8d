using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Framework;

/// <summary>
/// The methods, properties and types that a list names: documentation-comment ids or type names, separated by <c>|</c>.
/// <c>M:Ns.Type.Method(System.String)</c> is that overload, <c>M:Ns.Type.Method</c> all of them, <c>T:Ns.Type</c> and
/// <c>Ns.Type</c> the type with all its members.
/// </summary>
internal sealed class SymbolList
{
    public static readonly SymbolList Empty = new(ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default));

    // The arity may follow a name; a parameter list may hold anything, as it is compared as a whole. A '#' starts a comment in .editorconfig, so constructors are named '.ctor'.
    private static readonly Regex Entry = new(
        @"^(?:(?<kind>[TMP]):)?(?<type>[^\W\d]\w*(?:`\d+)?(?:[.+][^\W\d]\w*(?:`\d+)?)*?)(?:\.(?<member>\.?[^\W\d]\w*(?:``\d+)?)(?<parameters>\(.*\)(?:~.+)?)?)?$",
        RegexOptions.CultureInvariant);

    /// <summary>How long an id may be: Roslyn reads what is nested in one by calling itself.</summary>
    private const int Longest = 1_000;

    private readonly ImmutableHashSet<ISymbol> symbols;

    private SymbolList(ImmutableHashSet<ISymbol> symbols) => this.symbols = symbols;

    /// <summary>Whether the list names nothing that this compilation knows.</summary>
    public bool IsEmpty => symbols.IsEmpty;

    /// <summary>The names of the members that the list names, and of those of the types that it names.</summary>
    public IEnumerable<string> MemberNames => symbols.SelectMany(symbol => symbol switch
    {
        INamedTypeSymbol type => type.MemberNames,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => [constructor.ContainingType.Name],
        _ => (IEnumerable<string>)[symbol.Name],
    });

    /// <summary>The types that the list names.</summary>
    public IEnumerable<INamedTypeSymbol> Types => symbols.OfType<INamedTypeSymbol>();

    /// <summary>Whether the list names a member, what it overrides or extends, or the type that declares any of these.</summary>
    public bool Holds(ISymbol? member)
    {
        if (IsEmpty)
            return false;
        for (var current = member; current is not null; current = OverriddenBy(current))
        {
            var definition = ((current as IMethodSymbol)?.ReducedFrom ?? current).OriginalDefinition;
            if (symbols.Contains(definition) || (definition.ContainingType is { } type && symbols.Contains(type)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the list names a type, a base of it, or an interface that it implements.</summary>
    public bool HoldsType(ITypeSymbol? type)
    {
        if (IsEmpty || type is null)
            return false;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (symbols.Contains(current.OriginalDefinition))
                return true;
        }

        return type.AllInterfaces.Any(implemented => symbols.Contains(implemented.OriginalDefinition));
    }

    /// <summary>
    /// Reads a list. What is no id and what names nothing in this compilation are faults, but for an entry that ends in
    /// <c>?</c>: projects share their configuration, and it says that not all of them know what it names.
    /// </summary>
    public static OptionValue<SymbolList> Read(string text, Compilation compilation)
    {
        var found = Empty.symbols.ToBuilder();
        var faults = new List<OptionFault>();
        foreach (var entry in text.Split('|').Select(entry => entry.Trim()).Where(entry => entry.Length > 0).Distinct())
        {
            var isOptional = entry.EndsWith("?", StringComparison.Ordinal);
            var id = isOptional ? entry.Substring(0, entry.Length - 1).TrimEnd() : entry;
            var match = id.Length <= Longest ? Entry.Match(id) : Match.Empty;
            var (symbols, owner) = match.Success ? Resolve(id, match, compilation) : ([], null);
            found.UnionWith(symbols);
            if (symbols.Count > 0)
                continue;
            if (owner is null && !CanNameAnything(match))
                faults.Add(new OptionFault("AP9001_Symbol", entry));
            else if (!isOptional)
                faults.Add(owner is null ? new OptionFault("AP9001_Unknown", entry) : new OptionFault("AP9001_Member", entry, owner.ToDisplayString()));
        }

        return new OptionValue<SymbolList>(new SymbolList(found.ToImmutable()), faults);
    }

    /// <summary>Whether an entry can name something somewhere: a type in a namespace, or a member of a type.</summary>
    private static bool CanNameAnything(Match match) =>
        match.Success && (match.Groups["kind"].Value == "T" ? !match.Groups["parameters"].Success : match.Groups["member"].Success);

    /// <summary>The symbols that an entry names and, where it names a member, the type that should declare it; null where that is not there.</summary>
    private static (IReadOnlyList<ISymbol> Symbols, INamedTypeSymbol? Owner) Resolve(string entry, Match match, Compilation compilation)
    {
        var kind = match.Groups["kind"].Value;
        var hasParameters = match.Groups["parameters"].Success;
        if (kind is "" or "T" && !hasParameters && TypesOf(entry.Substring(kind == "T" ? 2 : 0), compilation) is { Count: > 0 } types)
            return (types, null);
        if (kind == "T" || !match.Groups["member"].Success)
            return ([], null);

        var owners = TypesOf(match.Groups["type"].Value, compilation);
        IReadOnlyList<ISymbol> members = hasParameters
            ? [.. DocumentationCommentId.GetSymbolsForDeclarationId(kind == "" ? "M:" + entry : entry, compilation)]
            : [.. owners.SelectMany(owner => MembersOf(owner, match.Groups["member"].Value)).Where(member => IsOfKind(member, kind))];
        return (members, owners.FirstOrDefault());
    }

    private static IReadOnlyList<INamedTypeSymbol> TypesOf(string name, Compilation compilation) =>
        [.. DocumentationCommentId.GetSymbolsForDeclarationId("T:" + name.Replace('+', '.'), compilation).OfType<INamedTypeSymbol>()];

    private static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type, string name)
    {
        var arity = name.IndexOf('`');
        return arity < 0
            ? type.GetMembers(name)
            : type.GetMembers(name.Substring(0, arity)).Where(member => member is IMethodSymbol method && name.EndsWith("``" + method.Arity));
    }

    private static bool IsOfKind(ISymbol member, string kind) => kind switch
    {
        "M" => member is IMethodSymbol,
        "P" => member is IPropertySymbol,
        _ => member is IMethodSymbol or IPropertySymbol,
    };

    private static ISymbol? OverriddenBy(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };
}
