using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A lock that only the thread that took it can release, still held at an await.</summary>
/// <param name="Taking">The call that takes it.</param>
/// <param name="Await">The first await that a path comes to with it.</param>
/// <param name="IsReleased">Whether the function releases it, on whatever path.</param>
/// <param name="KeepsThread">Whether the function goes on with the same thread, which can take the lock again meanwhile.</param>
internal sealed record HeldLock(LockCall Taking, SyntaxNode Await, bool IsReleased, bool KeepsThread);

/// <summary>Which locks a function takes and holds over an await. A lock that another function releases is that function's business.</summary>
internal sealed class HeldLocks(AsyncModel model)
{
    /// <summary>What names of calls release a lock.</summary>
    private static readonly HashSet<string> Releases =
        ["Exit", "ReleaseMutex", "ExitReadLock", "ExitWriteLock", "ExitUpgradeableReadLock", "ReleaseReaderLock", "ReleaseWriterLock", "ReleaseLock"];

    public LockCalls Calls { get; } = new(model);

    /// <summary>The lock that a call takes and that is held over an await; null where the call takes none, or it is released before, or by another function.</summary>
    public HeldLock? Of(IInvocationOperation call, CancellationToken cancellation) =>
        MayTake(call.TargetMethod.Name)
        && call.SemanticModel is { } semantics
        && Functions.Around(call.Syntax) is { } around && Functions.IsAsync(around)
        && Calls.Of(call, cancellation) is { Takes: true } taking
        && model.FlowGraphs.Around(call, cancellation) is { } graph
            ? Follow(taking, around, semantics, graph, cancellation)
            : null;

    /// <summary>Whether a method of this name takes a lock, if a known lock declares it: what nearly every call is told apart by.</summary>
    private static bool MayTake(string name) => name switch
    {
        "Enter" or "TryEnter" or "WaitOne" or "AcquireReaderLock" or "AcquireWriterLock" => true,
        "EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock" => true,
        "TryEnterReadLock" or "TryEnterWriteLock" or "TryEnterUpgradeableReadLock" => true,
        _ => false,
    };

    private HeldLock? Follow(LockCall taking, SyntaxNode around, SemanticModel semantics, ControlFlowGraph graph, CancellationToken cancellation)
    {
        var call = taking.Call;
        var function = OwnOperations.FunctionAround(call);
        var own = Calls.In(function, cancellation).Where(other => !other.Takes && other.IsSameLock(taking)).ToDictionary(other => other.Call.Syntax);
        var paths = new LockPaths(model, graph, taking, operation => own.ContainsKey(operation.Syntax) || ReleasesInside(operation, taking, cancellation), cancellation);
        if (paths.FirstAwait(semantics) is not { } await
            || own.Count == 0 && !ReleasesByLocalFunction(taking, function, cancellation) && (IsReleasedElsewhere(taking, around, cancellation) || IsPassedOn(taking, function, cancellation) || LastsForever(taking, around, cancellation))
            || model.Unexecuted.Holds(call)
            || model.BlockingDefects.HasBefore(call, BlockingDefect.HeldLock, cancellation))
            return null;
        return new HeldLock(taking, await.Syntax, own.Count > 0, model.SuspendingAwaits.KeepsThread(call.Syntax, semantics, cancellation) && !SuspendingAwaits.LeavesContext(await));
    }

    /// <summary>Whether a call runs a local function, or a method of the same type, that releases the lock.</summary>
    private bool ReleasesInside(IOperation operation, LockCall taking, CancellationToken cancellation) =>
        operation is IInvocationOperation { TargetMethod: var method }
        && taking.Holder is not null
        && (method.MethodKind == MethodKind.LocalFunction || SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, taking.Holder.ContainingType?.OriginalDefinition))
        && model.Bodies.OperationOf(method, cancellation) is { } body
        && IsOnlyReleased(Calls.In(body, cancellation), taking);

    /// <summary>Whether a function calls a local function that releases the lock, which is then no other function's business.</summary>
    private bool ReleasesByLocalFunction(LockCall taking, IOperation function, CancellationToken cancellation) =>
        OwnOperations.Of(function).Any(operation => operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } && ReleasesInside(operation, taking, cancellation));

    /// <summary>Whether calls of one function release a lock that none of them takes.</summary>
    private static bool IsOnlyReleased(IEnumerable<LockCall> calls, LockCall taking)
    {
        var same = calls.Where(other => other.Mode == taking.Mode && SymbolEqualityComparer.Default.Equals(other.Holder, taking.Holder)).ToList();
        return same.Count > 0 && same.All(other => !other.Takes);
    }

    /// <summary>Whether another function in sight of the lock releases it without having taken it, as the second half of <c>Acquire</c> and <c>Release</c>.</summary>
    private bool IsReleasedElsewhere(LockCall taking, SyntaxNode around, CancellationToken cancellation) =>
        taking.Holder is { } holder && ScopesOf(holder, cancellation)
            .SelectMany(scope => scope.DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Where(call => Releases.Contains(CalledNames.TextOf(call)))
            .Select(Functions.Around)
            .OfType<SyntaxNode>()
            .Distinct()
            .Where(function => function != around)
            .Any(function => IsOnlyReleased(CallsOf(function, cancellation), taking));

    private static IEnumerable<SyntaxNode> ScopesOf(ISymbol holder, CancellationToken cancellation) =>
        holder is ILocalSymbol or IParameterSymbol
            ? holder.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation).Ancestors().First(node => Functions.IsFunction(node) || node is TypeDeclarationSyntax))
            : ((holder as INamedTypeSymbol) ?? holder.ContainingType)?.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)) ?? [];

    private IEnumerable<LockCall> CallsOf(SyntaxNode function, CancellationToken cancellation)
    {
        var semantics = model.Bodies.SemanticsOf(function.SyntaxTree);
        return Functions.OwnNodes(function)
            .OfType<InvocationExpressionSyntax>()
            .Select(call => semantics.GetOperation(call, cancellation) is IInvocationOperation operation ? Calls.Of(operation, cancellation) : null)
            .OfType<LockCall>();
    }

    /// <summary>Whether a function gives the lock to somebody who may release it, such as the constructor of a releaser, or returns it.</summary>
    private bool IsPassedOn(LockCall taking, IOperation function, CancellationToken cancellation) =>
        taking.Holder is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol
        && OwnOperations.Of(function).Any(operation =>
            operation is IArgumentOperation or IReturnOperation
            && ValueOf(operation) is { } value
            && SymbolEqualityComparer.Default.Equals(Calls.HolderOf(value, cancellation), taking.Holder)
            && !(operation.Parent is IInvocationOperation call && KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Monitor)));

    private static IOperation? ValueOf(IOperation operation) => operation switch
    {
        IArgumentOperation argument => argument.Value,
        IReturnOperation returned => returned.ReturnedValue,
        _ => null,
    };

    /// <summary>Whether a program takes a mutex that nobody releases, to be the only one of its kind for as long as it runs: the thread that waits for its end keeps it.</summary>
    private bool LastsForever(LockCall taking, SyntaxNode around, CancellationToken cancellation) =>
        taking.Call.TargetMethod.Name == "WaitOne"
        && model.Surroundings.Of(around, taking.Call.SemanticModel!, cancellation) == Surrounding.EntryPoint;
}
