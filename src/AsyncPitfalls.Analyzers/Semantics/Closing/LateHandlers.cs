using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// <c>try</c> statements out of which a function that is not async returns a task: their <c>catch</c> sees only what is
/// thrown before the task is returned, and their <c>finally</c> runs before the task has completed.
/// </summary>
internal sealed class LateHandlers(AsyncModel model)
{
    /// <summary>The <c>catch</c> or <c>finally</c> around a call that is meant for the task which the call makes and the <c>try</c> returns; null where there is none, or it is meant for what runs synchronously.</summary>
    /// <param name="call">The call that makes the task.</param>
    /// <param name="returned">What returns it.</param>
    public Closing? Around(IInvocationOperation call, SyntaxNode returned)
    {
        for (var (inner, outer) = ((IOperation)call, call.Parent); outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (inner, outer) = (outer, outer.Parent))
        {
            if (outer is not ITryOperation { Syntax: TryStatementSyntax syntax } attempt || attempt.Body != inner || !syntax.Block.Span.Contains(returned.Span))
                continue;
            if (IsCaughtTooEarly(attempt, call))
                return new Closing(ClosingKind.Uncaught, "catch", syntax.Catches[0].CatchKeyword) { IsCertain = true };
            if (attempt.Finally is { } cleanup && !DoesMore(attempt.Body, call) && cleanup.Operations.Any(IsEnd) && cleanup.Operations.All(IsEndOrDisposal))
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

    /// <summary>Whether a <c>catch</c> only takes back what was done so far, and lets the exception go on.</summary>
    private bool CleansUp(ICatchClauseOperation handler) =>
        OwnOperations.Of(handler.Handler).Any(operation => operation is IThrowOperation { Exception: null })
        && !OwnOperations.Of(handler.Handler).OfType<IInvocationOperation>().Any(call => model.Loggers.IsLogging(call));

    /// <summary>Whether a <c>try</c> calls something else in a statement of its own, whose exception may be meant.</summary>
    private static bool DoesMore(IBlockOperation body, IInvocationOperation call) =>
        OwnOperations.Of(body).OfType<IInvocationOperation>().Any(other =>
            !other.Syntax.Span.Contains(call.Syntax.Span) && StatementOf(other) != StatementOf(call));

    private static StatementSyntax? StatementOf(IOperation operation) => operation.Syntax.FirstAncestorOrSelf<StatementSyntax>();

    /// <summary>Whether a statement says that the work is over: a watch is stopped, a flag or count is taken back, something is logged or told to this code's own objects.</summary>
    private bool IsEnd(IOperation statement) => statement is IExpressionStatementOperation { Operation: var operation } && Last(operation) switch
    {
        IInvocationOperation call => KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Stopwatch) && call.TargetMethod.Name == "Stop"
            || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Interlocked)
            || model.Loggers.IsLogging(call),
        ISimpleAssignmentOperation assignment => assignment.Value.ConstantValue is { HasValue: true, Value: bool } && Variables.SymbolOf(assignment.Target) is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false },
        IIncrementOrDecrementOperation => true,
        _ => false,
    };

    private bool IsEndOrDisposal(IOperation statement) =>
        IsEnd(statement) || statement is IExpressionStatementOperation { Operation: var operation } && Last(operation) is IInvocationOperation { TargetMethod.Name: "Dispose" or "Close" };

    private static IOperation Last(IOperation operation) => operation is IConditionalAccessOperation access ? Last(access.WhenNotNull) : operation;
}
