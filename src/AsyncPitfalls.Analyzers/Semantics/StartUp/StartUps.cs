using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A function that a host runs while it starts.</summary>
internal enum StartFunction
{
    /// <summary>None.</summary>
    No,

    /// <summary><c>IHostedService.StartAsync</c>: the host waits for its task before it goes on.</summary>
    StartAsync,

    /// <summary><c>BackgroundService.ExecuteAsync</c>: the host goes on when it first gives the thread back.</summary>
    ExecuteAsync,
}

/// <summary>How something keeps a host from starting.</summary>
internal enum StartUpKind
{
    /// <summary>It blocks the thread that starts the host.</summary>
    Blocks,

    /// <summary>It is a loop that goes on until the service stops.</summary>
    Loops,

    /// <summary>It waits for a task that completes only when the service stops.</summary>
    Waits,
}

/// <summary>What keeps a host from starting.</summary>
/// <param name="Function">The function that holds it.</param>
/// <param name="Kind">How it does.</param>
/// <param name="Operation">The call, the read, the loop, the await, or the returned call.</param>
/// <param name="Name">The called name; the loop's keyword.</param>
/// <param name="Call">What is called: for an await the call that does not complete; null for loops.</param>
/// <param name="Chain">How a call comes to block further down; null where it blocks itself.</param>
internal sealed record StartUpBlock(StartFunction Function, StartUpKind Kind, IOperation Operation, SyntaxNodeOrToken Name, IOperation? Call, CallChain? Chain);

/// <summary>What keeps a host from starting, in the functions of its services that it runs on its way.</summary>
internal sealed class StartUps(AsyncModel model)
{
    /// <summary>Since this version the host runs all of <c>ExecuteAsync</c> on the pool. See https://learn.microsoft.com/dotnet/core/compatibility/extensions/10.0/backgroundservice-executeasync-task.</summary>
    private const int VersionThatYields = 10;

    private readonly ConcurrentDictionary<SyntaxNode, StartFunction> functions = new();
    private readonly SynchronousStarts starts = new(model);

    /// <summary>Whether a method is one that the host runs while it starts, so that it has to come back.</summary>
    public StartFunction KindOf(IMethodSymbol method) => method.Name switch
    {
        "ExecuteAsync" when Inheritance.Overrides(method, model.Types.BackgroundService) =>
            model.Types.BackgroundService!.ContainingAssembly.Identity.Version.Major < VersionThatYields ? StartFunction.ExecuteAsync : StartFunction.No,
        var name when name.EndsWith("StartAsync", StringComparison.Ordinal) && Inheritance.Implements(method, model.Types.HostedService) => StartFunction.StartAsync,
        _ => StartFunction.No,
    };

    /// <summary>How an operation keeps the host from starting; null where it does not, or belongs to a function that the host does not wait for.</summary>
    public StartUpBlock? Of(IOperation operation, CancellationToken cancellation)
    {
        var function = FunctionOf(operation);
        if (function == StartFunction.No)
            return null;
        return operation switch
        {
            ILoopOperation loop => function == StartFunction.StartAsync && IsLasting(loop, cancellation) || starts.Spin(loop, cancellation)
                ? new StartUpBlock(function, StartUpKind.Loops, loop, loop.Syntax.GetFirstToken(), null, null)
                : null,
            IAwaitOperation await => function == StartFunction.StartAsync ? OfTask(await, await.Operation, cancellation) : null,
            IReturnOperation { ReturnedValue: { } returned } when function == StartFunction.StartAsync && model.Awaitables.ResultOf(returned.Type) is not null =>
                OfTask(operation, returned, cancellation),
            IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation => OfBlocking(function, operation, cancellation),
            _ => null,
        };
    }

    private StartFunction FunctionOf(IOperation operation)
    {
        if (Functions.Around(operation.Syntax) is not MethodDeclarationSyntax { Identifier.ValueText: "StartAsync" or "ExecuteAsync" } method
            || OwnOperations.FunctionAround(operation).Parent is not null)
            return StartFunction.No;
        return functions.TryGetValue(method, out var known)
            ? known
            : functions.GetOrAdd(method, operation.SemanticModel?.GetDeclaredSymbol(method) is { } symbol ? KindOf(symbol) : StartFunction.No);
    }

    /// <summary>Whether a loop in a function whose end the host waits for goes on until the service is stopped, whatever it awaits.</summary>
    private bool IsLasting(ILoopOperation loop, CancellationToken cancellation) =>
        starts.IsUnbounded(loop, cancellation) && !loop.Descendants().OfType<IFieldReferenceOperation>().Any(field => IsInHead(field, loop));

    /// <summary>A field in the condition may be what the service waits for to be ready.</summary>
    private static bool IsInHead(IOperation operation, ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => condition.Syntax.Span.Contains(operation.Syntax.Span) && operation.Type?.SpecialType == SpecialType.System_Boolean,
        IForLoopOperation { Condition: { } condition } => condition.Syntax.Span.Contains(operation.Syntax.Span) && operation.Type?.SpecialType == SpecialType.System_Boolean,
        _ => false,
    };

    private StartUpBlock? OfTask(IOperation operation, IOperation task, CancellationToken cancellation) =>
        model.EndlessTasks.Of(task, Endlessness.UntilStopped, cancellation) is { } call && !IsStoppedHere(call)
            ? new StartUpBlock(StartFunction.StartAsync, StartUpKind.Waits, operation, BlockingWaits.NameOf(call.Syntax), call, null)
            : null;

    /// <summary>Whether a call gets a token that this function itself may cancel, as after a time-out.</summary>
    private bool IsStoppedHere(IInvocationOperation call) => call.Arguments.Any(argument =>
        model.CancellationTokens.IsToken(argument.Parameter?.Type) && argument.Value.DescendantsAndSelf().Any(value => value is ILocalReferenceOperation));

    private StartUpBlock? OfBlocking(StartFunction function, IOperation operation, CancellationToken cancellation)
    {
        var name = BlockedBy(operation, cancellation);
        var chain = name is null ? model.CallChains.Of(operation, cancellation) : null;
        if (name is null && chain is null && !NeverComesBack(operation, cancellation))
            return null;
        return !model.Unexecuted.Holds(operation) && starts.Run(operation, cancellation)
            ? new StartUpBlock(function, StartUpKind.Blocks, operation, name ?? BlockingWaits.NameOf(operation.Syntax), operation, chain)
            : null;
    }

    /// <summary>The name of what blocks: a wait for a task or another loop, a loop runner, or what always blocks.</summary>
    private SyntaxNode? BlockedBy(IOperation operation, CancellationToken cancellation) =>
        model.GenuineWaits.Of(operation, cancellation)?.Name
        ?? (model.ForeignLoops.Of(operation, cancellation) is { IsMeant: false } foreign ? foreign.Name : null)
        ?? model.BlockingMembers.Of(operation, RuleCatalog.AP0015, cancellation)?.Name
        ?? (operation is IInvocationOperation call && model.LoopRunners.IsRunner(call, cancellation) ? BlockingWaits.NameOf(call.Syntax) : null);

    private bool NeverComesBack(IOperation operation, CancellationToken cancellation) =>
        operation is IInvocationOperation { IsVirtual: false } call
        && Bodies.SyntaxOf(call.TargetMethod, cancellation) is { } function
        && starts.NeverComeBack(function, cancellation);
}
