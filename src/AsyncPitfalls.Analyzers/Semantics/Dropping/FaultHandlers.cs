using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Tasks whose failure is dealt with where they are made, so that nobody need look at them.</summary>
internal sealed class FaultHandlers(AsyncModel model)
{
    /// <summary>
    /// Whether a call deals with the failure itself: a <c>ContinueWith</c> that runs on a fault or asks its antecedent how
    /// it ended, or a <c>Task.Run</c> whose delegate keeps every exception. A delegate that cannot be read is taken to do so.
    /// </summary>
    public bool Handles(IOperation task, CancellationToken cancellation)
    {
        for (var current = task; current is IInvocationOperation call; current = ReceiverOf(call))
        {
            if (IsContinuation(call.TargetMethod) ? ContinuesOnFault(call, cancellation) : IsOffload(call.TargetMethod) && KeepsExceptions(call, cancellation))
                return true;
        }

        return false;
    }

    /// <summary>The task on which a call continues, or that it unwraps.</summary>
    private IOperation? ReceiverOf(IInvocationOperation call)
    {
        var receiver = call.Instance ?? (KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.TaskExtensions) ? call.Arguments.FirstOrDefault()?.Value : null);
        return receiver is null ? null : model.Awaitables.Behind(ConditionalAccesses.Receiver(receiver)!);
    }

    private bool IsContinuation(IMethodSymbol method) => method.Name switch
    {
        "ContinueWith" => model.Awaitables.IsTask(method.ContainingType),
        "ContinueWhenAll" or "ContinueWhenAny" => IsFactory(method),
        _ => false,
    };

    private bool IsOffload(IMethodSymbol method) => method.Name switch
    {
        "Run" => KnownTypes.Same(method.ContainingType, model.Types.Task),
        "StartNew" => IsFactory(method),
        "RunAsync" => KnownTypes.SameOrBelow(method.ContainingType, model.Types.JoinableTaskFactory),
        _ => false,
    };

    private bool IsFactory(IMethodSymbol method) =>
        KnownTypes.Same(method.ContainingType, model.Types.TaskFactory) || KnownTypes.Same(method.ContainingType, model.Types.TaskFactoryOfT);

    private bool ContinuesOnFault(IInvocationOperation call, CancellationToken cancellation)
    {
        if (call.Instance is { } antecedent && IsOwnedBySource(antecedent))
            return true;
        switch (OptionsOf(call))
        {
            case { ConstantValue: { HasValue: true, Value: int options } }:
                if (((TaskContinuationOptions)options & TaskContinuationOptions.NotOnFaulted) != 0)
                    return false;
                if (((TaskContinuationOptions)options & TaskContinuationOptions.NotOnRanToCompletion) != 0)
                    return true;
                break;
            case not null:
                return true;
        }

        return DelegateOf(call) switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol.Parameters.FirstOrDefault() is { } given && AsksHowItEnded(lambda.Body, given),
            IMethodReferenceOperation { Method: var method } when model.Bodies.OperationOf(method, cancellation) is { } body =>
                method.OriginalDefinition.Parameters.FirstOrDefault() is { } given && AsksHowItEnded(body, given),
            _ => true,
        };
    }

    /// <summary>Whether a task is that of a <c>TaskCompletionSource</c>, whose owner decides how it ends and tells who waits for it.</summary>
    private bool IsOwnedBySource(IOperation task) =>
        ConditionalAccesses.Receiver(model.Awaitables.Behind(task)) is IPropertyReferenceOperation { Property: { Name: "Task", ContainingType: var type } }
        && (KnownTypes.Same(type, model.Types.TaskCompletionSource) || KnownTypes.Same(type, model.Types.TaskCompletionSourceOfT));

    private IOperation? OptionsOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(argument => KnownTypes.Same(argument.Parameter?.Type, model.Types.TaskContinuationOptions))?.Value;

    private static IOperation? DelegateOf(IInvocationOperation call)
    {
        var value = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate)?.Value;
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return (value as IDelegateCreationOperation)?.Target;
    }

    /// <summary>Whether a continuation does more with its antecedent than to take its result, which throws again, or to wait for it.</summary>
    private bool AsksHowItEnded(IOperation body, IParameterSymbol antecedent) => body.Descendants().Any(operation =>
        operation is IParameterReferenceOperation { Parameter: var parameter }
        && SymbolEqualityComparer.Default.Equals(parameter.OriginalDefinition, antecedent.OriginalDefinition)
        && (!OnlyThrowsAgain(operation) || model.CaughtExceptions.IsCaught(operation.Syntax, operation.SemanticModel!)));

    private bool OnlyThrowsAgain(IOperation antecedent)
    {
        var user = antecedent.Parent;
        while (user is IConversionOperation or IParenthesizedOperation || user is IInvocationOperation call && model.Awaitables.Behind(call) != call)
            user = user.Parent;
        return user switch
        {
            IAwaitOperation => true,
            IPropertyReferenceOperation property => property.Property.Name is "Result" or "Id" or "AsyncState",
            IInvocationOperation call => call.Instance is not null && call.TargetMethod.Name is "Wait" or WellKnownMemberNames.GetAwaiter,
            _ => false,
        };
    }

    private bool KeepsExceptions(IInvocationOperation call, CancellationToken cancellation) => DelegateOf(call) switch
    {
        IAnonymousFunctionOperation { SemanticModel: { } semantics } lambda =>
            model.CaughtExceptions.KeepsAll(lambda.Syntax, semantics) || OnlyCallOf(lambda.Body) is { } only && KeepsExceptions(only.TargetMethod, cancellation),
        IMethodReferenceOperation { Method: var method } => KeepsExceptions(method, cancellation),
        _ => false,
    };

    private bool KeepsExceptions(IMethodSymbol method, CancellationToken cancellation) =>
        method is { IsVirtual: false, IsAbstract: false, IsOverride: false }
        && Bodies.SyntaxOf(method, cancellation) is { } body
        && model.Compilation.ContainsSyntaxTree(body.SyntaxTree)
        && model.CaughtExceptions.KeepsAll(body, model.Bodies.SemanticsOf(body.SyntaxTree));

    /// <summary>The call that is all a delegate does, awaited or not.</summary>
    private IInvocationOperation? OnlyCallOf(IBlockOperation body)
    {
        var written = body.Operations.Where(operation => operation is not IReturnOperation { ReturnedValue: null }).ToList();
        if (written.Count != 1)
            return null;
        var value = written[0] switch
        {
            IReturnOperation returned => returned.ReturnedValue,
            IExpressionStatementOperation statement => statement.Operation,
            _ => null,
        };
        if (value is IAwaitOperation awaited)
            value = awaited.Operation;
        return value is null ? null : model.Awaitables.Behind(value) as IInvocationOperation;
    }
}
