using System;
using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Finds what is awaited in the place of a wait for another thread's loop.</summary>
internal static class HandOverAwaits
{
    private const string InvokeAsync = "InvokeAsync";

    /// <summary>The <c>await</c> in the place of a wait; null where none would do the same.</summary>
    public static (string Title, IReadOnlyList<NodeEdit> Edits)? Of(FixSite site, ForeignWait wait)
    {
        if (wait.Operation.Syntax is not ExpressionSyntax place || Awaited(wait, site.Model) is not var (title, awaited))
            return null;
        return AwaitEdits.Of(site.Document, site.Semantics, site.Model, place, awaited) is { } edits ? (title, edits) : null;
    }

    private static (string Title, Func<ExpressionSyntax, ExpressionSyntax?> Awaited)? Awaited(ForeignWait wait, AsyncModel model) => wait switch
    {
        { Kind: ForeignWaitKind.Invoke, Operation: IInvocationOperation call } when IsTwin(call, model) => (InvokeAsync, current => Invoked((InvocationExpressionSyntax)current, call)),
        { Kind: ForeignWaitKind.EndInvoke, Awaited: var begun, Operation: IInvocationOperation end } when Begin(begun) is { } begin && IsTwin(begin, model) =>
            (InvokeAsync, current => Invoked((InvocationExpressionSyntax)((InvocationExpressionSyntax)current).ArgumentList.Arguments[0].Expression, begin)),
        { Kind: ForeignWaitKind.Result, Operation: IInvocationOperation { TargetMethod: { Name: "WaitAll", Parameters.Length: 1 } } } =>
            ("Task.WhenAll", current => AsyncTwins.Renamed((InvocationExpressionSyntax)current, "WhenAll")),
        { Kind: ForeignWaitKind.Result, Operation: IPropertyReferenceOperation or IInvocationOperation { Instance: not null, Arguments.IsEmpty: true } } =>
            (wait.Awaited!.Syntax.ToString(), Receiver),
        _ => null,
    };

    /// <summary>What a wait waits for: <c>t</c> in <c>t.Wait()</c>, <c>t.Result</c>, <c>t.GetAwaiter().GetResult()</c>; null behind a <c>?.</c>.</summary>
    private static ExpressionSyntax? Receiver(ExpressionSyntax wait) => wait switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: WellKnownMemberNames.GetResult, Expression: InvocationExpressionSyntax awaiter } } => Receiver(awaiter),
        InvocationExpressionSyntax call => Receiver(call.Expression),
        MemberAccessExpressionSyntax access => access.Expression,
        _ => null,
    };

    private static IInvocationOperation? Begin(IOperation? begun)
    {
        while (begun is IConversionOperation conversion)
            begun = conversion.Operand;
        return begun as IInvocationOperation;
    }

    /// <summary>Whether what a call hands over can be handed to <c>InvokeAsync</c> of the same type too.</summary>
    private static bool IsTwin(IInvocationOperation call, AsyncModel model) =>
        !HasMembers(call.TargetMethod.ContainingType)
            ? false
            : call.Arguments.All(argument => argument.ArgumentKind != ArgumentKind.ParamArray || argument.Value is IArrayCreationOperation { Initializer.ElementValues.IsEmpty: true })
                && call.Arguments.All(argument => !KnownTypes.Same(argument.Parameter?.Type, model.Types.TimeSpan))
                && call.TargetMethod.Parameters.Count(IsDelegate) == 1;

    private static bool HasMembers(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(InvokeAsync).IsEmpty)
                return true;
        }

        return false;
    }

    private static bool IsDelegate(IParameterSymbol parameter) =>
        parameter.Type.TypeKind == TypeKind.Delegate || parameter.Type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate;

    /// <summary><c>InvokeAsync</c> with the delegate first, which is without the type that only the older overloads need.</summary>
    private static ExpressionSyntax Invoked(InvocationExpressionSyntax current, IInvocationOperation call)
    {
        var renamed = AsyncTwins.Renamed(current, InvokeAsync);
        var first = call.TargetMethod.Parameters.First(IsDelegate);
        if (first.Type.SpecialType == SpecialType.None)
            return renamed;
        var arguments = renamed.ArgumentList.Arguments;
        var index = call.TargetMethod.Parameters.IndexOf(first);
        if (index >= arguments.Count)
            return renamed;
        var bare = arguments[index].WithExpression(GivenDelegates.Target(arguments[index].Expression).WithTriviaFrom(arguments[index].Expression));
        if (index == 0)
            return renamed.WithArgumentList(renamed.ArgumentList.WithArguments(arguments.Replace(arguments[0], bare)));
        return renamed.WithArgumentList(renamed.ArgumentList.WithArguments(
            SeparatedList([bare.WithTriviaFrom(arguments[0]), arguments[0].WithTriviaFrom(arguments[index])], arguments.GetSeparators().Take(1))));
    }
}
