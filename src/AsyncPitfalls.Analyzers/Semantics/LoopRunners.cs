using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a loop runner runs.</summary>
internal enum LoopRunnerKind
{
    /// <summary>The loop of a whole program or thread, until it is shut down: a host's <c>Run</c>, <c>Application.Run</c>, <c>Dispatcher.Run</c>.</summary>
    Program,

    /// <summary>What waits in the queue of the loop that runs here, or a frame nested in it: <c>DoEvents</c>, <c>PushFrame</c>, <c>RunJobs</c>.</summary>
    Pump,

    /// <summary>One piece of asynchronous work, to its end: <c>AsyncContext.Run</c>, <c>JoinableTaskFactory.Run</c>, every <c>RunSync</c>.</summary>
    Work,
}

/// <summary>
/// Loop runners: synchronous calls that start a loop and return only when it ends. Known ones are found by symbol, those
/// of this compilation by what they do (<see cref="RunnerBodies"/>).
/// </summary>
internal sealed class LoopRunners(AsyncModel model)
{
    /// <summary>Methods that start a loop and return only when it ends, beside those that are known; a type stands for all its synchronous methods.</summary>
    internal static readonly RuleOption<SymbolList> Named = RuleOption.Symbols("loop_runners", "M:MyCompany.Pump.RunToEnd", RuleCatalog.AP0003);

    private readonly RunnerBodies bodies = new(model);
    private readonly Lazy<bool> isAnyNamed = new(() => model.Compilation.SyntaxTrees.Any(file => !Named.In(file, model).IsEmpty));
    private readonly (INamedTypeSymbol? Type, string Method, LoopRunnerKind Kind)[] known = [.. new (INamedTypeSymbol? Type, string Method, LoopRunnerKind Kind)[]
    {
        (model.Types.AsyncContext, "Run", LoopRunnerKind.Work),
        (model.Types.JoinableTaskFactory, "Run", LoopRunnerKind.Work),
        (model.Types.JoinableTask, "Join", LoopRunnerKind.Work),
        (model.Types.WpfDispatcher, "Run", LoopRunnerKind.Program),
        (model.Types.WpfDispatcher, "PushFrame", LoopRunnerKind.Pump),
        (model.Types.WpfApplication, "Run", LoopRunnerKind.Program),
        (model.Types.WinFormsApplication, "Run", LoopRunnerKind.Program),
        (model.Types.WinFormsApplication, "DoEvents", LoopRunnerKind.Pump),
        (model.Types.AvaloniaDispatcher, "MainLoop", LoopRunnerKind.Program),
        (model.Types.AvaloniaDispatcher, "RunJobs", LoopRunnerKind.Pump),
        (model.Types.HostExtensions, "Run", LoopRunnerKind.Program),
        (model.Types.HostExtensions, "WaitForShutdown", LoopRunnerKind.Program),
        (model.Types.WebApplication, "Run", LoopRunnerKind.Program),
        (model.Types.WebHostExtensions, "Run", LoopRunnerKind.Program),
        (model.Types.WebHostExtensions, "WaitForShutdown", LoopRunnerKind.Program),
    }.Where(runner => runner.Type is not null)];

    /// <summary>The known runners of one piece of work; not those that the user has named.</summary>
    public IEnumerable<(INamedTypeSymbol Type, string Name)> WorkMembers =>
        known.Where(runner => runner.Kind == LoopRunnerKind.Work).Select(runner => (runner.Type!, runner.Method));

    /// <summary>Whether a call starts a loop and returns only when it ends.</summary>
    public bool IsRunner(IInvocationOperation call, CancellationToken cancellation = default) => KindOf(call, cancellation) is not null;

    /// <summary>What a call that starts a loop runs; null for calls that start none.</summary>
    public LoopRunnerKind? KindOf(IInvocationOperation call, CancellationToken cancellation = default) =>
        KindOf(call.TargetMethod, call.Syntax.SyntaxTree, cancellation);

    /// <summary>What a method that starts a loop runs; null for methods that start none.</summary>
    public LoopRunnerKind? KindOf(IMethodSymbol method, SyntaxTree file, CancellationToken cancellation = default) =>
        KnownKindOf(method, file) ?? (bodies.ActsAsRunner(method, cancellation) ? LoopRunnerKind.Work : null);

    /// <summary>What a well-known loop runner, or one that the user has named for a file, runs; null for all other methods.</summary>
    public LoopRunnerKind? KnownKindOf(IMethodSymbol method, SyntaxTree file)
    {
        foreach (var (type, name, kind) in known)
        {
            if (method.Name == name && KnownTypes.SameOrBelow(method.ContainingType, type))
                return IsSynchronous(method) ? kind : null;
        }

        return isAnyNamed.Value && Named.In(file, model).Holds(method) && IsSynchronous(method) ? LoopRunnerKind.Work : null;
    }

    private bool IsSynchronous(IMethodSymbol method) => model.Awaitables.ResultOf(method.ReturnType) is null;

    /// <summary>
    /// Whether a wait is the one for which a loop runner of this compilation exists: it stands in the runner's own body and
    /// waits for the work that the runner was given. What else a runner waits for is a wait like any other.
    /// </summary>
    public bool IsWaitOfRunner(BlockingWait wait, CancellationToken cancellation = default) =>
        Functions.Around(wait.Name) is { } function
        && wait.Operation.SemanticModel is { } semantics
        && Functions.SymbolOf(function, semantics) is { } method
        && bodies.IsWaitOfRunner(method, wait, cancellation);

    /// <summary>Whether a function is what a loop runner is given to run: a lambda, an anonymous method, or the target of a method group.</summary>
    public bool IsRunnerDelegate(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation = default) =>
        RunnerOf(function, semantics, cancellation) is not null;

    /// <summary>The call of the loop runner that is given a function to run; null where there is none.</summary>
    public IInvocationOperation? RunnerOf(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation = default) =>
        model.HandOvers.Of(function, semantics, cancellation)
            .Select(handOver => handOver.Receiver)
            .OfType<IInvocationOperation>()
            .FirstOrDefault(call => IsRunner(call, cancellation));
}
