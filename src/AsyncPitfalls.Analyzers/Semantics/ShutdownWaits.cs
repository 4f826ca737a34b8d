using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What keeps a program alive until somebody ends it: the run of a host or of a user interface, and the waits that small
/// programs have in its place, for a key, a signal, or for ever.
/// </summary>
internal sealed class ShutdownWaits(AsyncModel model)
{
    /// <summary>Whether a call or await returns only when the program is to end.</summary>
    public bool Is(IOperation operation) => operation switch
    {
        IInvocationOperation call => IsHostRun(call) || IsConsoleWait(call) || IsSignalWait(call) || IsEndlessPause(call),
        IAwaitOperation await => IsStartedRun(model.Awaitables.Behind(await.Operation)),
        _ => false,
    };

    private bool IsHostRun(IInvocationOperation call) =>
        model.LoopRunners.KnownKindOf(call.TargetMethod, call.Syntax.SyntaxTree) == LoopRunnerKind.Program
        || RunsAsync(call.TargetMethod) && IsWaitedFor(call)
        || call.TargetMethod.Name == "StartWithClassicDesktopLifetime" && Declares(model.Types.AvaloniaDesktopLifetime, call.TargetMethod);

    private bool RunsAsync(IMethodSymbol method) =>
        method.Name is "RunAsync" or "WaitForShutdownAsync" or "RunConsoleAsync"
        && (Declares(model.Types.HostExtensions, method)
            || Declares(model.Types.HostBuilderExtensions, method)
            || Declares(model.Types.WebHostExtensions, method)
            || Declares(model.Types.WebApplication, method)
            || Declares(model.Types.WebAssemblyHost, method));

    /// <summary>Whether a task is awaited, waited for or returned where it is made. In a control-flow graph a returned value has no parent.</summary>
    private bool IsWaitedFor(IInvocationOperation call) =>
        call.Parent is null || model.TaskFates.DestinationOf(call).End is TaskEnd.Awaited or TaskEnd.WaitedFor or TaskEnd.Returned;

    /// <summary>Whether a local holds the run of a host that was started before: <c>var run = app.RunAsync(); …; await run;</c>, or a task that somebody completes by hand.</summary>
    private bool IsStartedRun(IOperation task) => task switch
    {
        ILocalReferenceOperation local => ValueOf(local) is IInvocationOperation call && RunsAsync(call.TargetMethod),
        IPropertyReferenceOperation { Property: { Name: "Task", ContainingType: var source } } =>
            KnownTypes.Same(source, model.Types.TaskCompletionSource) || KnownTypes.Same(source, model.Types.TaskCompletionSourceOfT),
        _ => false,
    };

    // A graph's operations do not know their semantic model, and so not where their locals come from.
    private IOperation? ValueOf(ILocalReferenceOperation local) =>
        model.Bodies.SemanticsOf(local.Syntax.SyntaxTree).GetOperation(local.Syntax) is ILocalReferenceOperation original
        && Locals.OnlyValueOf(original, default) is { } value
            ? model.Awaitables.Behind(value)
            : null;

    /// <summary>Whether the console is read only for the sake of waiting: nobody uses the key or line, or a loop asks whether it is the one to stop at.</summary>
    private bool IsConsoleWait(IInvocationOperation call) =>
        call.TargetMethod.Name is "ReadLine" or "ReadKey" or "Read"
        && Declares(model.Types.Console, call.TargetMethod)
        && (call.Syntax.Parent is ExpressionStatementSyntax || call.Syntax.Ancestors().Any(IsLoopCondition));

    private static bool IsLoopCondition(SyntaxNode node) => node.Parent switch
    {
        WhileStatementSyntax loop => loop.Condition == node,
        DoStatementSyntax loop => loop.Condition == node,
        ForStatementSyntax loop => loop.Condition == node,
        _ => false,
    };

    private bool IsSignalWait(IInvocationOperation call) =>
        (call.TargetMethod.Name == "WaitOne" && KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.WaitHandle)
            || call.TargetMethod.Name == "Wait" && Declares(model.Types.ManualResetEventSlim, call.TargetMethod)
            || call.TargetMethod.Name == "Wait" && Declares(model.Types.CountdownEvent, call.TargetMethod))
        && call.Arguments.All(argument => KnownTypes.Same(argument.Value.Type, model.Types.CancellationToken) || InfiniteTimes.Is(argument.Value, model.Types));

    private bool IsEndlessPause(IInvocationOperation call) =>
        (call.TargetMethod.Name == "Sleep" && Declares(model.Types.Thread, call.TargetMethod)
            || call.TargetMethod.Name == "Delay" && Declares(model.Types.Task, call.TargetMethod) && IsWaitedFor(call))
        && call.Arguments.Length > 0 && InfiniteTimes.Is(call.Arguments[0].Value, model.Types);

    private static bool Declares(INamedTypeSymbol? type, IMethodSymbol method) => KnownTypes.Same(method.ContainingType, type);
}
