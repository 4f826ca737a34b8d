using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Methods of this compilation that act as loop runners: they take asynchronous work, block until it is done, and return
/// synchronously. Work is a delegate that returns a task and, for a static method that does nothing but wait, a task.
/// </summary>
internal sealed class RunnerBodies(AsyncModel model)
{
    private static readonly ImmutableHashSet<IMethodSymbol> Nobody = ImmutableHashSet.Create<IMethodSymbol>(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<IMethodSymbol, bool> answers = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a method acts as a loop runner; false for methods of other assemblies.</summary>
    public bool ActsAsRunner(IMethodSymbol method, CancellationToken cancellation) => ActsAsRunner(method, Nobody, cancellation);

    /// <summary>Whether a wait in a method's own body is for the work that the method, a loop runner, was given.</summary>
    public bool IsWaitOfRunner(IMethodSymbol method, BlockingWait wait, CancellationToken cancellation) =>
        ActsAsRunner(method, cancellation)
        && model.Bodies.OperationOf(method, cancellation) is { } body
        && wait.Tasks.Any(WorkOf(method, body, cancellation).IsIn);

    private bool ActsAsRunner(IMethodSymbol method, ImmutableHashSet<IMethodSymbol> asking, CancellationToken cancellation)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (answers.TryGetValue(method, out var known))
            return known;
        if (asking.Contains(method))
            return false;
        var answer = MayBeRunner(method) && Blocks(method, asking.Add(method), cancellation);

        // A no that recursion cut short holds only within that question.
        if (answer || asking.IsEmpty)
            answers.TryAdd(method, answer);
        return answer;
    }

    /// <summary>Whether a method's signature is that of a loop runner: asked first, so that few bodies are read.</summary>
    private bool MayBeRunner(IMethodSymbol method) =>
        method is { IsAsync: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction }
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly)
        && model.Awaitables.ResultOf(method.ReturnType) is null
        && (TakesTask(method) || method.Parameters.Any(parameter => GivenWork.IsWorkDelegate(parameter.Type, model)));

    private bool TakesTask(IMethodSymbol method) =>
        method.IsStatic && method.Parameters.Any(parameter => model.Awaitables.IsTaskOrValueTask(parameter.Type));

    private bool Blocks(IMethodSymbol method, ImmutableHashSet<IMethodSymbol> asking, CancellationToken cancellation)
    {
        if (model.Bodies.OperationOf(method, cancellation) is not { } body)
            return false;
        var work = WorkOf(method, body, cancellation);
        return OwnOperations.Of(body).Any(operation =>
            model.BlockingWaits.Of(operation) is { } wait
                ? wait.Tasks.Any(work.IsIn)
                : operation is IInvocationOperation call && IsHandedOn(call, work, asking, cancellation));
    }

    private GivenWork WorkOf(IMethodSymbol method, IOperation body, CancellationToken cancellation) =>
        new(model, body, countsTasks: TakesTask(method) && OnlyWaits(body), cancellation);

    /// <summary>Whether a call gives the work to another loop runner.</summary>
    private bool IsHandedOn(IInvocationOperation call, GivenWork work, ImmutableHashSet<IMethodSymbol> asking, CancellationToken cancellation) =>
        (work.IsIn(call.Instance) || call.Arguments.Any(argument => work.IsIn(argument.Value) || work.IsRunBy(argument.Value)))
        && (model.LoopRunners.KnownKindOf(call.TargetMethod, call.Syntax.SyntaxTree) is not null || ActsAsRunner(call.TargetMethod, asking, cancellation));

    /// <summary>Whether a body does nothing beside waiting: what it calls makes, converts or waits for tasks, or throws.</summary>
    private bool OnlyWaits(IOperation body) => body.Descendants().All(operation => operation switch
    {
        IInvocationOperation call => IsPartOfWaiting(call.TargetMethod) || model.LoopRunners.KnownKindOf(call.TargetMethod, call.Syntax.SyntaxTree) is not null,
        IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } => false,
        IEventAssignmentOperation => false,
        ILoopOperation loop => loop.Descendants().Any(asked => model.BlockingWaits.Of(asked) is { Form: BlockingForm.SpinLoop }),
        _ => true,
    });

    private bool IsPartOfWaiting(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return model.Awaitables.ResultOf(type) is not null
            || KnownTypes.SameOrBelow(type, model.Types.NotifyCompletion)
            || KnownTypes.Same(type, model.Types.TaskFactory)
            || KnownTypes.Same(type, model.Types.TaskFactoryOfT)
            || KnownTypes.Same(type, model.Types.TaskExtensions)
            || KnownTypes.SameOrBelow(type, model.Types.JoinableTaskFactory)
            || KnownTypes.SameOrBelow(type, model.Types.Exception)
            || KnownTypes.Same(type, model.Types.ExceptionDispatchInfo)
            || MayBeRunner((method.ReducedFrom ?? method).OriginalDefinition);
    }
}
