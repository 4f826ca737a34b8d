using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What always blocks: sleeps, waits for handles and locks, blocking collections, processes, the console's input, parallel loops.</summary>
internal sealed class BlockingMembers(AsyncModel model)
{
    /// <summary>What blocks beside what is known: methods, properties and constructors; a type stands for all its synchronous methods.</summary>
    public static readonly RuleOption<SymbolList> Named = RuleOption.Symbols(
        "blocking_methods", "M:MyCompany.Device.Read", RuleCatalog.AP0013, RuleCatalog.AP0014, RuleCatalog.AP0015);

    /// <summary>What blocks nobody for long, however it looks.</summary>
    public static readonly RuleOption<SymbolList> Harmless = RuleOption.Symbols(
        "nonblocking_methods", "M:System.Threading.SemaphoreSlim.Wait", RuleCatalog.AP0013, RuleCatalog.AP0014, RuleCatalog.AP0015, RuleCatalog.AP0028);

    private readonly Dictionary<string, List<(INamedTypeSymbol Type, BlockingKind Kind)>> members = MembersOf(model.Types);
    private readonly BoundedCollections bounded = new(model);

    /// <summary>Each well-known member that can block, by its type and name, without the pairs of <see cref="BeginEndPairs"/>.</summary>
    public IEnumerable<(INamedTypeSymbol Type, string Name)> Members =>
        members.SelectMany(named => named.Value.Select(declared => (declared.Type, named.Key)));

    /// <summary>The kinds of operations for which <see cref="Of(IOperation, CancellationToken)"/> can have an answer: other than calls only where somebody has named what blocks.</summary>
    public ImmutableArray<OperationKind> Kinds => model.Compilation.SyntaxTrees.All(file => Named.In(file, model, RuleCatalog.AP0013.Id).IsEmpty)
        ? ImmutableArray.Create(OperationKind.Invocation)
        : ImmutableArray.Create(OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation);

    /// <summary>
    /// The blocking call that an operation is; null for all others, and for one with a constant time-out of zero. A method
    /// that is only made a delegate does not block. It asks neither where the call stands nor whether another defect comes
    /// before (<see cref="BlockingDefects"/>).
    /// </summary>
    public BlockingCall? Of(IOperation operation, CancellationToken cancellation) => Of(operation, RuleCatalog.AP0013, cancellation);

    /// <summary>The blocking call that an operation is to a rule: options may name others for it than for AP0013.</summary>
    public BlockingCall? Of(IOperation operation, DiagnosticDescriptor rule, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var kind = operation switch
        {
            IInvocationOperation call => KindOf(call, cancellation) ?? (IsNamed(call.TargetMethod, call, rule) ? BlockingKind.Named : null),
            IPropertyReferenceOperation { Parent: not ISimpleAssignmentOperation } read => IsNamed(read.Property, read, rule) ? BlockingKind.Named : null,
            IObjectCreationOperation { Constructor: { } constructor } creation => IsNamed(constructor, creation, rule) ? BlockingKind.Named : null,
            _ => (BlockingKind?)null,
        };
        return kind is { } found && !ReturnsAtOnce(operation) && !IsHarmless(operation, rule) ? new BlockingCall(operation, NameOf(operation.Syntax), found) : null;
    }

    private static SyntaxNode NameOf(SyntaxNode called) =>
        called is ObjectCreationExpressionSyntax creation ? creation.Type : BlockingWaits.NameOf(called);

    private bool IsNamed(ISymbol member, IOperation operation, DiagnosticDescriptor rule) =>
        Named.In(operation.Syntax.SyntaxTree, model, rule.Id) is { IsEmpty: false } named
        && named.Holds(member)
        && (member is IMethodSymbol { MethodKind: not MethodKind.Constructor } method
            ? model.Awaitables.ResultOf(method.ReturnType) is null
            : !named.HoldsType(member.ContainingType));

    private bool IsHarmless(IOperation operation, DiagnosticDescriptor rule) =>
        Harmless.In(operation.Syntax.SyntaxTree, model, rule.Id) is { IsEmpty: false } harmless
        && operation switch
        {
            IInvocationOperation call => harmless.Holds(call.TargetMethod) || harmless.HoldsType(call.Instance?.Type),
            IPropertyReferenceOperation read => harmless.Holds(read.Property),
            IObjectCreationOperation creation => harmless.Holds(creation.Constructor),
            _ => false,
        };

