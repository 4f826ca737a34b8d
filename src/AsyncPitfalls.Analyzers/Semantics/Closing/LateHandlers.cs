using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// <c>try</c> statements out of which a function that is not async returns a task: their <c>catch</c> sees only what is
/// thrown before the task is returned, and their <c>finally</c> runs before the task has completed.
/// </summary>
internal sealed class LateHandlers(AsyncModel model, TaskInputs inputs)
{
    /// <summary>The <c>catch</c> or <c>finally</c> around a call that is meant for the task which the call makes and the <c>try</c> returns; null where there is none, or it is meant for what runs synchronously.</summary>
    /// <param name="call">The call that makes the task.</param>
    /// <param name="returned">What returns it.</param>
    /// <param name="cancellation">Stops the search.</param>
    public Closing? Around(IInvocationOperation call, SyntaxNode returned, CancellationToken cancellation)
    {
        foreach (var (outer, inner) in OwnOperations.Around(call))
        {
            if (outer is not ITryOperation { Syntax: TryStatementSyntax syntax } attempt || attempt.Body != inner || !syntax.Block.Span.Contains(returned.Span))
                continue;
            if (IsCaughtTooEarly(attempt, call))
                return new Closing(ClosingKind.Uncaught, "catch", syntax.Catches[0].CatchKeyword) { IsCertain = true };
            if (attempt.Finally is { } cleanup && IsMeant(cleanup, attempt, call, cancellation))
                return new Closing(ClosingKind.Finished, "finally", syntax.Finally!.FinallyKeyword) { IsCertain = true };
        }

        return null;
    }

    private bool IsCaughtTooEarly(ITryOperation attempt, IInvocationOperation call) =>
        !attempt.Catches.IsEmpty
        && !attempt.Catches.Any(handler => MakesFailedTask(handler) || CleansUp(handler))
        && attempt.Catches.Any(handler => IsMeant(handler.ExceptionType, attempt, call));

    /// <summary>Whether a <c>catch</c> is meant for the work that a call begins, and not for what goes wrong before that.</summary>
    private bool IsMeant(ITypeSymbol? caught, ITryOperation attempt, IInvocationOperation call)
    {
        if (KnownTypes.SameOrBelow(caught, model.Types.ExceptionsOfCallers) && !call.TargetMethod.IsAsync)
            return false;
        return KnownTypes.SameOrBelow(caught, model.Types.ExceptionsOfWork) || !DoesMore(attempt.Body, call);
    }

    /// <summary>Whether a <c>catch</c> makes a failed task of the exception, so that the caller sees it where it awaits.</summary>
    private static bool MakesFailedTask(ICatchClauseOperation handler) =>
        OwnOperations.Of(handler.Handler).OfType<IInvocationOperation>().Any(call =>
            call.TargetMethod.Name is "FromException" or "FromCanceled" or "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled");

    /// <summary>Whether a <c>catch</c> only takes back what was done so far, whatever the exception, and lets that go on.</summary>
    private bool CleansUp(ICatchClauseOperation handler) =>
        OwnOperations.Of(handler.Handler).Any(operation => operation is IThrowOperation { Exception: null })
        && !OwnOperations.Of(handler.Handler).Any(operation =>
            operation is IInvocationOperation call && model.Loggers.IsLogging(call)
            || operation is ILocalReferenceOperation { Local: var local } && handler.Locals.Contains(local, SymbolEqualityComparer.Default));

    /// <summary>Whether a <c>try</c> calls something else in a statement of its own, whose exception may be meant.</summary>
    private static bool DoesMore(IBlockOperation body, IInvocationOperation call) =>
        OwnOperations.Of(body).OfType<IInvocationOperation>().Any(other =>
            !other.Syntax.Span.Contains(call.Syntax.Span) && StatementOf(other) != StatementOf(call));

    private static StatementSyntax? StatementOf(IOperation operation) => operation.Syntax.FirstAncestorOrSelf<StatementSyntax>();

    /// <summary>Whether a <c>finally</c> is meant to follow the work that a call begins: it has to do with what that works with, or is the end of the only thing that the <c>try</c> does.</summary>
    private bool IsMeant(IBlockOperation cleanup, ITryOperation attempt, IInvocationOperation call, CancellationToken cancellation)
    {
        var last = cleanup.Operations.OfType<IExpressionStatementOperation>().Select(statement => Called(statement.Operation)).ToList();
        return last.OfType<IInvocationOperation>().Any(end => TakesBack(end, call, cancellation))
            || !DoesMore(attempt.Body, call) && last.Count == cleanup.Operations.Length && last.Any(IsEnd) && last.All(operation => IsEnd(operation) || IsDisposal(operation));
    }

    /// <summary>Whether a call does something to a variable that the task was given, such as deleting the file.</summary>
    private bool TakesBack(IInvocationOperation end, IInvocationOperation task, CancellationToken cancellation) =>
        !IsDisposal(end)
        && !KnownTypes.Same(end.TargetMethod.ContainingType, model.Types.GarbageCollector)
        && end.Arguments.Select(argument => argument.Value).Append(end.Instance)
            .Select(Variables.SymbolOf)
            .Any(variable => variable is ILocalSymbol or IParameterSymbol && inputs.Hold(task, variable, countsOwned: true, cancellation));

    /// <summary>Whether an operation says that the work is over: a watch is stopped, a flag or count is taken back, something is logged, or this code is told.</summary>
    private bool IsEnd(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } call => KnownTypes.Same(method.ContainingType, model.Types.Stopwatch) && method.Name == "Stop"
            || KnownTypes.Same(method.ContainingType, model.Types.Interlocked)
            || model.Loggers.IsLogging(call)
            || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly) && call.Arguments.All(argument => IsConstant(argument.Value)),
        ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: bool } } assignment =>
            Variables.SymbolOf(assignment.Target) is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false },
        IIncrementOrDecrementOperation => true,
        _ => false,
    };

    private static bool IsConstant(IOperation value) => value.ConstantValue.HasValue || value is IConversionOperation conversion && IsConstant(conversion.Operand);

    private static bool IsDisposal(IOperation operation) => operation is IInvocationOperation { TargetMethod.Name: "Dispose" or "Close" or "DisposeAsync" or "CloseAsync" };

    private static IOperation Called(IOperation operation) => operation is IConditionalAccessOperation access ? Called(access.WhenNotNull) : operation;
}
