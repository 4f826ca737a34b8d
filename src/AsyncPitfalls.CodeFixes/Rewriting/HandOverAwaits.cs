using System.Linq;
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

    /// <summary>What is awaited in the place of a wait; null where no await would do the same.</summary>
    public static AwaitedForm? Of(ForeignWait wait, AsyncModel model)
    {
        if (wait.Operation.Syntax is not ExpressionSyntax place)
            return null;
        if (model.BlockingWaits.Of(wait.Operation) is { } blocking)
            return AwaitedForms.Of(blocking, model);
        return wait switch
        {
            { Kind: ForeignWaitKind.Invoke, Operation: IInvocationOperation call } when HasTwin(call, model) =>
                new AwaitedForm(place, (current, _) => Invoked((InvocationExpressionSyntax)current, call), false, InvokeAsync),
            { Kind: ForeignWaitKind.EndInvoke, Operation: IInvocationOperation { TargetMethod.Name: "EndInvoke" } } when Begin(wait.Awaited) is { } begin && HasTwin(begin, model) =>
                new AwaitedForm(place, (current, _) => Invoked((InvocationExpressionSyntax)((InvocationExpressionSyntax)current).ArgumentList.Arguments[0].Expression, begin), false, InvokeAsync),
            { Kind: ForeignWaitKind.Result, Operation: IPropertyReferenceOperation or IInvocationOperation { Arguments.IsEmpty: true } } =>
                new AwaitedForm(place, (current, _) => Receiver(current), false, BlockingWaits.NameOf(wait.Awaited!.Syntax).ToString()),
            _ => null,
        };
    }

    /// <summary>The operation that a dispatcher's <c>operation.Wait()</c> or <c>operation.Result</c> waits for; null behind a <c>?.</c>.</summary>
    private static ExpressionSyntax? Receiver(ExpressionSyntax wait) =>
        (wait is InvocationExpressionSyntax call ? call.Expression : wait) is MemberAccessExpressionSyntax access ? access.Expression : null;

    private static IInvocationOperation? Begin(IOperation? begun)
    {
        while (begun is IConversionOperation conversion)
            begun = conversion.Operand;
        return begun as IInvocationOperation;
    }

    /// <summary>Whether what a call hands over can be handed to <c>InvokeAsync</c> of the same type too.</summary>
    private static bool HasTwin(IInvocationOperation call, AsyncModel model) =>
        AsyncSiblings.HasMember(call.TargetMethod.ContainingType, InvokeAsync)
        && call.TargetMethod.Parameters.Count(IsDelegate) == 1
        && call.Arguments.All(argument => !KnownTypes.Same(argument.Parameter?.Type, model.Types.TimeSpan) && !IsGivenArguments(argument));

    /// <summary>Whether an argument is what the delegate is called with, which <c>InvokeAsync</c> does not take.</summary>
    private static bool IsGivenArguments(IArgumentOperation argument) =>
        argument.ArgumentKind == ArgumentKind.ParamArray && argument.Value is not IArrayCreationOperation { Initializer.ElementValues.IsEmpty: true };

    private static bool IsDelegate(IParameterSymbol parameter) =>
        parameter.Type.TypeKind == TypeKind.Delegate || parameter.Type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate;

    /// <summary><c>InvokeAsync</c> with the delegate first, which is without the type that only the older overloads need.</summary>
    private static ExpressionSyntax Invoked(InvocationExpressionSyntax current, IInvocationOperation call)
    {
        var renamed = RenamedCalls.To(current, InvokeAsync);
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
