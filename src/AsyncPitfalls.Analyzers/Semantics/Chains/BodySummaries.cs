using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a synchronous member does itself, as far as chains of calls go.</summary>
/// <param name="Blocks">The first thing in it that blocks; null where nothing does.</param>
/// <param name="Calls">What it runs of this compilation, in source order; not looked for where it blocks itself.</param>
internal sealed record BodySummary(BlockingPlace? Blocks, ImmutableArray<MemberCall> Calls);

/// <summary>Reads the bodies of members that may block, each once.</summary>
internal sealed class BodySummaries
{
    private static readonly BodySummary Nothing = new(null, ImmutableArray<MemberCall>.Empty);

    private readonly AsyncModel model;
    private readonly MemberRuns runs;
    private readonly BlockingReach reach;
    private readonly ConcurrentDictionary<IMethodSymbol, BodySummary> known = new(SymbolEqualityComparer.Default);

    public BodySummaries(AsyncModel model)
    {
        this.model = model;
        runs = new MemberRuns(model);
        reach = new BlockingReach(model, (member, cancellation) => BlocksItself(member, cancellation) is not null);
    }

    /// <summary>What a member does itself; nothing for what names say can never block.</summary>
    public BodySummary Of(IMethodSymbol member, CancellationToken cancellation)
    {
        if (known.TryGetValue(member, out var summary))
            return summary;
        summary = reach.Has(member, cancellation) ? Read(member, cancellation) : Nothing;
        known.TryAdd(member, summary);
        return summary;
    }

    /// <summary>The members of this compilation of which an operation runs one, as <see cref="MemberRuns.Of"/> has them; empty where its name can never block.</summary>
    public ImmutableArray<IMethodSymbol> RunBy(IOperation operation, CancellationToken cancellation) =>
        MayBlock(operation, cancellation) ? runs.Of(operation, cancellation) : ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>Everything in a member that blocks by itself, and every call of others, in source order.</summary>
    public IEnumerable<(IOperation Operation, BlockingPlace? Blocks, ImmutableArray<IMethodSymbol> Targets)> PartsOf(IMethodSymbol member, CancellationToken cancellation)
    {
        foreach (var body in BodiesOf(member, cancellation))
        {
            foreach (var operation in runs.OwnOf(body, cancellation))
            {
                if (!MemberRuns.IsRun(operation))
                    continue;
                if (BlockingAt(operation, cancellation) is { } blocks)
                {
                    if (!model.Unexecuted.Holds(operation))
                        yield return (operation, blocks, ImmutableArray<IMethodSymbol>.Empty);
                }
                else if (RunBy(operation, cancellation) is { IsEmpty: false } targets
                    && targets.All(target => reach.Has(target, cancellation))
                    && !MemberRuns.IsThrown(operation)
                    && !model.Unexecuted.Holds(operation))
                {
                    yield return (operation, null, targets);
                }
            }
        }
    }

    /// <summary>Whether the name of what an operation runs is one that may block.</summary>
    public bool MayBlock(IOperation operation, CancellationToken cancellation) => operation switch
    {
        IInvocationOperation call => reach.Has(call.TargetMethod.MethodKind == MethodKind.Constructor ? call.TargetMethod.ContainingType.Name : call.TargetMethod.Name, cancellation),
        IPropertyReferenceOperation property => reach.Has(property.Property.Name, cancellation),
        IObjectCreationOperation { Constructor.ContainingType.Name: var name } => reach.Has(name, cancellation),
        _ => false,
    };

    /// <summary>The first thing in a member that blocks by itself.</summary>
    private BlockingPlace? BlocksItself(IMethodSymbol member, CancellationToken cancellation)
    {
        foreach (var operation in BodiesOf(member, cancellation).SelectMany(body => runs.OwnOf(body, cancellation)))
        {
            if (MemberRuns.IsRun(operation) && BlockingAt(operation, cancellation) is { } blocks && !model.Unexecuted.Holds(operation))
                return blocks;
        }

        return null;
    }

    private BodySummary Read(IMethodSymbol member, CancellationToken cancellation)
    {
        var calls = ImmutableArray.CreateBuilder<MemberCall>();
        foreach (var (operation, blocks, targets) in PartsOf(member, cancellation))
        {
            if (blocks is not null)
                return new BodySummary(blocks, ImmutableArray<MemberCall>.Empty);
            calls.Add(new MemberCall(operation.Syntax, targets));
        }

        if (BaseConstructorOf(member, cancellation) is { } based)
            calls.Insert(0, based);
        return calls.Count == 0 ? Nothing : new BodySummary(null, calls.ToImmutable());
    }

