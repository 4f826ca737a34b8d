using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls whose task is meant to be dropped, and that say so themselves.</summary>
internal sealed class DeliberateDrops(AsyncModel model)
{
    /// <summary>
    /// Whether a call says that its task is nobody's concern: an argument such as <c>CommandFlags.FireAndForget</c>, an
    /// extension of somebody's own that takes the task and returns one (<c>PipeTo</c>), the dispatcher's
    /// <c>BeginInvoke</c>, or the set-up or verification of a mock.
    /// </summary>
    public bool Is(IInvocationOperation call) =>
        IsToldToForget(call) || TakesTask(call) || IsBegun(call) || model.Mocks.IsPartOf(call);

    /// <summary>Whether a call, be it a synchronous one, is told to wait for no answer: by an argument such as <c>CommandFlags.FireAndForget</c>.</summary>
    public bool IsToldToForget(IInvocationOperation call) => call.Arguments.Any(argument => SaysForget(argument.Value));

    /// <summary>Whether an argument of an enumeration that knows <c>FireAndForget</c> has it set, or may have: a value from outside is taken at its word.</summary>
    private bool SaysForget(IOperation value, HashSet<ISymbol>? followed = null)
    {
        while (value is IConversionOperation { Type: not { TypeKind: TypeKind.Enum } } conversion)
            value = conversion.Operand;
        if (value.Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } type || ForgetOf(type) is not { } forget)
            return false;
        return value switch
        {
            { ConstantValue: { HasValue: true, Value: { } constant } } => (ToBits(constant) & forget) == forget,
            ILocalReferenceOperation or IFieldReferenceOperation when model.AssignedValues.Of(value, CancellationToken.None) is { } values =>
                IsAnyTold(values, value is ILocalReferenceOperation local ? local.Local : ((IFieldReferenceOperation)value).Field, followed ?? new HashSet<ISymbol>(SymbolEqualityComparer.Default)),
            IBinaryOperation flags => SaysForget(flags.LeftOperand, followed) || SaysForget(flags.RightOperand, followed),
            IConditionalOperation choice => SaysForget(choice.WhenTrue, followed) || choice.WhenFalse is { } other && SaysForget(other, followed),
            _ => true,
        };
    }

    /// <summary>Whether one of a variable's values says so; a variable may be given its own value again, as in <c>flags = flags | other</c>.</summary>
    private bool IsAnyTold(IReadOnlyList<IOperation> values, ISymbol variable, HashSet<ISymbol> followed) =>
        followed.Add(variable) && values.Any(value => SaysForget(value, followed));

    private static ulong? ForgetOf(INamedTypeSymbol type) =>
        type.GetMembers("FireAndForget").OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: { } value } && ToBits(value) is not 0 and var bits
            ? bits
            : null;

    private static ulong ToBits(object constant) => constant is ulong bits ? bits : unchecked((ulong)Convert.ToInt64(constant));

    /// <summary>Whether a call is one of an extension method that takes the task, and is not the framework's own.</summary>
    private bool TakesTask(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is { IsExtensionMethod: true })
        {
            return model.Awaitables.ResultOf((method.ReducedFrom ?? method).Parameters.FirstOrDefault()?.Type) is not null
                && !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Types.Task?.ContainingAssembly)
                && !KnownTypes.Same(method.ContainingType, model.Types.TaskExtensions);
        }

        // An extension block is a type without a name, which only newer compilers know.
        return method.ContainingType is { Name: "" } && model.Awaitables.ResultOf(ConditionalAccesses.Receiver(call.Instance)?.Type) is not null;
    }

    /// <summary>Whether a call begins work on a dispatcher that tells of failures itself, by its <c>UnhandledException</c>.</summary>
    private bool IsBegun(IInvocationOperation call) =>
        call.TargetMethod.Name == "BeginInvoke"
        && (KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.WpfDispatcher)
            || KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.WpfDispatcherExtensions)
            || KnownTypes.SameOrBelow(call.Type, model.Types.WpfDispatcherOperation));
}
