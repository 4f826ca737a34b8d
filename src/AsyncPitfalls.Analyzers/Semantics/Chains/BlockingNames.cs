using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>A name that may stand for something that blocks, and what of its use can be told from syntax.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Kind">What is done with it.</param>
internal sealed record BlockingName(string Name, NameUseKind Kind)
{
    /// <summary>The names that must stand before the dot of a static member; null for an instance's.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>Whether a static member may be named without its type, because some file imports it so.</summary>
    public bool IsImported { get; init; }

    /// <summary>How many arguments it needs.</summary>
    public int Fewest { get; init; }

    /// <summary>How many arguments it takes.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Whether it blocks only in a loop that asks it again and again.</summary>
    public bool OnlyInLoops { get; init; }

    /// <summary>Whether it never is passed <c>this</c> first, as an event is.</summary>
    public bool RaisesNoEvent { get; init; }

    /// <summary>Whether a zero among the arguments is the time after which it gives up.</summary>
    public bool EndsAtOnceWithZero { get; init; }

    /// <summary>What a file must name so that a name which many types have counts there.</summary>
    public string? Mentioned { get; init; }

    /// <summary>The types that declare it as a member of their objects; empty where it may be one of any type, or static.</summary>
    public ImmutableArray<INamedTypeSymbol> DeclaredBy { get; init; } = ImmutableArray<INamedTypeSymbol>.Empty;

    /// <summary>Whether the name may stand for what blocks in a file, whatever its uses look like.</summary>
    public bool MayBeIn(NamedBodies file) => Mentioned is null || file.Mentions(Mentioned);

    /// <summary>Whether a use of the name looks like the blocking one: which types declare it is not asked.</summary>
    public bool Fits(NameUse use) =>
        use.Kind == Kind
        && use.Arguments >= Fewest && use.Arguments <= Most
        && (use.IsInLoop || !OnlyInLoops)
        && !(use.PassesThis && RaisesNoEvent)
        && !(use.PassesZero && EndsAtOnceWithZero)
        && (Types is null || (use.Receiver is null ? IsImported : Types.Contains(use.Receiver)));
}

/// <summary>The names of all that blocks, taken from the subjects that know what does.</summary>
internal static class BlockingNames
{
    /// <summary>The names that may block in a compilation.</summary>
    public static IEnumerable<BlockingName> Of(AsyncModel model, CancellationToken cancellation) =>
    [
        .. BlockingWaits.Names.Select(name => new BlockingName(name, NameUseKind.Call)
        {
            Most = name == WellKnownMemberNames.GetResult ? 0 : int.MaxValue,
            EndsAtOnceWithZero = true,
            DeclaredBy = model.BlockingWaits.DeclaringTypes(name),
        }),
        .. BlockingWaits.ReadNames.Select(name => new BlockingName(name, NameUseKind.Read) { DeclaredBy = model.BlockingWaits.DeclaringTypes(name) }),
        .. SpinLoops.Names.Select(name => new BlockingName(name, NameUseKind.Read) { OnlyInLoops = true }),
        new BlockingName(WrittenWords.EndOfPair, NameUseKind.Call) { Fewest = 1 },
        .. HandOvers(model),
        // The members of a type from a library are read when first asked for, all of them.
        .. model.BlockingMembers.Members.Concat(model.LoopRunners.WorkMembers)
            .Where(member => model.NamedFiles.MayUse(member.Name, cancellation))
            .SelectMany(member => NamesOf(member.Type, member.Name, model, cancellation)),
        .. NamedBy(LoopRunners.Named, RuleCatalog.AP0003, model).Select(name => new BlockingName(name, NameUseKind.Call)),
        .. NamedBy(BlockingMembers.Named, RuleCatalog.AP0014, model).SelectMany(OfAnyMember),
    ];

    private static IEnumerable<BlockingName> HandOvers(AsyncModel model)
    {
        if (model.ForeignLoops.InvokingTypes is { IsEmpty: false } loops)
            yield return new BlockingName("Invoke", NameUseKind.Call) { Fewest = 1, RaisesNoEvent = true, DeclaredBy = loops };
        if (model.Types.SynchronizationContext is { } context)
            yield return new BlockingName("Send", NameUseKind.Call) { Fewest = 2, Most = 2, Mentioned = context.Name, DeclaredBy = ImmutableArray.Create(context) };
        if (model.ForeignLoops.OperationTypes is not { IsEmpty: false } operations)
            yield break;
        yield return new BlockingName("Wait", NameUseKind.Call) { EndsAtOnceWithZero = true, DeclaredBy = operations };
        yield return new BlockingName("Result", NameUseKind.Read) { DeclaredBy = operations };
    }

    /// <summary>The names that an option adds in any of the files.</summary>
    private static IEnumerable<string> NamedBy(RuleOption<SymbolList> option, DiagnosticDescriptor rule, AsyncModel model) =>
        model.Compilation.SyntaxTrees.Select(tree => option.In(tree, model, rule.Id)).Distinct().SelectMany(list => list.MemberNames);

    private static IEnumerable<BlockingName> OfAnyMember(string name) =>
    [
        new BlockingName(name, NameUseKind.Call),
        new BlockingName(name, NameUseKind.Read),
        new BlockingName(name, NameUseKind.Creation),
    ];

    private static IEnumerable<BlockingName> NamesOf(INamedTypeSymbol type, string name, AsyncModel model, CancellationToken cancellation) =>
        type.GetMembers(name).OfType<IMethodSymbol>().Select(method => method is { IsStatic: true, IsExtensionMethod: false }
            ? OfStatic(type, method, model.NamedFiles, cancellation)
            : OfInstance(type, method, model));

    private static BlockingName OfStatic(INamedTypeSymbol type, IMethodSymbol method, NamedFiles files, CancellationToken cancellation) => new(method.Name, NameUseKind.Call)
    {
        Types = [type.Name, .. files.AliasesOf(type.Name, cancellation)],
        IsImported = files.Import(type.Name, cancellation),
    };

    private static BlockingName OfInstance(INamedTypeSymbol type, IMethodSymbol method, AsyncModel model) => new(method.Name, NameUseKind.Call)
    {
        Fewest = method.Parameters.Count(parameter => !parameter.IsOptional && !parameter.IsParams) - (method.IsExtensionMethod ? 1 : 0),
        Most = method.Parameters.Any(parameter => parameter.IsParams) ? int.MaxValue : method.Parameters.Length,
        EndsAtOnceWithZero = method.Parameters.All(parameter => IsOfWaiting(parameter.Type, model.Types)),
        Mentioned = MentionOf(type, method, model),
        DeclaredBy = method.IsExtensionMethod ? ImmutableArray<INamedTypeSymbol>.Empty : ImmutableArray.Create(type),
    };

    private static bool IsOfWaiting(ITypeSymbol type, KnownTypes types) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Boolean || KnownTypes.Same(type, types.TimeSpan) || KnownTypes.Same(type, types.CancellationToken);

    /// <summary>What a file names that uses a member of a type, where every collection, reader and task has one of that name.</summary>
    private static string? MentionOf(INamedTypeSymbol type, IMethodSymbol method, AsyncModel model)
    {
        if (KnownTypes.Same(type, model.Types.TextReader))
            return "In";
        return type.IsGenericType && !method.Parameters.IsEmpty || KnownTypes.Same(type, model.Types.JoinableTaskFactory) ? type.Name : null;
    }
}