    /// <summary>What an operation itself waits for, be it a task, another thread's loop, or what always blocks.</summary>
    private BlockingPlace? BlockingAt(IOperation operation, CancellationToken cancellation)
    {
        if (model.ForeignLoops.OfCalledByAsync(operation, cancellation) is { } foreign)
            return foreign.IsMeant ? null : Place(operation, ImmutableArray<IOperation>.Empty);
        if (model.BlockingWaits.Of(operation) is not null)
            return model.GenuineWaits.Of(operation, cancellation) is { } wait ? Place(operation, wait.Tasks) : null;
        if (model.BlockingMembers.Of(operation, RuleCatalog.AP0014, cancellation) is { } call)
            return call.Kind == BlockingKind.Sequence && model.BlockingSequences.IsEnumeratedElsewhere(operation, cancellation) ? null : Place(operation, ImmutableArray<IOperation>.Empty);
        return operation is IInvocationOperation run && model.LoopRunners.KnownKindOf(run.TargetMethod, run.Syntax.SyntaxTree) == LoopRunnerKind.Work
            ? Place(operation, ImmutableArray<IOperation>.Empty)
            : null;
    }

    private BlockingPlace Place(IOperation operation, ImmutableArray<IOperation> tasks)
    {
        var text = operation switch
        {
            IInvocationOperation { TargetMethod: var method } => CalledNames.Of(method),
            IMemberReferenceOperation { Member: var member } => CalledNames.Of(member),
            _ => "new " + operation.Type?.Name,
        };
        var parameters = tasks.Select(task => (model.Awaitables.Behind(task) as IParameterReferenceOperation)?.Parameter).OfType<IParameterSymbol>().ToImmutableArray();
        return new BlockingPlace(text, operation.Syntax, parameters.Length == tasks.Length ? parameters : ImmutableArray<IParameterSymbol>.Empty);
    }

    /// <summary>What a member runs: its body and, for a constructor that calls no other one of its type, what initializes the fields.</summary>
    private IEnumerable<IOperation> BodiesOf(IMethodSymbol member, CancellationToken cancellation)
    {
        if (member.MethodKind == MethodKind.Constructor && !CallsThis(member, cancellation))
        {
            foreach (var initializer in member.ContainingType.DeclaringSyntaxReferences.SelectMany(reference => InitializersOf(reference.GetSyntax(cancellation))))
            {
                if (model.Bodies.SemanticsOf(initializer.SyntaxTree).GetOperation(initializer, cancellation) is { } operation)
                    yield return operation;
            }
        }

        if (model.Bodies.OperationOf(member, cancellation) is { } body)
            yield return body;
    }

    private static IEnumerable<SyntaxNode> InitializersOf(SyntaxNode type) => type is not TypeDeclarationSyntax declaration ? [] :
    [
        .. declaration.Members.OfType<FieldDeclarationSyntax>()
            .Where(field => !field.Modifiers.Any(SyntaxKind.StaticKeyword) && !field.Modifiers.Any(SyntaxKind.ConstKeyword))
            .SelectMany(field => field.Declaration.Variables)
            .Select(variable => variable.Initializer)
            .OfType<SyntaxNode>(),
        .. declaration.Members.OfType<PropertyDeclarationSyntax>()
            .Where(property => !property.Modifiers.Any(SyntaxKind.StaticKeyword))
            .Select(property => property.Initializer)
            .OfType<SyntaxNode>(),
        .. declaration.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>() ?? [],
    ];

    private static bool CallsThis(IMethodSymbol constructor, CancellationToken cancellation) =>
        Bodies.SyntaxOf(constructor, cancellation) is ConstructorDeclarationSyntax { Initializer: { } initializer }
        && initializer.IsKind(SyntaxKind.ThisConstructorInitializer);

    /// <summary>The constructor of the base type that one calls without saying so; null where there is none in this compilation that may block.</summary>
    private MemberCall? BaseConstructorOf(IMethodSymbol member, CancellationToken cancellation)
    {
        if (member.MethodKind != MethodKind.Constructor
            || Bodies.SyntaxOf(member, cancellation) is ConstructorDeclarationSyntax { Initializer: not null }
            || member.ContainingType is not { TypeKind: TypeKind.Class, BaseType: { } based }
            || based.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams))?.OriginalDefinition is not { } called
            || member.DeclaringSyntaxReferences.Concat(member.ContainingType.DeclaringSyntaxReferences).FirstOrDefault()?.GetSyntax(cancellation) is not { } place)
            return null;
        return reach.Has(called, cancellation) ? new MemberCall(place, ImmutableArray.Create(called)) : null;
    }
}
