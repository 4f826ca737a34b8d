using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>What is awaited in the place of a loop runner.</summary>
/// <param name="Title">How the title of the fix names it.</param>
/// <param name="Edits">The edits that put the <c>await</c> there.</param>
internal sealed record RunnerAwait(string Title, IReadOnlyList<NodeEdit> Edits);

/// <summary>Finds the await that a loop runner stands for.</summary>
internal static class RunnerAwaits
{
    private const string WorkName = "WorkAsync";

    /// <summary>The await in the place of a call of a loop runner; null where none would do the same.</summary>
    public static RunnerAwait? Of(FixSite site, IInvocationOperation call, CancellationToken cancellation)
    {
        if (call.Syntax is not InvocationExpressionSyntax place || site.Model.LoopRunners.KindOf(call) is not { } kind)
            return null;
        return kind switch
        {
            LoopRunnerKind.Pump => Yield(site, call, place),
            _ when site.Model.Siblings.Of(call, cancellation) is { Name: var sibling } => Make(site, place, sibling, current => RenamedCalls.To(current, sibling)),
            LoopRunnerKind.Work => Work(site, call, place, cancellation),
            _ => null,
        };
    }

    private static RunnerAwait? Make(FixSite site, InvocationExpressionSyntax place, string title, Func<InvocationExpressionSyntax, ExpressionSyntax?> awaited) =>
        AwaitEdits.Of(site.Document, site.Semantics, site.Model, place, (current, _) => awaited((InvocationExpressionSyntax)current)) is { } edits
            ? new RunnerAwait(title, edits)
            : null;

    /// <summary><c>await Task.Yield()</c> for <c>DoEvents</c>, <c>await Dispatcher.Yield()</c> for <c>PushFrame</c>: both let the loop do what waits in its queue.</summary>
    private static RunnerAwait? Yield(FixSite site, IInvocationOperation call, InvocationExpressionSyntax place)
    {
        var type = call.TargetMethod.Name switch
        {
            "DoEvents" => site.Model.Types.Task,
            "PushFrame" => site.Model.Types.WpfDispatcher,
            _ => null,
        };
        if (type is null || !type.GetMembers("Yield").OfType<IMethodSymbol>().Any(yield => yield is { IsStatic: true, Parameters.IsEmpty: true }))
            return null;
        var generator = SyntaxGenerator.GetGenerator(site.Document);
        var name = (ExpressionSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        var yield = InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, name, IdentifierName("Yield")));
        return Make(site, place, type.Name + ".Yield", _ => yield);
    }

    /// <summary>The work itself, for a runner that is given nothing else.</summary>
    private static RunnerAwait? Work(FixSite site, IInvocationOperation call, InvocationExpressionSyntax place, CancellationToken cancellation)
    {
        if (call.TargetMethod.Name == "Join" && call.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue) && site.Model.Awaitables.ResultOf(call.Instance?.Type) is not null)
            return Make(site, place, call.Instance!.Syntax.ToString(), Receiver);
        var given = call.Arguments.Where(argument => argument.ArgumentKind != ArgumentKind.DefaultValue).ToList();
        if (given.Count != 1 || !IsDroppable(call.Instance))
            return null;
        if (given[0].Syntax is not ArgumentSyntax argument)
            return IsTask(given[0], site.Model) ? Make(site, place, given[0].Value.Syntax.ToString(), Receiver) : null;
        var index = place.ArgumentList.Arguments.IndexOf(argument);
        if (index != 0 || place.Expression is MemberBindingExpressionSyntax)
            return null;
        if (IsTask(given[0], site.Model))
            return Make(site, place, Name(argument.Expression), current => current.ArgumentList.Arguments[index].Expression);
        if (GivenDelegates.IsOneTask(argument.Expression, site.Semantics))
            return Make(site, place, Name(GivenDelegates.TaskOf(argument.Expression)), current => GivenDelegates.TaskOf(current.ArgumentList.Arguments[index].Expression));
        return GivenDelegates.FunctionOf(argument.Expression) is not null ? Function(site, place, given[0], cancellation) : null;
    }

    private static RunnerAwait? Function(FixSite site, InvocationExpressionSyntax place, IArgumentOperation given, CancellationToken cancellation)
    {
        if ((given.Parameter?.Type as INamedTypeSymbol)?.DelegateInvokeMethod?.ReturnType is not { } returned
            || HasNoName(returned)
            || LocalFunctions.Edit(site.Document, place) is not { } inserted)
            return null;
        var name = FreshNames.Series(WorkName, place, site.Semantics).ElementAt(EarlierFunctions(site, place, cancellation));
        var generator = SyntaxGenerator.GetGenerator(site.Document);
        var awaited = Make(site, place, name, current =>
            LocalFunctions.Call(name, GivenDelegates.FunctionOf(current.ArgumentList.Arguments[0].Expression)!, returned, generator));
        return awaited is null ? null : awaited with { Edits = [.. awaited.Edits, inserted] };
    }

    /// <summary>How many runners before this one in the same function become local functions too, each with a name of its own.</summary>
    private static int EarlierFunctions(FixSite site, InvocationExpressionSyntax place, CancellationToken cancellation) =>
        Functions.Around(place) is { } function
            ? Functions.OwnNodes(function).OfType<InvocationExpressionSyntax>()
                .TakeWhile(other => other != place)
                .Count(other => other.ArgumentList.Arguments is { Count: 1 } arguments
                    && GivenDelegates.FunctionOf(arguments[0].Expression) is not null
                    && site.Semantics.GetOperation(other, cancellation) is IInvocationOperation call
                    && site.Model.LoopRunners.IsRunner(call)
                    && site.Model.Siblings.Of(call, cancellation) is null)
            : 0;

    private static bool IsTask(IArgumentOperation argument, AsyncModel model) => model.Awaitables.IsTaskOrValueTask(argument.Parameter?.Type);

    /// <summary>Whether what a method is called on has no effect, so that it can go with the call.</summary>
    private static bool IsDroppable(IOperation? instance) => instance is null
        or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
        or IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null };

    private static bool HasNoName(ITypeSymbol type) =>
        type.IsAnonymousType || type is INamedTypeSymbol named && named.TypeArguments.Any(HasNoName);

    private static ExpressionSyntax? Receiver(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Expression;

    private static string Name(ExpressionSyntax expression) => CalledNames.TextOf(expression);
}
