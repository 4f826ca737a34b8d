using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>The task that another thread was to start, started by the thread that has it: <c>F()</c> for <c>Task.Run(() => F())</c>.</summary>
internal static class DirectTasks
{
    private const string Purpose = "start directly";

    /// <summary>The edits; null where the delegate's task cannot be written out or is of another type.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(NeedlessThread found, Document document, SemanticModel semantics, AsyncModel model)
    {
        if (found is not { Start: { } start, Offload.Syntax: InvocationExpressionSyntax offload, Task.Syntax: ExpressionSyntax place }
            || GivenTo(found.Offload) is not { } given
            || !(Commented(given.Expression) is not null || GivenDelegates.IsOneTask(given.Expression, semantics))
            || !IsPlain(start, semantics)
            || !HasSameResult(found, TypeOf(start), model))
            return null;
        return Edits(document, offload, place, given, start, toTask: !found.IsAwaited && model.Awaitables.IsValueTask(TypeOf(start)));
    }

    /// <summary>The edits for a thread whose whole work is a synchronous call which a fix is going to replace with an awaited one, so that the await brings no needless thread; none where there is no such thread.</summary>
    /// <param name="site">The finding that is mended.</param>
    /// <param name="place">The synchronous call.</param>
    /// <param name="started">The method that is called and awaited instead.</param>
    /// <param name="token">The name of the token that is passed to it; null where none is added.</param>
    public static IReadOnlyList<NodeEdit> Around(FixSite site, ExpressionSyntax place, IMethodSymbol started, string? token) =>
        site.Semantics.GetOperation(place) is { } work
        && site.Model.NeedlessThreads.WhenReplaced(work, started, token, CancellationToken.None) is
            { Offload: { Syntax: InvocationExpressionSyntax offload } call, Task.Syntax: ExpressionSyntax awaited } found
        && GivenTo(call) is { } given
        && GivenDelegates.Target(given.Expression) is AnonymousFunctionExpressionSyntax { ContainsDirectives: false }
        && (!IsPlain(work, site.Semantics) ? Cast(site, found, work) : HasSameResult(found, started.ReturnType, site.Model) ? [] : Converted(site, found, started.ReturnType)) is { } converted
            ? [.. Edits(site.Document, offload, awaited, given, work, toTask: false), .. converted]
            : [];

