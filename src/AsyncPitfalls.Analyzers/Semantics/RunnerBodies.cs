using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Methods of this compilation that act as loop runners: they take asynchronous work, block until it is done, and return
/// synchronously. Work is a delegate that returns a task and, for a static method that does nothing but wait, a task.
/// </summary>
internal sealed class RunnerBodies
{
    private readonly AsyncModel model;
    private readonly SignalledWork signals;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> signatures = new(SymbolEqualityComparer.Default);
    private readonly RecursiveFact<IMethodSymbol> runners;

    public RunnerBodies(AsyncModel model)
    {
        this.model = model;
        signals = new(model);
        runners = new(Find, SymbolEqualityComparer.Default);
    }

    /// <summary>Whether a method acts as a loop runner; false for methods of other assemblies.</summary>
    public bool ActsAsRunner(IMethodSymbol method, CancellationToken cancellation) => ActsAsRunner(method, null, cancellation);

    /// <summary>Whether a wait in a method's own body is for the work that the method, a loop runner, was given.</summary>
    public bool IsWaitOfRunner(IMethodSymbol method, BlockingWait wait, CancellationToken cancellation) =>
        ActsAsRunner(method, cancellation)
        && model.Bodies.OperationOf(method, cancellation) is { } body
        && wait.Tasks.Any(WorkOf(method, body, cancellation).IsIn);

    private bool ActsAsRunner(IMethodSymbol method, FactSearch<IMethodSymbol>? under, CancellationToken cancellation)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return MayBeRunner(definition) && runners.Of(definition, under, cancellation);
    }

    private bool Find(IMethodSymbol method, FactSearch<IMethodSymbol> search) => method.IsAbstract
        ? model.CallTargets.Of(method) is { IsEmpty: false } targets && targets.All(target => ActsAsRunner(target, search, search.Cancellation))
        : Blocks(method, search);

    /// <summary>Whether a method's signature is that of a loop runner: asked first, so that few bodies are read.</summary>
    private bool MayBeRunner(IMethodSymbol method) =>
        (!method.Parameters.IsEmpty || IsInExtensionBlock(method)) && IsOfThisCompilation(method) && MayBeByParameters(method);

    private bool MayBeByParameters(IMethodSymbol method) =>
        signatures.TryGetValue(method, out var mayBe) ? mayBe : signatures.GetOrAdd(method, HasSignature(method));

    private bool HasSignature(IMethodSymbol method) =>
        method is { IsAsync: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction }
        && model.Awaitables.ResultOf(method.ReturnType) is null
        && (TakesTask(method) || ParametersOf(method).Any(parameter => GivenWork.IsWorkDelegate(parameter.Type, model)));

    private bool IsOfThisCompilation(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly);

    private bool TakesTask(IMethodSymbol method) =>
        (method.IsStatic || IsInExtensionBlock(method)) && ParametersOf(method).Any(parameter => model.Awaitables.IsTaskOrValueTask(parameter.Type));

    /// <summary>The parameters of a method, and the receiver that its extension block names.</summary>
    private IEnumerable<IParameterSymbol> ParametersOf(IMethodSymbol method) => IsInExtensionBlock(method)
        ? method.Parameters.Concat(method.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax().Parent)
            .SelectMany(block => block?.ChildNodes().OfType<ParameterListSyntax>() ?? [])
            .SelectMany(list => list.Parameters)
            .Select(parameter => model.Bodies.SemanticsOf(parameter.SyntaxTree).GetDeclaredSymbol(parameter))
            .OfType<IParameterSymbol>())
        : method.Parameters;

    // TypeKind.Extension is newer than the Roslyn this is compiled against; no other type with methods of its own lacks a name.
    private static bool IsInExtensionBlock(IMethodSymbol method) => method.ContainingType is { Name: "" };

    private bool Blocks(IMethodSymbol method, FactSearch<IMethodSymbol> search)
    {
        if (model.Bodies.OperationOf(method, search.Cancellation) is not { } body)
            return false;
        var work = WorkOf(method, body, search.Cancellation);
        return signals.IsAwaitedIn(body, work) || OwnOperations.Of(body).Any(operation =>
            model.BlockingWaits.Of(operation) is { } wait
                ? wait.Tasks.Any(task => work.IsIn(task) && !model.CompletedTasks.IsKnownCompleted(task, search.Cancellation))
                : operation is IInvocationOperation call && IsHandedOn(call, work, search));
    }

    private GivenWork WorkOf(IMethodSymbol method, IOperation body, CancellationToken cancellation) =>
        new(model, body, countsTasks: TakesTask(method) && OnlyWaits(body), cancellation);

    /// <summary>Whether a call gives the work to another loop runner.</summary>
    private bool IsHandedOn(IInvocationOperation call, GivenWork work, FactSearch<IMethodSymbol> search) =>
        (work.IsIn(call.Instance) || call.Arguments.Any(argument => work.IsIn(argument.Value) || work.IsRunBy(argument.Value)))
        && (model.LoopRunners.KnownKindOf(call.TargetMethod, call.Syntax.SyntaxTree) is not null || ActsAsRunner(call.TargetMethod, search, search.Cancellation));

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
