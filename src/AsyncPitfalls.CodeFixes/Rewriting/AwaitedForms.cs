using System;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Makes what is awaited from the current form of what it replaces; null stands for the receiver of a <c>?.</c>.</summary>
internal delegate ExpressionSyntax? AwaitedMaker(ExpressionSyntax current, SyntaxGenerator generator);

/// <summary>The awaited counterpart of a blocking wait.</summary>
/// <param name="Place">The expression that becomes the await.</param>
/// <param name="Awaited">What is awaited there.</param>
/// <param name="ThrowsAggregates">Whether the wait throws an <c>AggregateException</c>, which an await does not.</param>
/// <param name="Name">What is awaited, for the title of a fix.</param>
internal sealed record AwaitedForm(ExpressionSyntax Place, AwaitedMaker Awaited, bool ThrowsAggregates, string Name);

/// <summary>Finds what to await instead of waiting.</summary>
internal static class AwaitedForms
{
    /// <summary>The awaited counterpart of a wait; null where none means the same, as for a time-out, whose answer is a <c>bool</c>.</summary>
    public static AwaitedForm? Of(BlockingWait wait, AsyncModel model)
    {
        if (wait.Timeout is not null || wait.Operation.Syntax is not ExpressionSyntax place || place.Parent is NameColonSyntax or ExpressionColonSyntax)
            return null;
        switch (wait.Form)
        {
            case BlockingForm.Result when place is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or SimpleNameSyntax:
                return new AwaitedForm(place, (current, _) => Receiver(current), true, NameOf(wait, model));
            case BlockingForm.Wait when place is InvocationExpressionSyntax:
                return OfWait(wait, place, model);
            case BlockingForm.GetResult when place is InvocationExpressionSyntax call && AwaiterCall(call) is not null:
                return new AwaitedForm(place, (current, _) => Receiver(AwaiterCall((InvocationExpressionSyntax)current)!), false, NameOf(wait, model));
            case BlockingForm.WaitAll when wait.Operation is IInvocationOperation call && call.Type?.SpecialType == SpecialType.System_Void:
                return OfSeveral(call, "WhenAll", true, model);
            case BlockingForm.WaitAny when wait.Operation is IInvocationOperation call && IsUnused(place):
                return OfSeveral(call, "WhenAny", false, model);
            case BlockingForm.WaitHandle when IsUnused(place) && place is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } && TaskOfHandle(place) is not null:
                return new AwaitedForm(place, (current, generator) => WhenAny(TaskOfHandle(current)!, model, generator), false, NameOf(wait, model));
            default:
                return null;
        }
    }

    private static AwaitedForm? OfWait(BlockingWait wait, ExpressionSyntax place, AsyncModel model)
    {
        if (wait.Token is null)
            return new AwaitedForm(place, (current, _) => Receiver(current), true, NameOf(wait, model));
        if (!HasWaitAsync(model) || ((InvocationExpressionSyntax)place).Expression is SimpleNameSyntax)
            return null;
        return new AwaitedForm(place, (current, _) => Renamed((InvocationExpressionSyntax)current, "WaitAsync"), true, NameOf(wait, model));
    }

    private static AwaitedForm? OfSeveral(IInvocationOperation call, string name, bool throwsAggregates, AsyncModel model)
    {
        if (call.Syntax is not InvocationExpressionSyntax place)
            return null;
        var token = call.Arguments.FirstOrDefault(argument =>
            argument is { ArgumentKind: ArgumentKind.Explicit } && KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken));
        if (token is not null && !HasWaitAsync(model))
            return null;
        var index = token?.Syntax is ArgumentSyntax written ? place.ArgumentList.Arguments.IndexOf(written) : -1;
        return new AwaitedForm(
            place,
            (current, _) =>
            {
                var several = Renamed((InvocationExpressionSyntax)current, name);
                return index < 0 ? several : WithToken(several, index);
            },
            throwsAggregates,
            name);
    }

    private static bool HasWaitAsync(AsyncModel model) => model.Types.Task!.GetMembers("WaitAsync").Any();

    /// <summary><c>Task.WhenAll(tasks, token)</c> as <c>Task.WhenAll(tasks).WaitAsync(token)</c>.</summary>
    private static ExpressionSyntax WithToken(InvocationExpressionSyntax call, int index)
    {
        var arguments = call.ArgumentList.Arguments;
        var tasks = call.WithArgumentList(call.ArgumentList.WithArguments(arguments.RemoveAt(index))).WithoutTrailingTrivia();
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, tasks, IdentifierName("WaitAsync")),
            ArgumentList(SingletonSeparatedList(arguments[index].WithNameColon(null).WithoutTrivia())));
    }

    private static ExpressionSyntax WhenAny(ExpressionSyntax task, AsyncModel model, SyntaxGenerator generator) =>
        InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(model.Types, generator), IdentifierName("WhenAny")),
            ArgumentList(SingletonSeparatedList(Argument(task.WithoutTrivia()))));

    /// <summary>The task of <c>((IAsyncResult)t).AsyncWaitHandle.WaitOne()</c>; null where the handle is got otherwise.</summary>
    private static ExpressionSyntax? TaskOfHandle(ExpressionSyntax wait)
    {
        if (wait is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax handle } })
            return null;
        var result = handle.Expression;
        while (result is ParenthesizedExpressionSyntax parenthesized)
            result = parenthesized.Expression;
        return result switch
        {
            CastExpressionSyntax cast => cast.Expression,
            BinaryExpressionSyntax converted when converted.IsKind(SyntaxKind.AsExpression) => converted.Left,
            _ => null,
        };
    }

    /// <summary>What a member is accessed on: null behind <c>?.</c>, <c>this</c> where only a name is written.</summary>
    private static ExpressionSyntax? Receiver(ExpressionSyntax member)
    {
        switch (member)
        {
            case InvocationExpressionSyntax call:
                return Receiver(call.Expression);
            case MemberAccessExpressionSyntax access:
                return WithoutReshaping(access.Expression);
            case MemberBindingExpressionSyntax:
                return null;
            default:
                return ThisExpression();
        }
    }

    /// <summary>An awaited <c>v.AsTask()</c> or <c>v.Preserve()</c> is <c>v</c>.</summary>
    private static ExpressionSyntax WithoutReshaping(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsTask" or "Preserve" } reshaped,
        }
            ? reshaped.Expression
            : task;

    /// <summary>The <c>GetAwaiter()</c> on which <c>GetResult()</c> is called; null where the awaiter comes from elsewhere.</summary>
    private static InvocationExpressionSyntax? AwaiterCall(InvocationExpressionSyntax getResult)
    {
        var awaiter = (getResult.Expression as MemberAccessExpressionSyntax)?.Expression;
        while (awaiter is ParenthesizedExpressionSyntax parenthesized)
            awaiter = parenthesized.Expression;
        return awaiter is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call
            && BlockingWaits.NameOf(call) is SimpleNameSyntax { Identifier.ValueText: WellKnownMemberNames.GetAwaiter }
                ? call
                : null;
    }

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, string name) => call.WithExpression(call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.WithName(IdentifierName(name).WithTriviaFrom(access.Name)),
        MemberBindingExpressionSyntax binding => binding.WithName(IdentifierName(name).WithTriviaFrom(binding.Name)),
        var other => IdentifierName(name).WithTriviaFrom(other),
    });

    private static bool IsUnused(ExpressionSyntax place) =>
        place.Parent is ExpressionStatementSyntax
        || place.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax, Left: IdentifierNameSyntax { Identifier.ValueText: "_" } };

    private static string NameOf(BlockingWait wait, AsyncModel model) => wait.Awaited is { } awaited
        ? model.Awaitables.Behind(awaited) switch
        {
            IInvocationOperation call => model.NeedlessThreads.WhenAwaited(call, CancellationToken.None)?.Start is { Syntax: var start } ? CalledNames.TextOf(start) : call.TargetMethod.Name,
            ILocalReferenceOperation local => local.Local.Name,
            IParameterReferenceOperation parameter => parameter.Parameter.Name,
            IMemberReferenceOperation member => member.Member.Name,
            IInstanceReferenceOperation => "this",
            var other => other.Syntax.ToString(),
        }
        : wait.Name.ToString();
}
