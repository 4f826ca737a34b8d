using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary><c>await x.ReadAsync(…)</c> in the place of <c>x.EndRead(x.BeginRead(…, null, null))</c>.</summary>
internal static class AwaitedPairs
{
    private static readonly string[] Endings = ["Async", "TaskAsync"];

    /// <summary>The awaited call in the place of a pair; null where there is none, or where the pair is given a callback or a state.</summary>
    public static BlockingAwait? Of(FixSite site, BlockingCall call)
    {
        if (call.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } place } end
            || BeginEndPairs.BegunBy(end, site.Model.Types, default) is not { Syntax: InvocationExpressionSyntax started } begin
            || !place.ArgumentList.Span.Contains(started.Span)
            || !IsSameReceiver(place.Expression, started.Expression)
            || Kept(begin, started) is not { } kept)
            return null;
        var name = end.TargetMethod.Name.Substring("End".Length);
        return Endings.Select(ending => AwaitedCalls.Of(site, call, name + ending, (current, _) => Made(current, started, kept, name + ending))?.Await)
            .FirstOrDefault(made => made is not null);
    }

    private static InvocationExpressionSyntax Made(InvocationExpressionSyntax current, InvocationExpressionSyntax started, IReadOnlyList<int> kept, string name)
    {
        var begin = current.ArgumentList.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .First(inner => CalledNames.TextOf(inner) == CalledNames.TextOf(started));
        var arguments = SyntaxFactory.SeparatedList(
            kept.Select(index => begin.ArgumentList.Arguments[index]), begin.ArgumentList.Arguments.GetSeparators().Take(System.Math.Max(kept.Count - 1, 0)));
        return RenamedCalls.To(begin.WithArgumentList(begin.ArgumentList.WithArguments(arguments)), name).WithTriviaFrom(current);
    }

    /// <summary>Which arguments of the begin the awaited call gets: all but the callback and the state, which must be null.</summary>
    private static IReadOnlyList<int>? Kept(IInvocationOperation begin, InvocationExpressionSyntax started)
    {
        var count = begin.TargetMethod.Parameters.Length;
        var kept = new List<int>();
        foreach (var argument in begin.Arguments)
        {
            if (argument.Syntax is not ArgumentSyntax { NameColon: null } written)
                return null;
            if (argument.Parameter!.Ordinal < count - 2)
                kept.Add(started.ArgumentList.Arguments.IndexOf(written));
            else if (argument.Value.ConstantValue is not { HasValue: true, Value: null } && argument.Value is not IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: null } })
                return null;
        }

        return kept;
    }

    /// <summary>Whether both halves are called on the same thing, which costs nothing to read.</summary>
    private static bool IsSameReceiver(ExpressionSyntax end, ExpressionSyntax begin) => (end, begin) switch
    {
        (IdentifierNameSyntax, IdentifierNameSyntax) => true,
        (MemberAccessExpressionSyntax one, MemberAccessExpressionSyntax other) =>
            SyntaxFactory.AreEquivalent(one.Expression, other.Expression)
            && !one.Expression.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax),
        _ => false,
    };
}
