using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What becomes of the asynchronous work of a function whose delegate cannot give its task to anybody.</summary>
internal enum UnawaitedCallbackKind
{
    /// <summary>An async lambda or anonymous method becomes <c>async void</c>.</summary>
    AsyncVoidLambda,

    /// <summary>A method or local function that is <c>async void</c> is made a delegate.</summary>
    AsyncVoidMethod,

    /// <summary>The task that is the body of a lambda is dropped, since the delegate returns nothing.</summary>
    DroppedTask,

    /// <summary>The task is returned as an <c>object</c>, or by a delegate of which nobody knows that it returns one.</summary>
    HiddenTask,
}

/// <summary>An asynchronous function that is handed over as a synchronous callback.</summary>
/// <param name="Function">The lambda, anonymous method or method group.</param>
/// <param name="Delegate">The delegate that it is converted to.</param>
/// <param name="Kind">What becomes of its work.</param>
/// <param name="Task">The call that makes the task, where a lambda's body is that task; else null.</param>
internal sealed record UnawaitedCallback(IOperation Function, INamedTypeSymbol Delegate, UnawaitedCallbackKind Kind, IInvocationOperation? Task);

/// <summary>Which asynchronous functions are converted to delegates that expect a synchronous callback: nobody can await what they do.</summary>
internal sealed class UnawaitedCallbacks(AsyncModel model)
{
    private readonly CallbackReceivers receivers = new(model);

