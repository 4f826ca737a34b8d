using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
    private readonly RunnerBodies bodies = new(model);
    private readonly (INamedTypeSymbol? Type, string Method, LoopRunnerKind Kind)[] known =
    [
        (model.Types.AsyncContext, "Run", LoopRunnerKind.Work),
        (model.Types.JoinableTaskFactory, "Run", LoopRunnerKind.Work),
        (model.Types.JoinableTask, "Join", LoopRunnerKind.Work),
        (model.Types.JoinableTaskOfT, "Join", LoopRunnerKind.Work),
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
    ];

    /// <summary>Whether a call starts a loop and returns only when it ends.</summary>
    public bool IsRunner(IInvocationOperation call, CancellationToken cancellation = default) => KindOf(call, cancellation) is not null;

    /// <summary>What a call that starts a loop runs; null for calls that start none.</summary>
    public LoopRunnerKind? KindOf(IInvocationOperation call, CancellationToken cancellation = default) =>
        KindOf(call.TargetMethod, cancellation);

    /// <summary>What a method that starts a loop runs; null for methods that start none, and for those that return an awaitable.</summary>
    public LoopRunnerKind? KindOf(IMethodSymbol method, CancellationToken cancellation = default) =>
        KnownKindOf(method) ?? (bodies.ActsAsRunner(method, cancellation) ? LoopRunnerKind.Work : null);

    /// <summary>What a well-known loop runner runs; null for all other methods.</summary>
    public LoopRunnerKind? KnownKindOf(IMethodSymbol method)
    {
        foreach (var (type, name, kind) in known)
        {
            if (method.Name == name && KnownTypes.SameOrBelow(method.ContainingType, type) && model.Awaitables.ResultOf(method.ReturnType) is null)
                return kind;
        }

        return null;
    }

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

    /// <summary>The call of the loop runner that is given a function to run; null where there is none. Method groups are sought in the types around the function.</summary>
    public IInvocationOperation? RunnerOf(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation = default)
    {
        if (function is AnonymousFunctionExpressionSyntax lambda)
            return RunnerTaking(lambda, semantics, cancellation);
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || Functions.SymbolOf(function, semantics) is not { } method)
            return null;
        return MentionsAsArgument(function, method.Name)
            .Where(name => Refers(name, method, semantics, cancellation))
            .Select(name => RunnerTaking(name, semantics, cancellation))
            .FirstOrDefault(runner => runner is not null);
    }

    private IInvocationOperation? RunnerTaking(SyntaxNode value, SemanticModel semantics, CancellationToken cancellation)
    {
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
            value = value.Parent;
        return value.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation }
            && semantics.GetOperation(invocation, cancellation) is IInvocationOperation call
            && IsRunner(call, cancellation)
                ? call
                : null;
    }

    /// <summary>The names in the outermost type around a function that are whole arguments of a call and could mean the function.</summary>
    private static IEnumerable<SyntaxNode> MentionsAsArgument(SyntaxNode function, string name)
    {
        var scope = function.Ancestors().LastOrDefault(node => node is TypeDeclarationSyntax) ?? function.SyntaxTree.GetRoot();
        return scope.DescendantNodes()
            .OfType<ArgumentSyntax>()
            .Select(argument => argument.Expression)
            .Where(expression => expression switch
            {
                SimpleNameSyntax simple => simple.Identifier.ValueText == name,
                MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name,
                _ => false,
            });
    }

    private static bool Refers(SyntaxNode name, IMethodSymbol method, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetSymbolInfo(name, cancellation).Symbol is IMethodSymbol target
        && SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, method.OriginalDefinition);
}
