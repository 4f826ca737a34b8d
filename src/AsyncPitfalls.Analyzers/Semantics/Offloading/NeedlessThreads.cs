using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Work that is sent to a thread of the pool without need.</summary>
/// <param name="Offload">The call of <c>Task.Run</c> or <c>StartNew</c>.</param>
/// <param name="Task">The task that it stands for: the call itself, its <c>Unwrap()</c>, or the await of the task around it.</param>
/// <param name="IsAwaited">Whether it is awaited where it stands; else it is returned.</param>
/// <param name="Start">The one asynchronous call that the delegate makes, or the method group that it is; null where it does something else.</param>
/// <param name="Handler">The request handler whose whole body it is; null where it is a part of a function.</param>
internal sealed record NeedlessThread(IInvocationOperation Offload, IOperation Task, bool IsAwaited, IOperation? Start, SyntaxNode? Handler);

/// <summary>
/// Which calls take a thread of the pool only to start asynchronous work, which gives that thread back at once, or to answer
/// a request, which already has one. See https://learn.microsoft.com/aspnet/core/fundamentals/best-practices: "Do not call
/// Task.Run and immediately await it. ASP.NET Core already runs app code on normal Thread Pool threads".
/// </summary>
internal sealed class NeedlessThreads(AsyncModel model)
{
    private readonly SynchronousWork synchronous = new(model);
    private readonly ConcurrentDictionary<SyntaxNode, bool> flows = new();

