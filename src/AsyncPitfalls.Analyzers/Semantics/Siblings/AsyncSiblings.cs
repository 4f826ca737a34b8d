using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The awaitable methods beside a synchronous one: <c>NameAsync</c> and <c>NameTaskAsync</c> of the type that it is called
/// on, its bases and interfaces, of the extension classes in scope, and of the types that the option names. Whether a type has a member of
/// such a name is asked once per type and name.
/// </summary>
internal sealed class AsyncSiblings(AsyncModel model)
{
    /// <summary>More types to look for siblings in: extension classes that are not imported, and classes beside those with static methods.</summary>
    private static readonly RuleOption<SymbolList> MoreTypes = RuleOption.Symbols("sibling_types", "MyApp.Data.DbExtensions|T:MyApp.IO.AsyncFile", RuleCatalog.AP0028);

    private readonly ConcurrentDictionary<(ITypeSymbol Type, string Name), SiblingNames> names = new();
    private readonly ConcurrentDictionary<SyntaxTree, SymbolList> moreTypes = new();
    private readonly ExtensionScopes extensions = new(model);

    /// <summary>The first sibling that could be called in the place of a call; null where there is none. Whether it would be better there is not asked.</summary>
    public AsyncSibling? Of(IInvocationOperation call, CancellationToken cancellation) => All(call, cancellation).FirstOrDefault();

    /// <summary>Whether a type, or one of its bases, has a member of a name.</summary>
    public static bool HasMember(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(name).IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>Whether anything near a call has the name of a sibling: the cheap question, which binds nothing.</summary>
    public bool MayHave(IInvocationOperation call, CancellationToken cancellation) =>
        NamesFor(call) is { } siblings
        && (siblings.IsMember
            || call.SemanticModel is { } semantics
            && (SiblingSignatures.ReceiverOf(call)?.Type is { } receiver && extensions.HaveAny(siblings.Async, siblings.TaskAsync, receiver, call.Syntax, semantics, cancellation)
                || !MoreTypesFor(call).IsEmpty));

    /// <summary>Every sibling that could be called in the place of a call: members first, then extension methods, then those of the types that the option names.</summary>
    public IEnumerable<AsyncSibling> All(IInvocationOperation call, CancellationToken cancellation)
    {
        if (NamesFor(call) is not { } siblings || call.SemanticModel is not { } semantics)
            yield break;
        var signature = new SiblingSignatures(model, call, TypeAround(call.Syntax, semantics, cancellation) ?? (ISymbol)model.Compilation.Assembly);
        foreach (var name in siblings.Both)
        {
            foreach (var type in Inheritance.TypesOfMembers(signature.SearchedType))
            {
                foreach (var member in type.GetMembers(name))
                {
                    if (signature.OfMember(member) is { } sibling)
                        yield return sibling;
                }
            }

            if (signature.Receiver is null)
                continue;
            foreach (var method in extensions.Named(name, call.Syntax, semantics, cancellation))
            {
                if (signature.OfExtension(method) is { } sibling)
                    yield return sibling;
            }
        }

        foreach (var sibling in OfOption(call, siblings, signature))
            yield return sibling;
    }

    private static ISymbol? TypeAround(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? semantics.GetDeclaredSymbol(type, cancellation) : null;

    /// <summary>What the option names in the file of a call; hosts look a file's options up by its path, so that is done once.</summary>
    private SymbolList MoreTypesFor(IInvocationOperation call)
    {
        var file = call.Syntax.SyntaxTree;
        return moreTypes.TryGetValue(file, out var types) ? types : moreTypes.GetOrAdd(file, MoreTypes.In(file, model));
    }

    private IEnumerable<AsyncSibling> OfOption(IInvocationOperation call, SiblingNames siblings, SiblingSignatures signature) =>
        from type in MoreTypesFor(call).Types
        from name in siblings.Both
        from method in type.GetMembers(name).OfType<IMethodSymbol>()
        let sibling = signature.Receiver is null ? signature.OfMember(method) : method.IsExtensionMethod ? signature.OfExtension(method) : null
        where sibling is not null
        select sibling with { Owner = type };

    /// <summary>The names that siblings of the called method would have; null where it has none: it is awaitable itself, or is so called, passes by reference, or is no method of a type.</summary>
    private SiblingNames? NamesFor(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension)
            || method.Name.EndsWith("Async", StringComparison.Ordinal)
            || SiblingSignatures.SearchedTypeOf(call) is not { } type)
            return null;
        var called = (type.OriginalDefinition, method.Name);
        if (!names.TryGetValue(called, out var siblings))
            siblings = names.GetOrAdd(called, Find(type.OriginalDefinition, method.Name));
        return IsSynchronous(method) ? siblings : null;
    }

    private static SiblingNames Find(ITypeSymbol type, string name)
    {
        var (async, taskAsync) = (name + "Async", name + "TaskAsync");
        return new SiblingNames(async, taskAsync, Inheritance.TypesOfMembers(type).Any(searched => !searched.GetMembers(async).IsEmpty || !searched.GetMembers(taskAsync).IsEmpty));
    }

    private bool IsSynchronous(IMethodSymbol method)
    {
        if (method.RefKind != RefKind.None)
            return false;
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                return false;
        }

        return !KnownTypes.Same(method.ReturnType, model.Types.AsyncEnumerableOfT)
            && !KnownTypes.Same(method.ReturnType, model.Types.AsyncEnumeratorOfT)
            && model.Awaitables.ResultOf(method.ReturnType) is null;
    }

    /// <summary>The names of the siblings of one method.</summary>
    /// <param name="Async">Its name with <c>Async</c>.</param>
    /// <param name="TaskAsync">Its name with <c>TaskAsync</c>, by which types that have an event-based <c>NameAsync</c> call their awaitable one.</param>
    /// <param name="IsMember">Whether the type that it is called on has a member of either name.</param>
    private sealed record SiblingNames(string Async, string TaskAsync, bool IsMember)
    {
        public IEnumerable<string> Both => [Async, TaskAsync];
    }
}