    private BlockingKind? KindOf(IInvocationOperation call, CancellationToken cancellation)
    {
        var method = call.TargetMethod;
        if (!members.TryGetValue(method.Name, out var declaring))
            return BeginEndPairs.BegunBy(call, model.Types, cancellation) is not null ? BlockingKind.Pair : null;
        foreach (var (type, kind) in declaring)
        {
            if (KnownTypes.SameOrBelow(method.ContainingType, type) && Waits(call, kind, cancellation))
                return kind;
        }

        return null;
    }

    private bool Waits(IInvocationOperation call, BlockingKind kind, CancellationToken cancellation) => kind switch
    {
        BlockingKind.Collection => call.TargetMethod.Name switch
        {
            "Add" => bounded.Holds(call.Instance, cancellation),
            "TryAdd" => call.Arguments.Any(IsTimeout) && bounded.Holds(call.Instance, cancellation),
            "TryTake" => call.Arguments.Any(IsTimeout),
            _ => true,
        },
        BlockingKind.Input => call.TargetMethod.IsStatic || model.Loggers.ConsoleStream(call.Instance, cancellation) is { Name: "In" },
        BlockingKind.Spin => call.TargetMethod.Name != "SpinWait" || IsInIdleLoop(call.Syntax),
        _ => true,
    };

    /// <summary>Whether a node is in a loop that holds its thread from its first turn to its last.</summary>
    private static bool IsInIdleLoop(SyntaxNode node)
    {
        foreach (var outer in node.Ancestors())
        {
            if (Functions.IsFunction(outer))
                return false;
            if (outer is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
                return !outer.DescendantNodes(inner => !Functions.IsFunction(inner)).Any(inner => inner is AwaitExpressionSyntax);
        }

        return false;
    }

    private bool ReturnsAtOnce(IOperation operation) =>
        operation is IInvocationOperation call && call.Arguments.Any(argument => IsTimeout(argument) && model.BlockingWaits.IsZero(argument.Value));

    /// <summary>Whether an argument says how long to wait: a time span, or what the framework calls its milliseconds.</summary>
    public bool IsTimeout(IArgumentOperation argument) => argument.Parameter is { Type: var type, Name: var name }
        && (KnownTypes.Same(type, model.Types.TimeSpan)
            || type.SpecialType == SpecialType.System_Int32
                && (name.StartsWith("milliseconds", StringComparison.OrdinalIgnoreCase) || name.EndsWith("timeout", StringComparison.OrdinalIgnoreCase)));

    private static Dictionary<string, List<(INamedTypeSymbol Type, BlockingKind Kind)>> MembersOf(KnownTypes types)
    {
        var members = new Dictionary<string, List<(INamedTypeSymbol, BlockingKind)>>(StringComparer.Ordinal);
        foreach (var (type, kind, names) in new (INamedTypeSymbol? Type, BlockingKind Kind, string[] Names)[]
        {
            (types.Thread, BlockingKind.Sleep, ["Sleep"]),
            (types.Thread, BlockingKind.Thread, ["Join"]),
            (types.Thread, BlockingKind.Spin, ["SpinWait"]),
            (types.SpinWait, BlockingKind.Spin, ["SpinUntil"]),
            (types.WaitHandle, BlockingKind.Handle, ["WaitOne", "WaitAll", "WaitAny", "SignalAndWait"]),
            (types.ManualResetEventSlim, BlockingKind.Event, ["Wait"]),
            (types.CountdownEvent, BlockingKind.Event, ["Wait"]),
            (types.SemaphoreSlim, BlockingKind.Semaphore, ["Wait"]),
            (types.Barrier, BlockingKind.Barrier, ["SignalAndWait"]),
            (types.Monitor, BlockingKind.Pulse, ["Wait"]),
            (types.BlockingCollectionOfT, BlockingKind.Collection, ["Take", "TakeFromAny", "TryTake", "Add", "TryAdd"]),
            (types.BlockingCollectionOfT, BlockingKind.Sequence, ["GetConsumingEnumerable"]),
            (types.TaskAsyncEnumerableExtensions, BlockingKind.Sequence, ["ToBlockingEnumerable"]),
            (types.Process, BlockingKind.Process, ["WaitForExit"]),
            (types.Console, BlockingKind.Input, ["ReadLine", "ReadKey", "Read"]),
            (types.TextReader, BlockingKind.Input, ["ReadLine", "Read", "ReadBlock", "ReadToEnd"]),
            (types.Parallel, BlockingKind.Parallel, ["For", "ForEach", "Invoke"]),
            (types.Task, BlockingKind.TaskRun, ["RunSynchronously"]),
        })
        {
            if (type is null)
                continue;
            foreach (var name in names)
            {
                if (!members.TryGetValue(name, out var declaring))
                    members.Add(name, declaring = []);
                declaring.Add((type, kind));
            }
        }

        return members;
    }
}
