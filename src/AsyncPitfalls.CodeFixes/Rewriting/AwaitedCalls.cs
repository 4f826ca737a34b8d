using System;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>An awaited call in the place of a blocking one: <c>await Task.Delay(x)</c> for <c>Thread.Sleep(x)</c>, <c>await s.WaitAsync()</c> for <c>s.Wait()</c>.</summary>
internal static class AwaitedCalls
{
    /// <summary><c>Task.Delay</c>; null for a sleep that nothing ends, which would be an await that nothing ends.</summary>
    public static BlockingAwait? OfSleep(FixSite site, BlockingCall call)
    {
        if (call.Operation is not IInvocationOperation { Arguments.Length: 1 } sleep)
            return null;
        var made = Of(site, call, "Task.Delay", (current, generator) => InvocationExpression(
            DelayNamedLike(current.Expression, TaskTypes.Plain(site.Model.Types, generator)),
            current.ArgumentList.WithArguments(SeparatedList(
                current.ArgumentList.Arguments.Select(argument => argument.WithNameColon(null)), current.ArgumentList.Arguments.GetSeparators()))));
        return made is { IsEndedByToken: false } && InfiniteTimes.Is(sleep.Arguments[0].Value, site.Model.Types) ? null : made?.Await;
    }

    /// <summary>The awaitable method of the same type whose name ends in <c>Async</c>; null where it takes other arguments or yields another result.</summary>
    public static BlockingAwait? OfTwin(FixSite site, BlockingCall call) =>
        call.Operation is IInvocationOperation { TargetMethod.Name: var name } ? Of(site, call, name + "Async", (current, _) => RenamedCalls.To(current, name + "Async"))?.Await : null;

    /// <summary>The awaitable sibling of what the user has named; null where it has none.</summary>
    public static BlockingAwait? OfSibling(FixSite site, BlockingCall call) =>
        call.Operation is IInvocationOperation named && site.Model.Siblings.All(named, default).ToList() is { Count: > 0 } siblings
            ? SiblingCalls.Await(site, named, siblings)
            : null;

    /// <summary><c>WaitForExitAsync</c>, which knows no time-out.</summary>
    public static BlockingAwait? OfProcess(FixSite site, BlockingCall call) =>
        call.Operation is IInvocationOperation { Arguments.IsEmpty: true } ? OfTwin(site, call) : null;

    /// <summary>The awaited call in the place of another one, with the token in scope; null where it is not there or yields another result.</summary>
    /// <param name="site">The finding.</param>
    /// <param name="call">The blocking call.</param>
    /// <param name="title">How the title of the fix names it.</param>
    /// <param name="make">Makes the new call of the current form of the old one.</param>
    public static (BlockingAwait Await, bool IsEndedByToken)? Of(
        FixSite site, BlockingCall call, string title, Func<InvocationExpressionSyntax, SyntaxGenerator, InvocationExpressionSyntax> make)
    {
        if (call.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax place } operation)
            return null;
        var generator = SyntaxGenerator.GetGenerator(site.Document);
        var written = Bindable(make(place, generator), operation, generator);
        if (Yielding(site, place, written, operation.Type) is not { } started)
            return null;
        var token = IsGivenBack(operation) ? null : TokensInScope.NameAt(place, site.Semantics, site.Model);
        if (token is not null && (HasToken(operation, site.Model) || Yielding(site, place, TokensInScope.With(written, token), operation.Type) is null))
            token = null;
        return AwaitEdits.Of(site.Document, site.Semantics, site.Model, place, (current, generator) =>
        {
            var made = make((InvocationExpressionSyntax)current, generator);
            return token is null ? made : TokensInScope.With(made, token);
        }) is { } edits
            ? (new BlockingAwait(place, [.. DirectTasks.Around(site, place, started, token), .. edits], title), token is not null || HasToken(operation, site.Model))
            : null;
    }

    /// <summary><c>Task.Delay</c>, with the comments of what it replaces.</summary>
    private static MemberAccessExpressionSyntax DelayNamedLike(ExpressionSyntax sleep, TypeSyntax task) =>
        sleep is MemberAccessExpressionSyntax access
            ? access.WithExpression(task.WithTriviaFrom(access.Expression)).WithName(IdentifierName("Delay").WithTriviaFrom(access.Name))
            : MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, IdentifierName("Delay").WithTrailingTrivia(sleep.GetTrailingTrivia()));

    private static bool HasToken(IInvocationOperation call, AsyncModel model) =>
        call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken));

    /// <summary>The method that a call at a place would call, if an await of that yields a type there; else null.</summary>
    private static IMethodSymbol? Yielding(FixSite site, SyntaxNode place, InvocationExpressionSyntax call, ITypeSymbol? type) =>
        site.Semantics.GetSpeculativeSymbolInfo(place.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol method
        && SymbolEqualityComparer.Default.Equals(site.Model.Awaitables.ResultOf(method.ReturnType), type)
            ? method
            : null;

    /// <summary>A call that can be bound by itself: behind a <c>?.</c> the receiver is put in by its type.</summary>
    private static InvocationExpressionSyntax Bindable(InvocationExpressionSyntax call, IInvocationOperation operation, SyntaxGenerator generator) =>
        call.Expression is MemberBindingExpressionSyntax binding && operation.Instance?.Type is { } type
            ? call.WithExpression(MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, DefaultExpression((TypeSyntax)generator.TypeExpression(type)), binding.Name))
            : call;

    /// <summary>Whether a <c>finally</c> around a wait gives back what it takes: a cancelled wait has taken nothing.</summary>
    private static bool IsGivenBack(IInvocationOperation wait) =>
        OwnOperations.Around(wait).Any(around => around.Outer is ITryOperation { Finally: { } last } attempt && attempt.Body == around.Inner
            && OwnOperations.Of(last).Any(operation => operation is IInvocationOperation { TargetMethod: var method }
                && method.Name == "Release" && SymbolEqualityComparer.Default.Equals(method.ContainingType, wait.TargetMethod.ContainingType)));
}
