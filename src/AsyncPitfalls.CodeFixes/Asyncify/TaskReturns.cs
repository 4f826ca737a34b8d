using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Asyncify;

/// <summary>What a function that returns tasks without being async returns in a <c>return</c>, and so what that becomes in an async function.</summary>
internal enum TaskReturn
{
    /// <summary>A task that is still to be awaited.</summary>
    Pending,

    /// <summary><c>Task.CompletedTask</c>: an async function just returns.</summary>
    Completed,

    /// <summary><c>Task.FromResult(x)</c>: an async function returns <c>x</c>.</summary>
    Value,

    /// <summary><c>Task.FromException(x)</c>: an async function throws <c>x</c>.</summary>
    Exception,

    /// <summary>It throws, which stays as it is.</summary>
    Throws,

    /// <summary>No task at all, such as <c>null</c>.</summary>
    Nothing,
}

/// <summary>Functions that return tasks without being async, on their way to become async: their signature stays, their <c>return</c>s change.</summary>
internal static class TaskReturns
{
    /// <summary>The mark of a <c>return</c> statement whose task has to be awaited before it, because an async function without a result returns nothing.</summary>
    public static readonly SyntaxAnnotation AwaitFirst = new("AsyncPitfalls.AwaitFirst");

    /// <summary>The mark of a <c>return;</c> that may be left out at the end of the function.</summary>
    public static readonly SyntaxAnnotation Bare = new("AsyncPitfalls.Bare");

    private const string Purpose = "return in an async function";

    /// <summary>Whether a function of a return type can be async without changing it.</summary>
    public static bool AreAsyncable(ITypeSymbol returned, AsyncModel model) =>
        KnownTypes.Same(returned, model.Types.Task)
        || KnownTypes.Same(returned, model.Types.TaskOfT)
        || model.Awaitables.IsValueTask(returned);

    /// <summary>Whether every <c>return</c> of such a function has a counterpart in an async one.</summary>
    public static bool CanBecomeAsync(CodePlace function, ITypeSymbol returned, CancellationToken cancellation) =>
        Values(function.Node).All(value => KindOf(value, function, returned, cancellation) != TaskReturn.Nothing);

    /// <summary>The edits of all <c>return</c>s of such a function.</summary>
    public static IEnumerable<NodeEdit> Edits(CodePlace function, ITypeSymbol returned, CancellationToken cancellation)
    {
        var hasResult = returned is INamedTypeSymbol { IsGenericType: true };
        foreach (var value in Values(function.Node))
        {
            var statement = value.Parent as ReturnStatementSyntax;
            switch (KindOf(value, function, returned, cancellation))
            {
                case TaskReturn.Pending:
                    foreach (var direct in DirectTasks.Within(function.Document, function.Semantics, function.Model, value))
                        yield return direct;
                    yield return Edit(function, value, (current, _) => Awaiting.Await((ExpressionSyntax)current, value));
                    if (!hasResult && statement is not null)
                        yield return Edit(function, statement, (current, _) => current.WithAdditionalAnnotations(AwaitFirst));
                    break;
                case TaskReturn.Completed when statement is not null:
                    yield return Edit(function, statement, (current, _) => ((ReturnStatementSyntax)current).WithExpression(null)
                        .WithReturnKeyword(statement.ReturnKeyword.WithTrailingTrivia()).WithAdditionalAnnotations(Bare));
                    break;
                case TaskReturn.Value:
                    yield return Edit(function, value, (current, _) => OnlyArgument(current).InPlaceOf(current));
                    break;
                case TaskReturn.Exception when statement is not null:
                    yield return Edit(function, statement, (current, _) => Throw((ReturnStatementSyntax)current));
                    break;
            }
        }
    }

    private static NodeEdit Edit(CodePlace function, SyntaxNode node, System.Func<SyntaxNode, Microsoft.CodeAnalysis.Editing.SyntaxGenerator, SyntaxNode> change) =>
        new(function.Document.Id, node, Purpose, change);

    /// <summary>What a function returns, each where it stands: the values of its <c>return</c>s, or its expression body.</summary>
    private static IEnumerable<ExpressionSyntax> Values(SyntaxNode function) =>
        Functions.Bodies(function).OfType<ExpressionSyntax>()
            .Concat(Functions.OwnNodes(function).OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).OfType<ExpressionSyntax>());

    private static TaskReturn KindOf(ExpressionSyntax value, CodePlace function, ITypeSymbol returned, CancellationToken cancellation)
    {
        var types = function.Model.Types;
        var operation = function.Semantics.GetOperation(value, cancellation);
        while (operation is IConversionOperation { IsImplicit: true } conversion)
            operation = conversion.Operand;
        switch (operation)
        {
            case IThrowOperation:
                return TaskReturn.Throws;
            case { ConstantValue: { HasValue: true, Value: null } }:
                return TaskReturn.Nothing;
            case IDefaultValueOperation:
                return value.IsKind(SyntaxKind.DefaultLiteralExpression) && KnownTypes.Same(returned, types.ValueTaskOfT) ? TaskReturn.Throws
                    : KnownTypes.Same(returned, types.ValueTask) ? TaskReturn.Completed
                    : TaskReturn.Nothing;
            case IPropertyReferenceOperation { Property.Name: "CompletedTask" } property when IsTaskType(property.Property.ContainingType, types):
                return value.Parent is ReturnStatementSyntax ? TaskReturn.Completed : TaskReturn.Pending;
            case IInvocationOperation { TargetMethod: { IsStatic: true, Name: "FromResult" } method, Arguments.Length: 1 }
                when IsTaskType(method.ContainingType, types) && returned is INamedTypeSymbol { IsGenericType: true }:
                return TaskReturn.Value;
            case IInvocationOperation { TargetMethod: { IsStatic: true, Name: "FromException" } method, Arguments.Length: 1 }
                when IsTaskType(method.ContainingType, types) && value.Parent is ReturnStatementSyntax:
                return TaskReturn.Exception;
            case IObjectCreationOperation { Arguments.Length: 1, Constructor: { } constructor }
                when KnownTypes.Same(constructor.ContainingType, types.ValueTaskOfT)
                && value is BaseObjectCreationExpressionSyntax
                && constructor.OriginalDefinition.Parameters[0].Type is ITypeParameterSymbol:
                return TaskReturn.Value;
            default:
                return TaskReturn.Pending;
        }
    }

    private static bool IsTaskType(INamedTypeSymbol type, KnownTypes types) =>
        KnownTypes.Same(type, types.Task) || KnownTypes.Same(type, types.ValueTask);

    private static ExpressionSyntax OnlyArgument(SyntaxNode current) => current switch
    {
        InvocationExpressionSyntax call => call.ArgumentList.Arguments[0].Expression,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList!.Arguments[0].Expression,
        ParenthesizedExpressionSyntax parenthesized => OnlyArgument(parenthesized.Expression),
        _ => (ExpressionSyntax)current,
    };

    private static StatementSyntax Throw(ReturnStatementSyntax statement) =>
        SyntaxFactory.ThrowStatement(
            statement.AttributeLists,
            SyntaxFactory.Token(SyntaxKind.ThrowKeyword).WithTriviaFrom(statement.ReturnKeyword),
            OnlyArgument(statement.Expression!).WithoutTrivia(),
            statement.SemicolonToken);
}
