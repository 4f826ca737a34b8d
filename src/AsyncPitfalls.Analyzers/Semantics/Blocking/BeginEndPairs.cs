using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Pairs of the older asynchronous model: <c>BeginRead</c> starts the work, and <c>EndRead</c> blocks until it is done unless it is.
/// See https://learn.microsoft.com/dotnet/standard/asynchronous-programming-patterns/calling-asynchronous-methods-using-iasyncresult.
/// </summary>
internal static class BeginEndPairs
{
    /// <summary>
    /// The <c>Begin…</c> call whose work an <c>End…</c> call waits for right away: <c>x.EndF(x.BeginF(…))</c>, also through a local that
    /// nobody else reads. Null for all other calls, such as the end in the callback of the begin.
    /// </summary>
    public static IInvocationOperation? BegunBy(IInvocationOperation end, KnownTypes types, CancellationToken cancellation)
    {
        var method = end.TargetMethod;
        if (!method.Name.StartsWith("End", StringComparison.Ordinal) || method.Name.Length == 3)
            return null;
        return Plain(StartedWork(end, types)) switch
        {
            IInvocationOperation begin when Begins(begin.TargetMethod, method, types) => begin,
            ILocalReferenceOperation local when IsReadOnce(local)
                && Plain(Locals.OnlyValueOf(local, cancellation)) is IInvocationOperation begin
                && Begins(begin.TargetMethod, method, types) => begin,
            _ => null,
        };
    }

    /// <summary>The argument that stands for the work which an <c>End…</c> call is to end; null where it gets none.</summary>
    private static IOperation? StartedWork(IInvocationOperation end, KnownTypes types)
    {
        foreach (var argument in end.Arguments)
        {
            if (KnownTypes.SameOrBelow(argument.Parameter?.Type, types.AsyncResult))
                return argument.Value;
        }

        return null;
    }

    private static bool Begins(IMethodSymbol begin, IMethodSymbol end, KnownTypes types) =>
        begin.Name.StartsWith("Begin", StringComparison.Ordinal)
        && string.CompareOrdinal(begin.Name, "Begin".Length, end.Name, "End".Length, int.MaxValue) == 0
        && KnownTypes.SameOrBelow(begin.ReturnType, types.AsyncResult);

    private static bool IsReadOnce(ILocalReferenceOperation local) =>
        OwnOperations.RootOf(local).Descendants()
            .OfType<ILocalReferenceOperation>()
            .Count(mention => SymbolEqualityComparer.Default.Equals(mention.Local, local.Local)) == 1;

    private static IOperation? Plain(IOperation? value)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
            value = value.ChildOperations.First();
        return value;
    }
}
