using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What stands before a <c>?.</c>.</summary>
internal static class ConditionalAccesses
{
    /// <summary>What an operation stands for where it is the receiver behind a <c>?.</c>: <c>t</c> in <c>t?.Wait()</c>; the operation itself for all others.</summary>
    public static IOperation? Receiver(IOperation? operation)
    {
        if (operation is not IConditionalAccessInstanceOperation)
            return operation;
        for (var (child, current) = (operation, operation.Parent); current is not null; (child, current) = (current, current.Parent))
        {
            if (current is IConditionalAccessOperation access && access.WhenNotNull == child)
                return Receiver(access.Operation);
        }

        return operation;
    }
}