    /// <summary>The edits that put the delegate's task, taken from its current form, in the place of the offload's.</summary>
    private static IReadOnlyList<NodeEdit> Edits(Document document, InvocationExpressionSyntax offload, ExpressionSyntax place, ArgumentSyntax given, IOperation start, bool toTask)
    {
        var index = offload.ArgumentList.Arguments.IndexOf(given);
        var mark = new SyntaxAnnotation();
        return
        [
            new NodeEdit(document.Id, offload, Purpose, (current, _) => current.WithAdditionalAnnotations(mark)),
            new NodeEdit(document.Id, place, Purpose + " here", (current, _) =>
            {
                var call = (InvocationExpressionSyntax)current.GetAnnotatedNodes(mark).Single();
                var argument = call.ArgumentList.Arguments[index].Expression;
                var task = WithoutConfigureAwait(Commented(argument) ?? GivenDelegates.TaskOf(argument), start);
                var comments = KeptComments.Outside(current, GivenDelegates.Target(argument) is AnonymousFunctionExpressionSyntax ? task.Span : argument.Span).ToList();
                var direct = toTask ? InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task.WithoutTrivia(), IdentifierName("AsTask"))) : task;
                return direct.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(comments.Concat(current.GetTrailingTrivia()));
            }),
        ];
    }

    /// <summary>The edits for a thread that an expression takes which a fix is going to await, so that the await brings no needless thread; none where it takes none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="semantics">The model of the document.</param>
    /// <param name="model">The model of the compilation.</param>
    /// <param name="awaited">The expression: the offload itself, or a wait for it.</param>
    public static IReadOnlyList<NodeEdit> Within(Document document, SemanticModel semantics, AsyncModel model, ExpressionSyntax awaited) =>
        OffloadIn(awaited) is { } offload
        && semantics.GetOperation(offload) is IInvocationOperation call
        && model.NeedlessThreads.WhenAwaited(call, CancellationToken.None) is { } found
        && Plan(found, document, semantics, model) is { } edits
            ? edits
            : [];

    /// <summary>The edit for a task that is made of one asynchronous call and awaited where it stands, without a thread that would only start it; null for all other tasks.</summary>
    public static (NodeEdit Edit, string Name)? Made(FixSite site, IObjectCreationOperation made, CancellationToken cancellation) =>
        made is { Syntax: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } creation, Initializer: null }
        && KnownTypes.Same(made.Type, site.Model.Types.Task)
        && site.Model.NeedlessThreads.StartWhenRun(made, cancellation) is { } start
        && GivenDelegates.IsOneTask(arguments[0].Expression, site.Semantics)
            ? (new NodeEdit(site.Document.Id, creation, Purpose, (current, _) =>
            {
                var argument = ((BaseObjectCreationExpressionSyntax)current).ArgumentList!.Arguments[0].Expression;
                var task = WithoutConfigureAwait(GivenDelegates.TaskOf(argument), start);
                return task
                    .WithLeadingTrivia(current.GetLeadingTrivia())
                    .WithTrailingTrivia(KeptComments.Outside(current, task.Span).Concat(current.GetTrailingTrivia()));
            }), CalledNames.TextOf(start.Syntax))
            : null;

    /// <summary>The task of a block with one statement and comments around it, which are kept apart.</summary>
    private static ExpressionSyntax? Commented(ExpressionSyntax given)
    {
        if (GivenDelegates.Target(given) is not AnonymousFunctionExpressionSyntax { Block: { Statements: { Count: 1 } statements, ContainsDirectives: false } } lambda)
            return null;
        var value = statements[0] switch
        {
            ReturnStatementSyntax { Expression: { } returned } => returned,
            ExpressionStatementSyntax statement => statement.Expression,
            _ => null,
        };
        if (lambda.AsyncKeyword == default)
            return value;
        return value is AwaitExpressionSyntax awaiting ? awaiting.Expression : null;
    }

    /// <summary>The call behind a wait for its task.</summary>
    private static InvocationExpressionSyntax? OffloadIn(ExpressionSyntax awaited) => awaited switch
    {
        ParenthesizedExpressionSyntax parenthesized => OffloadIn(parenthesized.Expression),
        PostfixUnaryExpressionSyntax suppressed => OffloadIn(suppressed.Operand),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "Wait" or "GetAwaiter" or "GetResult" or "ConfigureAwait" or "Unwrap" } access => OffloadIn(access.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "GetAwaiter" or "GetResult" or "ConfigureAwait" or "Unwrap" } access } => OffloadIn(access),
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    /// <summary>The delegate that an offload is given.</summary>
    private static ArgumentSyntax? GivenTo(IInvocationOperation offload) =>
        offload.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0 })?.Syntax as ArgumentSyntax;

    /// <summary>Whether an await of the work yields what an await of the offload does, or nobody uses it.</summary>
    private static bool HasSameResult(NeedlessThread found, ITypeSymbol? work, AsyncModel model) =>
        SymbolEqualityComparer.Default.Equals(model.Awaitables.ResultOf(work), model.Awaitables.ResultOf(found.Task.Type))
        || model.Awaitables.ResultOf(found.Task.Type) is { SpecialType: SpecialType.System_Void };

    /// <summary>Whether no cast in the delegate makes another value of what the work yields, which would be lost with the delegate.</summary>
    private static bool IsPlain(IOperation start, SemanticModel semantics) =>
        start is IMethodReferenceOperation
        || start.Syntax.Ancestors().TakeWhile(node => node is not AnonymousFunctionExpressionSyntax).OfType<CastExpressionSyntax>().All(cast =>
            semantics.GetTypeInfo(cast.Expression).Type is { } own
            && semantics.GetTypeInfo(cast).Type is { } wanted
            && semantics.Compilation.ClassifyConversion(own, wanted) is { IsImplicit: true } conversion
            && (conversion.IsIdentity || conversion.IsReference || conversion.IsBoxing));

    /// <summary>The edits that give an await of the work, where its value is used, the type that an await of the offload has; null where nothing converts it so.</summary>
    private static IReadOnlyList<NodeEdit>? Converted(FixSite site, NeedlessThread found, ITypeSymbol type)
    {
        if (found.Task.Syntax.Parent?.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { } await
            || site.Model.Awaitables.ResultOf(found.Task.Type) is not { } wanted
            || site.Model.Awaitables.ResultOf(type) is not { } made
            || !site.Semantics.Compilation.ClassifyCommonConversion(made, wanted).IsImplicit)
            return null;
        return site.Semantics.GetOperation(await)?.Parent is IExpressionStatementOperation
            ? []
            : [new NodeEdit(site.Document.Id, await, "convert", (current, generator) => CastExpression(
                (TypeSyntax)generator.TypeExpression(wanted).WithAdditionalAnnotations(Simplifier.Annotation),
                ((ExpressionSyntax)current).WithoutLeadingTrivia()).WithLeadingTrivia(current.GetLeadingTrivia()).WithAdditionalAnnotations(Simplifier.Annotation))];
    }

    /// <summary>The edits that make of an await of the work, in the same way, what casts in the delegate make of the work; null where something else stands between.</summary>
    private static IReadOnlyList<NodeEdit>? Cast(FixSite site, NeedlessThread found, IOperation work)
    {
        var around = work.Syntax.Ancestors().TakeWhile(node => node is ParenthesizedExpressionSyntax or CastExpressionSyntax).ToList();
        var casts = around.OfType<CastExpressionSyntax>().ToList();
        if (around.Last().Parent is not (LambdaExpressionSyntax or ReturnStatementSyntax)
            || found.Task.Syntax.Parent?.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { } await
            || site.Model.Awaitables.ResultOf(found.Task.Type) is not { } wanted)
            return null;
        var isWanted = SymbolEqualityComparer.Default.Equals(site.Semantics.GetTypeInfo(casts.Last()).Type, wanted);
        var edit = new NodeEdit(site.Document.Id, await, "convert", (current, generator) =>
        {
            var value = ((ExpressionSyntax)current).WithoutLeadingTrivia();
            value = casts.Aggregate(value, (inner, cast) => CastExpression(cast.Type.WithoutTrivia(), inner));
            if (!isWanted)
                value = CastExpression((TypeSyntax)generator.TypeExpression(wanted).WithAdditionalAnnotations(Simplifier.Annotation), value).WithAdditionalAnnotations(Simplifier.Annotation);
            return value.WithLeadingTrivia(current.GetLeadingTrivia());
        });
        if (site.Semantics.GetOperation(await)?.Parent is not IExpressionStatementOperation)
            return [edit];
        return Discards.Of(site.Document, site.Semantics, await, await, null) is { } discard ? [edit, .. discard] : null;
    }

    private static ITypeSymbol? TypeOf(IOperation start) => start is IMethodReferenceOperation group ? group.Method.ReturnType : start.Type;

    /// <summary>The work's task without what says where the delegate goes on, which is gone.</summary>
    private static ExpressionSyntax WithoutConfigureAwait(ExpressionSyntax task, IOperation start) =>
        start.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } && task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax configured }
            ? configured.Expression.WithoutTrailingTrivia()
            : task;
}