    /// <summary>What is known of a call that takes a thread without need; null for all other calls, and where another defect of the call is said.</summary>
    public NeedlessThread? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (!IsOffload(call) || WorkIn(call.Arguments) is not { } work)
            return null;
        var task = TaskOf(call);
        var isAwaited = IsAwaited(task);
        var handler = HandlerOf(task, cancellation);
        return (isAwaited || handler is not null)
            && (StartIn(work, call) is var start && start is not null || handler is not null)
            && !IsRunOfTasks(call)
            && !IsOtherwise(call, work, cancellation)
            && model.NestedTasks.Of(call, cancellation) is null
                ? new NeedlessThread(call, task, isAwaited, start, handler)
                : null;
    }

    /// <summary>The same of a call that a fix is going to await, and whose task of a task it makes plain, which it may not be yet.</summary>
    public NeedlessThread? WhenAwaited(IInvocationOperation call, CancellationToken cancellation) =>
        IsOffload(call) && WorkIn(call.Arguments) is { } work && StartIn(work, call) is { } start && TaskOf(call) is var task && !IsOtherwise(call, work, cancellation)
            ? new NeedlessThread(call, task, IsAwaited: true, start, null)
            : null;

    /// <summary>The same of the call that is given an async lambda whose whole work is a synchronous call, if a fix awaits an asynchronous one there; null where that would still need the thread.</summary>
    /// <param name="work">The synchronous call.</param>
    /// <param name="started">The method that is called and awaited instead.</param>
    /// <param name="token">The name of the token that is passed to it; null where none is added.</param>
    /// <param name="cancellation">Ends the work.</param>
    public NeedlessThread? WhenReplaced(IOperation work, IMethodSymbol started, string? token, CancellationToken cancellation) =>
        OffloadOf(work) is { } call
        && TaskOf(call) is var task
        && IsAwaited(task)
        && KeepsToken(call, work, token)
        && !IsRunOfTasks(call)
        && !work.Descendants().Any(inner => inner is IAwaitOperation)
        && !work.ChildOperations.Any(part => synchronous.IsDoneIn(part, cancellation))
        && !synchronous.IsDoneBy(started, cancellation)
        && !IsWanted(call, cancellation)
        && model.Loggers.OffloadedBy(call) is null
        && !model.Unexecuted.Holds(call)
        && model.NestedTasks.Of(call, cancellation) is null
            ? new NeedlessThread(call, task, IsAwaited: true, work, null)
            : null;

    /// <summary>The one asynchronous call of a task that is made and awaited where it stands, and would need no thread if a fix let one start it; null for all other tasks.</summary>
    public IOperation? StartWhenRun(IObjectCreationOperation made, CancellationToken cancellation) =>
        made.Arguments.Length == 1
        && IsAwaited(made)
        && WorkIn(made.Arguments) is IAnonymousFunctionOperation work
        && StartIn(work) is { } start
        && !synchronous.IsDoneIn(work.Body, cancellation)
        && !IsMeant(made, work, cancellation)
        && !model.Unexecuted.Holds(made)
            ? start
            : null;

    /// <summary>Whether a <c>Task.Run</c> gives a task of something awaitable, so that the work does not stand for it.</summary>
    private bool IsRunOfTasks(IInvocationOperation call) =>
        call.TargetMethod.Name == "Run" && model.Awaitables.ResultOf(model.Awaitables.ResultOf(call.Type)) is not null;

    private bool IsOtherwise(IInvocationOperation call, IOperation work, CancellationToken cancellation) =>
        IsMeant(call, work, cancellation)
        || model.Loggers.OffloadedBy(call) is not null
        || model.Unexecuted.Holds(call);

    /// <summary>Whether a call runs a delegate on the pool, with nothing said that only a thread can do: options, a scheduler, a state.</summary>
    private bool IsOffload(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Run" => KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Task),
        "StartNew" => IsPlainFactory(call.Instance)
            && call.Arguments.All(argument => argument.Parameter is { Ordinal: 0 } || KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken)),
        _ => false,
    };

    private bool IsPlainFactory(IOperation? factory) => factory switch
    {
        IPropertyReferenceOperation { Property: { Name: "Factory", IsStatic: true } property } => model.Awaitables.IsTask(property.ContainingType),
        IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } creation => KnownTypes.Same(creation.Type, model.Types.TaskFactory),
        _ => false,
    };

    /// <summary>The offload whose delegate is an async lambda that does a work and nothing else; null where there is none.</summary>
    private IInvocationOperation? OffloadOf(IOperation work)
    {
        var outer = work.Parent;
        while (outer is IConversionOperation or IReturnOperation or IExpressionStatementOperation or IBlockOperation)
            outer = outer.Parent;
        if (outer is not IAnonymousFunctionOperation { Symbol.IsAsync: true } lambda || Value(lambda)?.Syntax != work.Syntax)
            return null;
        var given = lambda.Parent;
        while (given is IDelegateCreationOperation or IConversionOperation)
            given = given.Parent;
        return given is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation call } && IsOffload(call) ? call : null;
    }

    private static IOperation? WorkIn(IEnumerable<IArgumentOperation> arguments)
    {
        var given = arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0 })?.Value;
        while (given is IConversionOperation conversion)
            given = conversion.Operand;
        return (given as IDelegateCreationOperation)?.Target;
    }

    /// <summary>The task of the work itself, where the call makes a task of a task.</summary>
    private IOperation TaskOf(IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "Run")
            return call;
        var value = Outermost(call);
        return value.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Unwrap" } unwrap } when KnownTypes.Same(unwrap.TargetMethod.ContainingType, model.Types.TaskExtensions) => unwrap,
            IAwaitOperation await when model.Awaitables.ResultOf(await.Type) is not null => await,
            _ => call,
        };
    }

    private bool IsAwaited(IOperation task) => Outermost(task).Parent is IAwaitOperation;

    /// <summary>The same task with conversions and <c>ConfigureAwait</c> around it.</summary>
    private IOperation Outermost(IOperation task)
    {
        while (task.Parent is IConversionOperation or IParenthesizedOperation
            || task.Parent is IInvocationOperation call && call.Instance == task && model.Awaitables.Behind(call, throughWaitAsync: false) != call)
            task = task.Parent;
        return task;
    }

    /// <summary>The request handler whose whole body is a task, or an await of it.</summary>
    private SyntaxNode? HandlerOf(IOperation task, CancellationToken cancellation)
    {
        var whole = Outermost(task);
        if (whole.Parent is IAwaitOperation await)
            whole = await;
        while (whole.Parent is IConversionOperation)
            whole = whole.Parent;
        return (whole.Parent is IReturnOperation || whole is IAwaitOperation && whole.Parent is IExpressionStatementOperation)
            && Functions.Around(whole.Syntax) is { } function and not CompilationUnitSyntax
            && Functions.Bodies(function).LastOrDefault() is { } body
            && (body is not BlockSyntax block || block.Statements.Count == 1 && block.Statements[0] is ReturnStatementSyntax or ExpressionStatementSyntax)
            && task.SemanticModel is { } semantics
            && model.Surroundings.Of(function, semantics, cancellation) == Surrounding.RequestHandler
                ? function
                : null;
    }

    /// <summary>The one asynchronous call of a delegate that does nothing else, or the method group itself; null also where the offload has a token that the work has not, and so may keep it from starting.</summary>
    private IOperation? StartIn(IOperation work, IInvocationOperation offload) =>
        StartIn(work) is { } start && KeepsToken(offload, start, added: null) ? start : null;

    private IOperation? StartIn(IOperation work) => work switch
    {
        IMethodReferenceOperation { Method: { MethodKind: not MethodKind.DelegateInvoke } method } => model.Awaitables.ResultOf(method.ReturnType) is null ? null : work,
        IAnonymousFunctionOperation lambda when Value(lambda) is { } value => CallIn(lambda.Symbol.IsAsync ? (value as IAwaitOperation)?.Operation : value),
        _ => null,
    };

    /// <summary>Whether a token that the offload is given is none, or is given to the work too, or the one that is added there.</summary>
    private bool KeepsToken(IInvocationOperation offload, IOperation start, string? added)
    {
        var token = offload.Arguments.FirstOrDefault(argument => KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken))?.Value;
        while (token is IConversionOperation conversion)
            token = conversion.Operand;
        return token switch
        {
            null or IDefaultValueOperation => true,
            IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } } => true,
            _ => Variables.SymbolOf(token) is { } symbol
                && (symbol.Name == added
                    || start is IInvocationOperation call && call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(argument.Value), symbol))),
        };
    }

    private IInvocationOperation? CallIn(IOperation? task) =>
        task is not null
        && model.Awaitables.Behind(task) is IInvocationOperation { TargetMethod.MethodKind: not MethodKind.DelegateInvoke } call
        && model.Awaitables.ResultOf(call.Type) is not null
        && !call.Descendants().Any(inner => inner is IAwaitOperation)
            ? call
            : null;

    /// <summary>The value of a lambda's one statement.</summary>
    private static IOperation? Value(IAnonymousFunctionOperation lambda)
    {
        var statements = lambda.Body.Operations.Where(statement => statement is not IReturnOperation { IsImplicit: true, ReturnedValue: null }).ToList();
        var value = statements.Count == 1
            ? statements[0] switch
            {
                IReturnOperation { ReturnedValue: { } returned } => returned,
                IExpressionStatementOperation statement => statement.Operation,
                _ => null,
            }
            : null;
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value;
    }

    /// <summary>Whether a thread is asked for on purpose: the work begins synchronously, or it stands where a thread is wanted for any work.</summary>
    private bool IsMeant(IOperation call, IOperation work, CancellationToken cancellation) =>
        BeginsSynchronously(work, cancellation) || IsWanted(call, cancellation);

    /// <summary>Whether the place asks for a thread: the loop of a user interface is to be left, a host to be let start, or the context not to flow.</summary>
    private bool IsWanted(IOperation call, CancellationToken cancellation) =>
        IsUserInterface(call, cancellation)
        || IsStartOfService(call, cancellation)
        || SuppressesFlow(OwnOperations.RootOf(call));

    private bool SuppressesFlow(IOperation body) =>
        flows.TryGetValue(body.Syntax, out var suppresses)
            ? suppresses
            : flows.GetOrAdd(body.Syntax, body.Descendants().Any(operation =>
                operation is IInvocationOperation { TargetMethod: { Name: "SuppressFlow" } method } && KnownTypes.Same(method.ContainingType, model.Types.ExecutionContext)));

    /// <summary>Whether work that awaits does something else before; work that never awaits is not asked for it.</summary>
    private bool BeginsSynchronously(IOperation work, CancellationToken cancellation) => work switch
    {
        IAnonymousFunctionOperation lambda => model.Awaitables.ResultOf(lambda.Symbol.ReturnType) is not null && synchronous.IsDoneIn(lambda.Body, cancellation),
        IMethodReferenceOperation group => model.Awaitables.ResultOf(group.Method.ReturnType) is not null && synchronous.IsDoneBy(group.Method, cancellation),
        _ => true,
    };

    private bool IsUserInterface(IOperation call, CancellationToken cancellation)
    {
        if (call.SemanticModel is not { } semantics)
            return false;
        for (var function = Functions.Around(call.Syntax); function is not null; function = Functions.Around(function))
        {
            if (model.Surroundings.Of(function, semantics, cancellation) == Surrounding.UserInterfaceHandler)
                return true;
        }

        for (var type = semantics.GetEnclosingSymbol(call.Syntax.SpanStart, cancellation)?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (KnownTypes.SameOrBelow(type, model.Types.UserInterfaceTypes) || KnownTypes.SameOrBelow(type, model.Types.ViewModelTypes))
                return true;
        }

        return false;
    }

    /// <summary>Whether a host waits for what runs before this: its services are started one after the other.</summary>
    private bool IsStartOfService(IOperation call, CancellationToken cancellation) =>
        call.SemanticModel is { } semantics
        && model.Surroundings.Around(call.Syntax, semantics, cancellation) == Surrounding.HostedService
        && !model.PrecedingAwaits.Any(call, cancellation);
}
