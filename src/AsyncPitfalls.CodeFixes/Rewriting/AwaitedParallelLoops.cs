using System.Collections.Generic;
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

/// <summary>
/// <c>await Parallel.ForEachAsync(xs, (x, token) => { …; return ValueTask.CompletedTask; })</c> in the place of
/// <c>Parallel.ForEach(xs, x => …)</c>, and <c>ForAsync</c> of <c>For</c>. What blocks in a turn is awaited, too.
/// </summary>
internal static class AwaitedParallelLoops
{
    private const string ItemName = "item";

    /// <summary>
    /// The awaited loop; null where the framework has none, where the loop's result is used, where its turns also take the loop's
    /// state, an index or a local, or where something in a turn blocks that cannot be awaited, or the sequence itself does.
    /// </summary>
    public static BlockingAwait? Of(FixSite site, BlockingCall call)
    {
        if (call.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax place, TargetMethod: { Name: "For" or "ForEach" } method } loop
            || site.Model.AwaitedCounterparts.NameOf(call, default) is not { } name
            || !GivenCallback.IsUnused(place, site.Semantics)
            || method.OriginalDefinition.Parameters[0].Type is var source && method.Name == "ForEach" && !KnownTypes.Same(source, site.Model.Types.EnumerableOfT)
            || GoesOverBlocking(loop, site.Model)
            || Turn(loop) is not { Syntax: ArgumentSyntax turn } given
            || site.Model.Types.ValueTask is not { } valueTask
            || CompletedExpressions.Of(valueTask, site.Semantics, site.Model) is not { } tasks)
            return null;
        var index = place.ArgumentList.Arguments.IndexOf(turn);
        var token = IsGivenToken(loop, site.Model) ? null : TokensInScope.NameAt(place, site.Semantics, site.Model);
        var body = GivenDelegates.Target(turn.Expression);
        if (body is not AnonymousFunctionExpressionSyntax lambda)
        {
            return body is SimpleNameSyntax or MemberAccessExpressionSyntax
                ? Made(current => Named(GivenDelegates.Target(current), site, place), [])
                : null;
        }

        if (lambda is AnonymousMethodExpressionSyntax { ParameterList: null } or ParenthesizedLambdaExpressionSyntax { ReturnType: not null }
            || InnerAwaits(site, given) is not { } inner)
            return null;
        var ownToken = FreshNames.For(ParallelLoops.TokenName, place, lambda, site.Semantics);
        if (inner.Count > 0)
            return Made(current => Async(WithToken(current)), inner);
        var returns = new CompletedReturns(site.Document, lambda, tasks, site.Semantics);
        return Made(current => WithToken((AnonymousFunctionExpressionSyntax)returns.Finish(GivenDelegates.Target(current), Generator())), [.. returns.Marks()]);

        SyntaxGenerator Generator() => SyntaxGenerator.GetGenerator(site.Document);

        AnonymousFunctionExpressionSyntax WithToken(ExpressionSyntax current) =>
            ParallelLoops.WithToken((AnonymousFunctionExpressionSyntax)GivenDelegates.Target(current), ownToken, site.Model.Types, Generator());

        ExpressionSyntax Named(ExpressionSyntax current, FixSite site, SyntaxNode place)
        {
            var item = FreshNames.For(ItemName, place, place, site.Semantics);
            var work = ExpressionStatement(InvocationExpression(current.WithoutTrivia(), ArgumentList(SingletonSeparatedList(Argument(IdentifierName(item))))));
            var parameter = SimpleLambdaExpression(Parameter(Identifier(item)).WithTrailingTrivia(Space), Block(
                    Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(Space),
                    List<StatementSyntax>([work.WithTrailingTrivia(Space), ExpressionBodies.Return(tasks.Done(Generator())).WithTrailingTrivia(Space)]),
                    Token(SyntaxKind.CloseBraceToken)))
                .WithArrowToken(Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(Space));
            return ParallelLoops.WithToken(parameter, FreshNames.For(ParallelLoops.TokenName, place, place, site.Semantics), site.Model.Types, Generator());
        }

        BlockingAwait? Made(System.Func<ExpressionSyntax, ExpressionSyntax> turnOf, IReadOnlyList<NodeEdit> edits)
        {
            var awaits = AwaitEdits.Of(site.Document, site.Semantics, site.Model, place, (current, _) =>
            {
                var old = (InvocationExpressionSyntax)current;
                var argument = old.ArgumentList.Arguments[index];
                var made = old.ReplaceNode(argument, argument.WithExpression(turnOf(argument.Expression).WithTriviaFrom(argument.Expression)));
                return RenamedCalls.To(token is null ? made : WithTokenBefore(made, index, token), method.Name + "Async");
            });
            return awaits is null ? null : new BlockingAwait(place, [.. edits, .. awaits], name) { ThrowsAggregates = true };
        }
    }

    /// <summary>Whether a loop goes over a sequence that blocks whoever enumerates it, as the awaited loop would.</summary>
    private static bool GoesOverBlocking(IInvocationOperation loop, AsyncModel model) =>
        loop.Arguments.First(argument => argument.Parameter is { Ordinal: 0 }).Value.DescendantsAndSelf()
            .OfType<IInvocationOperation>()
            .Any(call => model.BlockingMembers.Of(call, default)?.Kind == BlockingKind.Sequence);

    /// <summary>The argument that each turn calls; null where it takes more than the element or the number, or is named.</summary>
    private static IArgumentOperation? Turn(IInvocationOperation loop)
    {
        var delegates = loop.Arguments.Where(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate).ToList();
        return delegates.Count == 1
            && delegates[0].Parameter!.Type is INamedTypeSymbol { DelegateInvokeMethod: { ReturnsVoid: true, Parameters.Length: 1 } }
            && loop.Arguments.All(argument => argument.Syntax is ArgumentSyntax { NameColon: null })
                ? delegates[0]
                : null;
    }

    /// <summary>Whether the loop has options, which have a token of their own.</summary>
    private static bool IsGivenToken(IInvocationOperation loop, AsyncModel model) =>
        loop.Arguments.Any(argument => KnownTypes.Same(argument.Parameter?.Type, model.Types.ParallelOptions));

    /// <summary>The edits that await what blocks in a turn itself; null where one of these cannot be awaited.</summary>
    private static IReadOnlyList<NodeEdit>? InnerAwaits(FixSite site, IArgumentOperation turn)
    {
        var lambda = turn.Value.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>().First();
        var edits = new List<NodeEdit>();
        foreach (var operation in OwnOperations.Of(lambda.Body))
        {
            if (site.Model.BlockingMembers.Of(operation, default) is not { } inner)
                continue;
            if (inner.Kind == BlockingKind.Parallel || OwnOperations.Around(operation).Any(around => around.Outer is ILockOperation) || BlockingAwait.Of(site, inner) is not { } awaited)
                return null;
            edits.AddRange(awaited.Edits);
        }

        return edits;
    }

    private static AnonymousFunctionExpressionSyntax Async(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.WithoutLeadingTrivia().WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space)).WithLeadingTrivia(lambda.GetLeadingTrivia());

    private static InvocationExpressionSyntax WithTokenBefore(InvocationExpressionSyntax call, int index, string token) =>
        call.WithArgumentList(call.ArgumentList.WithArguments(SeparatedList(
            call.ArgumentList.Arguments.Take(index).Append(Argument(IdentifierName(token))).Concat(call.ArgumentList.Arguments.Skip(index)),
            call.ArgumentList.Arguments.GetSeparators().Take(index - 1).Append(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)).Concat(call.ArgumentList.Arguments.GetSeparators().Skip(index - 1)))));
}