    /// <summary>
    /// What is known of a lambda, anonymous method or method group; null where its delegate gives the task to the caller,
    /// who gets it knows how to deal with it, nothing of it goes on by itself, or no exception of it can get out.
    /// </summary>
    public UnawaitedCallback? Of(IOperation function, CancellationToken cancellation)
    {
        if (CreationOf(function) is not { Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } type } creation
            || KindOf(function, invoke, creation) is not { } kind
            || receivers.TakeAsync(creation, invoke, kind)
            || model.Unexecuted.Holds(function)
            || IsHalfTyped(function.Syntax)
            || IsHarmless(function, cancellation)
            || IsWorkOfOther(function, cancellation))
            return null;
        var task = function is IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda ? TaskOf(lambda) : null;
        return task is not null && IsMeant(task, cancellation) ? null : new UnawaitedCallback(function, type, kind, task);
    }

    /// <summary>Whether a call makes the task that is the body of such a lambda.</summary>
    public bool HasTask(IInvocationOperation call, CancellationToken cancellation) =>
        call.Syntax.FirstAncestorOrSelf<StatementSyntax>() is var statement
        && call.Syntax.FirstAncestorOrSelf<LambdaExpressionSyntax>() is { ExpressionBody: not null } syntax
        && statement?.Span.Contains(syntax.Span) != false
        && LambdaAround(call) is { } lambda
        && Of(lambda, cancellation)?.Task == call;

    /// <summary>Whether a call starts a task whose work is such a function: that task ends with the function's first await, and awaiting it gains nothing.</summary>
    public bool IsWorkOf(IInvocationOperation call, CancellationToken cancellation) =>
        model.PoolWork.StartsOne(call)
        && call.Arguments.Any(argument => argument.Value is IDelegateCreationOperation { Target: var function } && Of(function, cancellation) is not null);

    /// <summary>The delegate that is made of a function first; null where it becomes none, such as an expression tree.</summary>
    private static IDelegateCreationOperation? CreationOf(IOperation function)
    {
        var parent = function.Parent;
        while (parent is IParenthesizedOperation)
            parent = parent.Parent;
        return parent as IDelegateCreationOperation;
    }

    private UnawaitedCallbackKind? KindOf(IOperation function, IMethodSymbol invoke, IDelegateCreationOperation creation)
    {
        if (invoke.ReturnsVoid)
        {
            return function switch
            {
                IAnonymousFunctionOperation { Symbol.IsAsync: true } => UnawaitedCallbackKind.AsyncVoidLambda,
                IAnonymousFunctionOperation lambda => MakesTask(lambda) ? UnawaitedCallbackKind.DroppedTask : null,
                IMethodReferenceOperation { Method: { ReturnsVoid: true } method } => IsAsync(method) ? UnawaitedCallbackKind.AsyncVoidMethod : null,
                _ => null,
            };
        }

        var isHidden = invoke.ReturnType.SpecialType == SpecialType.System_Object
            || model.Awaitables.ResultOf(invoke.ReturnType) is not null && receivers.SeesNoType(creation);
        return isHidden && MakesTask(function) ? UnawaitedCallbackKind.HiddenTask : null;
    }

    private bool MakesTask(IOperation function) => function switch
    {
        IAnonymousFunctionOperation { Symbol.IsAsync: true } => true,
        IAnonymousFunctionOperation lambda => TaskOf(lambda) is not null,
        IMethodReferenceOperation { Method: var method } => model.Awaitables.ResultOf(method.ReturnType) is not null,
        _ => false,
    };

    private static bool IsAsync(IMethodSymbol method) => method.IsAsync || method.PartialImplementationPart?.IsAsync == true;

    /// <summary>The call that makes the task which is a lambda's body; null for a block, and where the body only reads a task, stores it, or says that it is an object.</summary>
    private IInvocationOperation? TaskOf(IAnonymousFunctionOperation lambda)
    {
        if (lambda.Syntax is not LambdaExpressionSyntax { ExpressionBody: not null } || lambda.Body.Operations.IsEmpty)
            return null;
        var value = lambda.Body.Operations[0] switch
        {
            IExpressionStatementOperation statement => statement.Operation,
            IReturnOperation { ReturnedValue: { } returned } => returned,
            _ => null,
        };
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        return value is null or IConversionOperation ? null : TaskIn(value);
    }

    /// <summary>The call that makes the task of a value; of several between which it chooses, the first.</summary>
    private IInvocationOperation? TaskIn(IOperation value) => model.Awaitables.Behind(value) switch
    {
        IInvocationOperation call => model.TaskMakers.Makes(call) ? call : null,
        IConditionalAccessOperation access => TaskIn(access.WhenNotNull),
        ICoalesceOperation coalesce => TaskIn(coalesce.Value) ?? TaskIn(coalesce.WhenNull),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => TaskIn(choice.WhenTrue) ?? TaskIn(whenFalse),
        ISwitchExpressionOperation choice => choice.Arms.Select(arm => TaskIn(arm.Value)).FirstOrDefault(task => task is not null),
        _ => null,
    };

    /// <summary>Whether a task is meant to be dropped, has completed, or a more specific finding says what there is to say.</summary>
    private bool IsMeant(IInvocationOperation task, CancellationToken cancellation) =>
        model.DeliberateDrops.Is(task)
        || model.FaultHandlers.Handles(task, cancellation)
        || model.TaskDefects.HasBefore(task, TaskDefect.Callback, cancellation)
        || model.Loggers.IsConsoleTask(task, cancellation)
        || model.CompletedTasks.IsKnownCompleted(task, cancellation);

    /// <summary>Whether a function is given to the constructor of a task of which a more specific finding speaks, as of one that nobody starts.</summary>
    private bool IsWorkOfOther(IOperation function, CancellationToken cancellation) =>
        HandOvers.At(function)?.Receiver is IObjectCreationOperation task && model.TaskDefects.HasBefore(task, TaskDefect.Callback, cancellation);

    /// <summary>Whether an async function keeps its exceptions to itself, or never awaits, so that nothing of it goes on by itself.</summary>
    private bool IsHarmless(IOperation function, CancellationToken cancellation) => function switch
    {
        IAnonymousFunctionOperation { Symbol.IsAsync: true, SemanticModel: { } semantics } => IsHarmless(function.Syntax, semantics),
        IMethodReferenceOperation { Method: { ReturnsVoid: true } method } when Bodies.SyntaxOf(method, cancellation) is { } body =>
            model.Compilation.ContainsSyntaxTree(body.SyntaxTree) && IsHarmless(body, model.Bodies.SemanticsOf(body.SyntaxTree)),
        _ => false,
    };

    private bool IsHarmless(SyntaxNode function, SemanticModel semantics) =>
        !Functions.Awaits(function) || model.CaughtExceptions.KeepsAll(function, semantics);

    private static bool IsHalfTyped(SyntaxNode function) =>
        function.FirstAncestorOrSelf<SyntaxNode>(node => node is StatementSyntax or MemberDeclarationSyntax) is { ContainsDiagnostics: true } whole
        && whole.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static IAnonymousFunctionOperation? LambdaAround(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda)
                return lambda;
        }

        return null;
    }
}
