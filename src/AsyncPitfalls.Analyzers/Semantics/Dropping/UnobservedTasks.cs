using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>In which way a task is not observed.</summary>
internal enum UnobservedForm
{
    /// <summary>An expression statement drops it.</summary>
    Dropped,

    /// <summary>A local holds it that nobody reads.</summary>
    Unread,

    /// <summary>It is in a collection that nobody awaits.</summary>
    InCollection,

    /// <summary>It is added to a local collection that is only ever filled.</summary>
    AddedToCollection,

    /// <summary>A query would make it, which nobody enumerates.</summary>
    InQuery,

    /// <summary>It is used as if it were its result.</summary>
    MeantForResult,
}

/// <summary>A task that nobody observes.</summary>
/// <param name="Maker">What makes it: a call, an object creation, a query, a collection that is written out.</param>
/// <param name="Form">In which way it is not observed.</param>
/// <param name="Value">The whole expression that has it, as far as that only passes it on.</param>
/// <param name="Variable">The local that holds it; null where none does.</param>
/// <param name="Meant">What is done to it in place of its result; null for the other forms.</param>
internal sealed record UnobservedTask(IOperation Maker, UnobservedForm Form, IOperation Value, ISymbol? Variable = null, MeantResult? Meant = null)
{
    /// <summary>The name of what makes it: the called method's, else the expression.</summary>
    public string Name => Maker is IInvocationOperation { TargetMethod.MethodKind: not MethodKind.DelegateInvoke } call
        ? call.TargetMethod.Name
        : BlockingWaits.NameOf(Maker.Syntax).ToString();
}

/// <summary>Which tasks nobody observes, though nothing says that this is meant.</summary>
internal sealed class UnobservedTasks(AsyncModel model)
{
    /// <summary>The kinds of operations for which <see cref="Of"/> can have an answer.</summary>
    public static ImmutableArray<OperationKind> Kinds { get; } = ImmutableArray.Create(
        OperationKind.Invocation,
        OperationKind.ObjectCreation,
        OperationKind.ArrayCreation,
        OperationKind.TranslatedQuery,
        ListedElements.CollectionExpression);

    /// <summary>The unobserved task, or tasks, that an operation makes; null where they are observed, meant to be dropped, or somebody more specific speaks of them.</summary>
    public UnobservedTask? Of(IOperation operation, CancellationToken cancellation)
    {
        if (model.TaskFates.IsGivenAwayInPlace(operation))
            return null;
        var found = model.TaskMakers.Makes(operation) ? OfTask(operation, cancellation)
            : model.TaskBatches.Of(operation) is { } batch ? OfBatch(batch, cancellation)
            : null;
        return found is not null && !IsLeftAlone(found, cancellation) ? found : null;
    }

    private UnobservedTask? OfTask(IOperation task, CancellationToken cancellation)
    {
        if (model.MeantResults.Of(task) is { } meant)
            return new UnobservedTask(task, UnobservedForm.MeantForResult, task, null, meant);
        var destination = model.TaskFates.DestinationOf(task);
        return destination.End switch
        {
            TaskEnd.Dropped when !IsConvertedBody(destination.Place) => new UnobservedTask(task, UnobservedForm.Dropped, task),
            TaskEnd.Held when destination.Variable is { Name: not "_" } variable => OfVariable(task, destination, variable, cancellation),
            TaskEnd.PassedOn or TaskEnd.Stored when model.TaskBatches.OnlyFilled(task, cancellation) is { } local => new UnobservedTask(task, UnobservedForm.AddedToCollection, task, local),
            _ => null,
        };
    }

    private UnobservedTask? OfVariable(IOperation task, TaskDestination destination, ISymbol variable, CancellationToken cancellation)
    {
        var (isRead, meant) = ReadsOf(variable, task);
        if (!isRead)
        {
            var isDisposed = destination.Place is IVariableDeclaratorOperation { Parent.Parent.Parent: IUsingDeclarationOperation or IUsingOperation };
            return isDisposed
                ? new UnobservedTask(task, UnobservedForm.MeantForResult, task, variable, MeantResult.Disposed)
                : new UnobservedTask(task, UnobservedForm.Unread, task, variable);
        }

        if (meant is not null)
            return new UnobservedTask(task, UnobservedForm.MeantForResult, task, variable, meant);
        return !model.SureObservations.Has(task, destination) && model.TaskFates.Of(task, null, cancellation) is { End: TaskEnd.Unread, IsInspected: false, Loss: { } loss } && IsWrite(loss, variable, task)
            ? new UnobservedTask(task, UnobservedForm.Unread, task, variable)
            : null;
    }

