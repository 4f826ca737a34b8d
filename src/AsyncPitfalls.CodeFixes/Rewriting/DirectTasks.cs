using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>The task that another thread was to start, started by the thread that has it: <c>F()</c> for <c>Task.Run(() => F())</c>.</summary>
internal static class DirectTasks
{
    private const string Purpose = "start directly";

    /// <summary>The edits; null where the delegate's task cannot be written out, is of another type, or a token would be lost that only the offload has.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(NeedlessThread found, FixSite site)
    {
        if (found is not { Start: { } start, Offload.Syntax: InvocationExpressionSyntax offload, Task.Syntax: ExpressionSyntax place }
            || found.Offload.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0 })?.Syntax is not ArgumentSyntax given
            || !GivenDelegates.IsOneTask(given.Expression, site.Semantics)
            || !KeepsToken(found.Offload, start, site.Model)
            || !HasSameResult(found, start, site.Model))
            return null;
        var index = offload.ArgumentList.Arguments.IndexOf(given);
        var toTask = !found.IsAwaited && site.Model.Awaitables.IsValueTask(TypeOf(start));
        var mark = new SyntaxAnnotation();
        return
        [
            new NodeEdit(site.Document.Id, offload, Purpose, (current, _) => current.WithAdditionalAnnotations(mark)),
            new NodeEdit(site.Document.Id, place, Purpose + " here", (current, _) =>
            {
                var call = (InvocationExpressionSyntax)current.GetAnnotatedNodes(mark).Single();
                var argument = call.ArgumentList.Arguments[index].Expression;
                var task = WithoutConfigureAwait(GivenDelegates.TaskOf(argument), start);
                var comments = KeptComments.Outside(current, GivenDelegates.Target(argument) is AnonymousFunctionExpressionSyntax ? task.Span : argument.Span).ToList();
                var direct = toTask ? InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task.WithoutTrivia(), IdentifierName("AsTask"))) : task;
                return direct.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(comments.Concat(current.GetTrailingTrivia()));
            }),
        ];
    }

    /// <summary>Whether a token that the offload is given is none, or is given to the work too.</summary>
    private static bool KeepsToken(IInvocationOperation offload, IOperation start, AsyncModel model)
    {
        var token = offload.Arguments.FirstOrDefault(argument => KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken))?.Value;
        while (token is IConversionOperation conversion)
            token = conversion.Operand;
        return token switch
        {
            null or IDefaultValueOperation => true,
            IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } } => true,
            _ => Variables.SymbolOf(token) is { } symbol && start is IInvocationOperation call
                && call.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(argument.Value), symbol)),
        };
    }

    /// <summary>Whether an await of the work yields what an await of the offload does, or nobody uses it.</summary>
    private static bool HasSameResult(NeedlessThread found, IOperation start, AsyncModel model) =>
        SymbolEqualityComparer.Default.Equals(model.Awaitables.ResultOf(TypeOf(start)), model.Awaitables.ResultOf(found.Task.Type))
        || model.Awaitables.ResultOf(found.Task.Type) is { SpecialType: SpecialType.System_Void };

    private static ITypeSymbol? TypeOf(IOperation start) => start is IMethodReferenceOperation group ? group.Method.ReturnType : start.Type;

    /// <summary>The work's task without what says where the delegate goes on, which is gone.</summary>
    private static ExpressionSyntax WithoutConfigureAwait(ExpressionSyntax task, IOperation start) =>
        start.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } && task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax configured }
            ? configured.Expression.WithoutTrailingTrivia()
            : task;
}
