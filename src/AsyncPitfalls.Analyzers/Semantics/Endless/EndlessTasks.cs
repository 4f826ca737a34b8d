using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which tasks never complete: those of functions of this compilation that never end, of <c>Task.Run</c> with one, of a
/// delay without an end, and what waits for all of several of which one is such.
/// </summary>
internal sealed class EndlessTasks
{
    private readonly AsyncModel model;
    private readonly EndlessNames names;
    private readonly EndlessFunctions functions;
    private readonly EndlessPlaces places;
    private readonly TimedTokens timed;

    public EndlessTasks(AsyncModel model)
    {
        this.model = model;
        names = new EndlessNames(model);
        places = new EndlessPlaces(model);
        timed = new TimedTokens(model);
        functions = new EndlessFunctions(model, this);
    }

    /// <summary>The call because of which a task, or another awaitable, never completes; null where it may complete, the code does not tell, or nobody waits for it.</summary>
    public IInvocationOperation? Of(IOperation task, Endlessness by, CancellationToken cancellation) => Find(task, new EndlessSearch(by, null, cancellation));

    /// <summary>The call because of which a wait that blocks never returns; null for what is no such wait, and for one that may return.</summary>
    public IInvocationOperation? OfWait(IOperation wait, Endlessness by, CancellationToken cancellation) => FindWaited(wait, new EndlessSearch(by, null, cancellation));

    /// <summary>Whether a function, given by its node, never ends; a task that it returns then never completes.</summary>
    public bool NeverEnds(SyntaxNode function, Endlessness by, CancellationToken cancellation) => functions.NeverEnd(function, new EndlessSearch(by, null, cancellation));

    /// <inheritdoc cref="Of"/>
    internal IInvocationOperation? Find(IOperation task, EndlessSearch search) => model.Awaitables.Behind(task, throughWaitAsync: false) switch
    {
        IInvocationOperation call => OfCall(call, search),
        ILocalReferenceOperation local => ValueOf(local, search) is { } value ? Find(value, search) : null,
        IConditionalOperation { WhenFalse: { } other } choice => Find(choice.WhenTrue, search) is { } first && Find(other, search) is not null ? first : null,
        IAwaitOperation { Operation: var outer } => model.Awaitables.Behind(outer) is IInvocationOperation call ? OfInner(call, search) : null,
        _ => null,
    };

    /// <inheritdoc cref="OfWait"/>
    internal IInvocationOperation? FindWaited(IOperation operation, EndlessSearch search) => model.BlockingWaits.Of(operation) switch
    {
        { IsMethodGroup: true } or { Timeout: not null } or { Token: not null } => null,
        { Form: BlockingForm.Result or BlockingForm.Wait or BlockingForm.GetResult, Awaited: { } task } => Find(task, search),
        { Form: BlockingForm.WaitAll, Tasks: var tasks } => OfAny(tasks, search),
        { Form: BlockingForm.WaitAny, Tasks: { IsEmpty: false } tasks } => OfEach(tasks, search),
        null when operation is IInvocationOperation call => OfRunner(call, search),
        _ => null,
    };

    /// <summary>Whether a synchronous call never comes back.</summary>
    internal bool NeverReturns(IInvocationOperation call, EndlessSearch search) =>
        model.Awaitables.ResultOf(call.Type) is null
        && call.TargetMethod is { IsAsync: false }
        && FunctionOf(call, search) is { } function
        && !Functions.IsAsync(function)
        && functions.NeverEnd(function, search);

    /// <summary>The call because of which a call that stands for one or more tasks never completes.</summary>
    private IInvocationOperation? OfCall(IInvocationOperation call, EndlessSearch search)
    {
        var method = call.TargetMethod;
        if (search.By == Endlessness.UntilStopped && timed.AreGivenTo(call, search.Cancellation))
            return null;
        if (KnownTypes.Same(method.ContainingType, model.Types.Task))
        {
            return method.Name switch
            {
                "Delay" => (search.By == Endlessness.UntilStopped ? places.IsPauseWithoutEnd(call) : places.IsPauseForEver(call)) ? call : null,
                "WhenAll" => OfAny(TasksOf(call), search),
                "WhenAny" => TasksOf(call) is { IsEmpty: false } tasks ? OfEach(tasks, search) : null,
                "Run" => (search.By == Endlessness.UntilStopped || places.IsNeverCancelled(call)) && OfDelegate(call.Arguments[0].Value, search) ? call : null,
                _ => null,
            };
        }

        if (KnownTypes.Same(method.ContainingType, model.Types.TaskExtensions))
            return call.Arguments.Length == 1 && model.Awaitables.Behind(call.Arguments[0].Value) is IInvocationOperation outer ? OfInner(outer, search) : null;
        if (IsStartNew(method))
            return model.Awaitables.ResultOf(model.Awaitables.ResultOf(call.Type)) is null && OfDelegate(call.Arguments[0].Value, search) ? call : null;
        return FunctionOf(call, search) is { } function && functions.NeverEnd(function, search) ? call : null;
    }

