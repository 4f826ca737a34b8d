using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which tasks are made by a constructor and started by nobody. Such a task stays in the state
/// <c>TaskStatus.Created</c>, see https://learn.microsoft.com/dotnet/api/system.threading.tasks.task.start.
/// </summary>
internal sealed class UnstartedTasks(AsyncModel model)
{
    /// <summary>Whether no path starts the task that a constructor makes before it is awaited, waited for, returned, or out of scope.</summary>
    public bool Is(IObjectCreationOperation creation, CancellationToken cancellation) =>
        model.Awaitables.IsTask(creation.Type)
        && !creation.Arguments.IsEmpty
        && !MayStartItself(creation.Type, cancellation)
        && !MayBeStarted(creation, asksCallers: true, cancellation)
        && !model.Unexecuted.Holds(creation);

    /// <summary>Whether a path starts the task that an expression gives, or hands it to somebody who may.</summary>
    /// <param name="task">The expression.</param>
    /// <param name="asksCallers">Whether the callers of a function that returns the task are looked at; else they are taken to start it.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool MayBeStarted(IOperation task, bool asksCallers, CancellationToken cancellation)
    {
        var question = new TaskStarts(model, asksCallers, cancellation);
        var destination = model.TaskFates.DestinationOf(task);
        if (destination.Variable is not { } variable)
            return question.EffectOf(destination) == PathEffect.Found;
        if (destination.Place is IAssignmentOperation { Parent: not IExpressionStatementOperation } assignment
            && question.EffectOf(model.TaskFates.DestinationOf(assignment)) == PathEffect.Found)
            return true;
        if (model.TaskFates.CapturesOf(variable, task).Any(capture => IsStartedWhereCaptured(capture, question)))
            return true;
        return model.TaskFates.Follow(task, destination, question, cancellation) is not { Found.IsEmpty: true };
    }

    private bool IsStartedWhereCaptured(IOperation capture, TaskStarts question) =>
        model.TaskFates.DestinationOf(capture) is var use && (use.Variable is not null || question.EffectOf(use) == PathEffect.Found);

    /// <summary>Whether a type derived from the framework's may start its tasks where it makes them: its constructors use more of <c>this</c> than fields, or are not in sight.</summary>
    private bool MayStartItself(ITypeSymbol? type, CancellationToken cancellation)
    {
        for (var current = type; current is not null && !KnownTypes.Same(current, model.Types.Task) && !KnownTypes.Same(current, model.Types.TaskOfT); current = current.BaseType)
        {
            if (current is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } declared)
                return true;
            foreach (var constructor in declared.OriginalDefinition.InstanceConstructors)
            {
                if (model.Bodies.OperationOf(constructor, cancellation) is IConstructorBodyOperation body && (body.BlockBody ?? body.ExpressionBody) is { } block && UsesThis(block))
                    return true;
            }
        }

        return false;
    }

    private static bool UsesThis(IOperation body) => body.Descendants().Any(operation =>
        operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Parent: not IFieldReferenceOperation });
}
