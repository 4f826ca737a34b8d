using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What is done to a task that only makes sense for its result.</summary>
internal enum MeantResult
{
    /// <summary>It is compared with null, which a task never is.</summary>
    ComparedWithNull,

    /// <summary>It is put in a string, as the name of its type.</summary>
    PutInString,

    /// <summary>It is tested for a type that no task has.</summary>
    TypeTested,

    /// <summary>A <c>using</c> disposes it.</summary>
    Disposed,
}

/// <summary>Where a task stands in the place of its result.</summary>
internal sealed class MeantResults(AsyncModel model)
{
    /// <summary>What is done to the value of an expression that is a task; null where that may well be meant for the task.</summary>
    public MeantResult? Of(IOperation task)
    {
        var canBeNull = task is IInvocationOperation { TargetMethod.ReturnType.NullableAnnotation: NullableAnnotation.Annotated };
        var value = task;
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation { IsTryCast: true } cast:
                    return IsForeign(value.Type, cast.Type) ? MeantResult.TypeTested : null;
                case IParenthesizedOperation or IConversionOperation { OperatorMethod: null } or ICoalesceOperation or ISwitchExpressionArmOperation:
                case ISwitchExpressionOperation choice when choice.Value != value:
                case IConditionalOperation alternative when alternative.Condition != value && alternative.Type is not null:
                case IInvocationOperation call when call.Instance == value && model.Awaitables.Behind(call) != call:
                    value = value.Parent;
                    break;
                case IConditionalAccessOperation access when access.WhenNotNull == value:
                    canBeNull = true;
                    value = access;
                    break;
                default:
                    var meant = In(value);
                    return meant == MeantResult.ComparedWithNull && canBeNull ? null : meant;
            }
        }
    }

    private MeantResult? In(IOperation value) => value.Parent switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison =>
            IsNull(comparison.LeftOperand == value ? comparison.RightOperand : comparison.LeftOperand) ? MeantResult.ComparedWithNull : null,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } => MeantResult.PutInString,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } => MeantResult.PutInString,
        IInterpolationOperation => MeantResult.PutInString,
        IInvocationOperation { TargetMethod: { Name: nameof(ToString), Parameters.IsEmpty: true } } call when call.Instance == value => MeantResult.PutInString,
        IIsTypeOperation test => test.TypeOperand.SpecialType == SpecialType.System_Object ? MeantResult.ComparedWithNull
            : IsForeign(value.Type, test.TypeOperand) ? MeantResult.TypeTested : null,
        IIsPatternOperation test => OfPatterns([test.Pattern], value.Type),
        ISwitchExpressionOperation choice => OfPatterns(choice.Arms.Select(arm => arm.Pattern), value.Type),
        ISwitchOperation choice when choice.Value == value => OfCases(choice, value.Type),
        IUsingOperation => MeantResult.Disposed,
        _ => CallWith(value) is { } call && MakesString(call) ? MeantResult.PutInString : null,
    };

    /// <summary>The call that gets a value as an argument, also as one of several for a <c>params</c> parameter.</summary>
    private static IInvocationOperation? CallWith(IOperation value)
    {
        var holder = value.Parent;
        while (holder is { IsImplicit: true } and not IArgumentOperation and not IInvocationOperation)
            holder = holder.Parent;
        return holder is IArgumentOperation { Parent: IInvocationOperation call } argument && (value.Parent == argument || argument.IsImplicit) ? call : null;
    }

    /// <summary>Whether a call writes its arguments of any type as text.</summary>
    private bool MakesString(IInvocationOperation call) =>
        call.Parent is IInterpolatedStringAppendOperation
        || call.TargetMethod.Name switch
        {
            "Format" or "Concat" or "Join" => call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String,
            "Append" or "AppendFormat" or "AppendJoin" or "Insert" => KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.StringBuilder),
            nameof(ToString) => KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Convert),
            "Write" or "WriteLine" => KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Console)
                || KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.TextWriter)
                || model.Loggers.IsLogging(call),
            _ => call.TargetMethod.MethodKind != MethodKind.DelegateInvoke && model.Loggers.IsLogging(call),
        };

    private MeantResult? OfCases(ISwitchOperation choice, ITypeSymbol? type)
    {
        var clauses = choice.Cases.SelectMany(section => section.Clauses).ToList();
        if (clauses.OfType<ISingleValueCaseClauseOperation>().Any(clause => IsNull(clause.Value)))
            return MeantResult.ComparedWithNull;
        return OfPatterns(clauses.OfType<IPatternCaseClauseOperation>().Select(clause => clause.Pattern), type);
    }

    /// <summary>What patterns ask of a task; null where one of them keeps it in a variable or asks for its own members.</summary>
    private MeantResult? OfPatterns(IEnumerable<IPatternOperation> patterns, ITypeSymbol? type)
    {
        MeantResult? found = null;
        foreach (var pattern in patterns.SelectMany(Parts))
        {
            switch (pattern)
            {
                case IDeclarationPatternOperation { MatchedType: { } matched } when IsForeign(type, matched):
                case ITypePatternOperation { MatchedType: var tested } when IsForeign(type, tested):
                case IRecursivePatternOperation { MatchedType: var narrowed } when IsForeign(type, narrowed):
                    return MeantResult.TypeTested;
                case IConstantPatternOperation constant:
                    found ??= IsNull(constant.Value) ? MeantResult.ComparedWithNull : MeantResult.TypeTested;
                    break;
                case ITypePatternOperation { MatchedType.SpecialType: SpecialType.System_Object }:
                case IRecursivePatternOperation { DeclaredSymbol: null, PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true }:
                    found ??= MeantResult.ComparedWithNull;
                    break;
                case IDiscardPatternOperation:
                    break;
                default:
                    return null;
            }
        }

        return found;
    }

    private static IEnumerable<IPatternOperation> Parts(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => Parts(negated.Pattern),
        IBinaryPatternOperation both => Parts(both.LeftPattern).Concat(Parts(both.RightPattern)),
        _ => [pattern],
    };

    /// <summary>Whether a type is none that a task has by its own type, nor another one of tasks.</summary>
    private bool IsForeign(ITypeSymbol? task, ITypeSymbol? tested) =>
        task is not null && tested is { TypeKind: not (TypeKind.Error or TypeKind.Dynamic or TypeKind.TypeParameter) }
        && model.Awaitables.ResultOf(tested) is null
        && !model.Compilation.HasImplicitConversion(task, tested);

    private static bool IsNull(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value.ConstantValue is { HasValue: true, Value: null };
    }
}