    private bool IsWrite(SyntaxNode loss, ISymbol variable, IOperation task) =>
        model.TaskFates.MentionsOf(variable, task).Any(mention => TaskEvents.IsTarget(mention) && mention.Parent!.Syntax == loss);

    /// <summary>Whether anything reads a variable that holds a task, and what is meant by that: the string that a read puts it in, else what all reads are for that makes only sense for its result.</summary>
    private (bool IsRead, MeantResult? Meant) ReadsOf(ISymbol variable, IOperation task)
    {
        var (isRead, isForTask) = (false, false);
        MeantResult? first = null;
        foreach (var mention in model.TaskFates.MentionsOf(variable, task))
        {
            if (TaskEvents.IsTarget(mention) || mention.Parent is INameOfOperation)
                continue;
            isRead = true;
            var meant = model.MeantResults.Of(mention);
            if (meant == MeantResult.PutInString)
                return (true, meant);
            isForTask |= meant is null;
            first ??= meant;
        }

        return (isRead, isForTask ? null : first);
    }

    private UnobservedTask? OfBatch(TaskBatch batch, CancellationToken cancellation)
    {
        var destination = model.TaskFates.DestinationOf(batch.Value);
        var form = batch.IsLazy ? UnobservedForm.InQuery : UnobservedForm.InCollection;
        if (model.MeantResults.Of(batch.Value) is MeantResult.PutInString)
            return new UnobservedTask(batch.Maker, UnobservedForm.MeantForResult, batch.Value, null, MeantResult.PutInString);
        return destination.End switch
        {
            TaskEnd.Dropped when !IsConvertedBody(destination.Place) => new UnobservedTask(batch.Maker, form, batch.Value),
            TaskEnd.Held when destination.Variable is { Name: not "_" } variable
                && model.TaskFates.MentionsOf(variable, batch.Maker).All(model.TaskBatches.IsOnlyFilling) => new UnobservedTask(batch.Maker, form, batch.Value, variable),
            TaskEnd.PassedOn or TaskEnd.Stored when model.TaskBatches.OnlyFilled(batch.Value, cancellation) is { } local =>
                new UnobservedTask(batch.Maker, UnobservedForm.AddedToCollection, batch.Value, local),
            _ => null,
        };
    }

    /// <summary>
    /// Whether a statement is the expression body of a lambda that is to return nothing: there the conversion of the lambda
    /// is what is wrong. An async lambda that returns a task drops what it does not await like any other function.
    /// </summary>
    private static bool IsConvertedBody(IOperation statement) =>
        LostTasks.IsLambdaBody(statement)
        && statement.Parent?.Parent is not IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: false } };

    private bool IsLeftAlone(UnobservedTask found, CancellationToken cancellation)
    {
        if (found.Maker.Syntax.ContainsDiagnostics || model.Unexecuted.Holds(found.Maker) || found.Maker is IInvocationOperation made && model.Mocks.IsPartOf(made))
            return true;
        if (found.Form == UnobservedForm.MeantForResult)
            return false;
        return found.Maker is IInvocationOperation call && (model.DeliberateDrops.Is(call) || model.Loggers.IsConsoleTask(call, cancellation))
            || model.FaultHandlers.Handles(found.Maker, cancellation)
            || model.CompletedTasks.IsKnownCompleted(found.Maker, cancellation)
            || IsBeforeShutdown(found.Maker, cancellation)
            || model.TaskDefects.HasBefore(found.Maker, TaskDefect.Unobserved, cancellation);
    }

    /// <summary>Whether an entry point makes the task before its last act, which waits for the shutdown: until then it is free to run.</summary>
    private bool IsBeforeShutdown(IOperation task, CancellationToken cancellation) =>
        task is IInvocationOperation { SemanticModel: { } semantics } call
        && Functions.Around(call.Syntax) is { } function
        && model.FunctionEnds.Of(function, semantics, cancellation) is { Surrounding: Surrounding.EntryPoint, Call: null } end
        && !model.FunctionEnds.Follows(end, call, cancellation);
}
