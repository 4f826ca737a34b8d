using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Logging that is sent to another thread.</summary>
/// <param name="Call">The call of <c>Task.Run</c>, <c>StartNew</c> or <c>QueueUserWorkItem</c>.</param>
/// <param name="Work">What it is given: a lambda, an anonymous method or a method group.</param>
/// <param name="LogName">The name of the first logging method that is called.</param>
internal sealed record OffloadedLogging(IInvocationOperation Call, IOperation Work, string LogName)
{
    /// <summary>The offload that a call is; null where it hands over other work than logging.</summary>
    public static OffloadedLogging? Of(IInvocationOperation call, AsyncModel model)
    {
        if (!IsOffload(call.TargetMethod, model.Types) || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value is not { } given)
            return null;
        return WorkOf(given) is { } work && LoggedBy(work, model) is { } name ? new OffloadedLogging(call, work, name) : null;
    }

    /// <summary>Whether a delegate that is given to somebody does nothing but log.</summary>
    public static bool OnlyLogs(IOperation given, AsyncModel model) => WorkOf(given) is { } work && LoggedBy(work, model) is not null;

    /// <summary>The name of the logging call that a lambda or method group makes, and nothing else; null where it does anything else.</summary>
    private static string? LoggedBy(IOperation work, AsyncModel model)
    {
        if (work is IMethodReferenceOperation group)
            return model.Loggers.IsLogging(group) ? group.Method.Name : null;
        var reader = new Reader(model);
        return work is IAnonymousFunctionOperation lambda && reader.OnlyLogs(lambda.Body) ? reader.Name : null;
    }

    /// <summary>Whether a method runs a delegate on a thread of the pool.</summary>
    private static bool IsOffload(IMethodSymbol method, KnownTypes types) => method.Name switch
    {
        "Run" => KnownTypes.Same(method.ContainingType, types.Task),
        "StartNew" => KnownTypes.Same(method.ContainingType, types.TaskFactory) || KnownTypes.Same(method.ContainingType, types.TaskFactoryOfT),
        "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" => KnownTypes.Same(method.ContainingType, types.ThreadPool),
        _ => false,
    };

    private static IOperation? WorkOf(IOperation given)
    {
        while (given is IConversionOperation conversion)
            given = conversion.Operand;
        return (given as IDelegateCreationOperation)?.Target;
    }

    /// <summary>Reads a delegate's body, and remembers the first logging call that it meets.</summary>
    private sealed class Reader(AsyncModel model)
    {
        public string? Name { get; private set; }

        public bool OnlyLogs(IOperation? operation) => operation switch
        {
            null or IEmptyOperation => true,
            IBlockOperation block => block.Operations.All(OnlyLogs),
            IExpressionStatementOperation statement => OnlyLogs(statement.Operation),
            IReturnOperation { ReturnedValue: var value } => value is null || IsCompletedTask(value) || OnlyLogs(value),
            IConditionalOperation choice => IsCheap(choice.Condition) && OnlyLogs(choice.WhenTrue) && OnlyLogs(choice.WhenFalse),
            IConditionalAccessOperation access => IsCheap(access.Operation) && OnlyLogs(access.WhenNotNull),
            IVariableDeclarationGroupOperation locals => IsCheap(locals),
            IAwaitOperation awaited => model.Awaitables.Behind(awaited.Operation) is var task && OnlyLogs(task),
            IConversionOperation conversion => OnlyLogs(conversion.Operand),
            IInvocationOperation call => Logs(call),
            _ => false,
        };

        private bool Logs(IInvocationOperation call)
        {
            if (!model.Loggers.IsLogging(call) && !model.Loggers.IsConsoleTask(call, CancellationToken.None))
                return false;
            Name ??= call.TargetMethod.Name;
            return (call.Instance is null || IsCheap(call.Instance)) && call.Arguments.All(argument => IsCheap(argument.Value));
        }

        private bool IsCompletedTask(IOperation value) =>
            value is IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } property }
            && model.Awaitables.IsTaskOrValueTask(property.ContainingType);

        /// <summary>Whether evaluating a value does nothing that one would send to another thread, and changes nothing.</summary>
        private bool IsCheap(IOperation value) => value.DescendantsAndSelf().All(IsCheapItself);

        private bool IsCheapItself(IOperation operation) => operation switch
        {
            IInvocationOperation call => IsCheapCall(call.TargetMethod) || call.Parent is IInterpolatedStringAppendOperation,
            IObjectCreationOperation creation => creation.Type is { IsValueType: true } or { SpecialType: SpecialType.System_Object }
                || KnownTypes.SameOrBelow(creation.Type, model.Types.Exception),
            IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IThrowOperation => false,
            IDynamicInvocationOperation or IDynamicObjectCreationOperation => false,
            _ => true,
        };

        private bool IsCheapCall(IMethodSymbol method) =>
            method is { Name: "ToString" or "GetType" or "GetHashCode", Parameters.IsEmpty: true }
            || method.ContainingType.SpecialType is SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Enum
            || (method.ContainingType.IsValueType && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Types.TimeSpan?.ContainingAssembly))
            || model.Loggers.IsLogger(method.ReturnType)
            || (method.Name == "IsEnabled" && model.Loggers.IsLogger(method.ContainingType));
    }
}
