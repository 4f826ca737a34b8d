using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Times that mean "for ever" to what waits: <c>Timeout.Infinite</c>, <c>-1</c>, <c>Timeout.InfiniteTimeSpan</c>, <c>TimeSpan.FromMilliseconds(-1)</c>.</summary>
internal static class InfiniteTimes
{
    private const int Infinite = -1;

    /// <summary>Whether a time-out or delay has no end for certain.</summary>
    public static bool Is(IOperation time, KnownTypes types) => time switch
    {
        { ConstantValue: { HasValue: true, Value: Infinite or (long)Infinite or (double)Infinite } } => true,
        IConversionOperation conversion => Is(conversion.Operand, types),
        IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType: var type } } => KnownTypes.Same(type, types.Timeout),
        IInvocationOperation { TargetMethod: { Name: "FromMilliseconds", ContainingType: var type }, Arguments: { IsEmpty: false } arguments } =>
            KnownTypes.Same(type, types.TimeSpan) && Is(arguments[0].Value, types),
        _ => false,
    };
}