    /// <summary>The call that makes a task of a task, whose inner one never completes.</summary>
    private IInvocationOperation? OfInner(IInvocationOperation outer, EndlessSearch search) =>
        IsStartNew(outer.TargetMethod) && places.IsNeverCancelled(outer) && OfDelegate(outer.Arguments[0].Value, search) ? outer : null;

    /// <summary>The tasks that <c>WhenAll</c> or <c>WhenAny</c> is given; empty where they are in a collection from elsewhere.</summary>
    private ImmutableArray<IOperation> TasksOf(IInvocationOperation call) =>
        model.Awaitables.IsTask(call.Arguments[0].Value.Type)
            ? call.Arguments.Select(argument => argument.Value).ToImmutableArray()
            : ListedElements.Of(call.Arguments[0].Value) ?? ImmutableArray<IOperation>.Empty;

    /// <summary>The first call because of which one of several tasks never completes; null where all may.</summary>
    private IInvocationOperation? OfAny(ImmutableArray<IOperation> tasks, EndlessSearch search)
    {
        foreach (var task in tasks)
        {
            if (Find(task, search) is { } endless)
                return endless;
        }

        return null;
    }

    /// <summary>The same where none of them ever completes; null where one may.</summary>
    private IInvocationOperation? OfEach(ImmutableArray<IOperation> tasks, EndlessSearch search)
    {
        IInvocationOperation? first = null;
        foreach (var task in tasks)
        {
            if (Find(task, search) is not { } endless)
                return null;
            first ??= endless;
        }

        return first;
    }

    /// <summary>The endless call that a loop runner is given to run to its end.</summary>
    private IInvocationOperation? OfRunner(IInvocationOperation call, EndlessSearch search)
    {
        // Nearly every call that is given a delegate runs no loop.
        if (call.Arguments.IsEmpty || call.Arguments.Length > 2 || model.Awaitables.ResultOf(call.Type) is not null || model.LoopRunners.KindOf(call, search.Cancellation) != LoopRunnerKind.Work)
            return null;
        var work = call.Arguments[call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 1 ? 1 : 0].Value;
        var isEndless = work.Type is { TypeKind: TypeKind.Delegate } ? OfDelegate(work, search) : model.Awaitables.IsTask(work.Type) && Find(work, search) is not null;
        return isEndless ? call : null;
    }

    /// <summary>Whether whoever runs a delegate, and waits for the task that it returns, waits for ever; through one that returns nothing, an async function comes back at its first await.</summary>
    private bool OfDelegate(IOperation value, EndlessSearch search) =>
        DelegateTarget(value, search) is { } function
        && !(Functions.IsAsync(function) && (value.Type as INamedTypeSymbol)?.DelegateInvokeMethod is { ReturnsVoid: true })
        && functions.NeverEnd(function, search);

    /// <summary>The function that a delegate runs: a lambda, or a method that is named; null where it may run another.</summary>
    private SyntaxNode? DelegateTarget(IOperation value, EndlessSearch search)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value switch
        {
            IDelegateCreationOperation { Target: var target } => DelegateTarget(target, search),
            IAnonymousFunctionOperation lambda => search.By == Endlessness.UntilStopped || names.MayBeIn(lambda.Syntax, search.Cancellation) ? lambda.Syntax : null,
            IMethodReferenceOperation { IsVirtual: false, Method: var method } => FunctionOf(method, search),
            ILocalReferenceOperation local => ValueOf(local, search) is { } held ? DelegateTarget(held, search) : null,
            _ => null,
        };
    }

    /// <summary>The function of this compilation that a call runs for certain; null where it may run another, and for one that cannot be endless.</summary>
    private SyntaxNode? FunctionOf(IInvocationOperation call, EndlessSearch search)
    {
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
            return call.Instance is { } held ? DelegateTarget(held, search) : null;
        return !call.IsVirtual || call.TargetMethod.IsSealed || call.TargetMethod.ContainingType.IsSealed ? FunctionOf(call.TargetMethod, search) : null;
    }

    private SyntaxNode? FunctionOf(IMethodSymbol method, EndlessSearch search) =>
        search.By == Endlessness.UntilStopped || names.Hold(method, search.Cancellation) ? Bodies.SyntaxOf(method, search.Cancellation) : null;

    /// <summary>What a local that is given one value holds, where that may be endless.</summary>
    private IOperation? ValueOf(ILocalReferenceOperation local, EndlessSearch search) =>
        (search.By == Endlessness.UntilStopped || names.HoldAround(local.Syntax, search.Cancellation))
        && local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(search.Cancellation) is VariableDeclaratorSyntax { Initializer: { } initializer }
        && (search.By == Endlessness.UntilStopped || names.MayBeIn(initializer, search.Cancellation))
            ? Locals.OnlyValueOf(local, search.Cancellation)
            : null;

    private bool IsStartNew(IMethodSymbol method) =>
        method.Name == "StartNew" && (KnownTypes.Same(method.ContainingType, model.Types.TaskFactory) || KnownTypes.Same(method.ContainingType, model.Types.TaskFactoryOfT));
}
