using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Logging that another thread was to do, done by the thread that had it: <c>log.Info()</c> for <c>Task.Run(() => log.Info())</c>.</summary>
internal static class LoggingHandedBack
{
    private const string Purpose = "log on this thread";

    /// <summary>The edits for one offload; null where somebody uses its task, or its delegate cannot be written out.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(NeedlessLogging found, FixSite site, CancellationToken cancellation)
    {
        if (site.Model.Loggers.OffloadedBy(found.Call) is not { } offloaded
            || InnerEdits(offloaded, site, cancellation) is not { } edits
            || Statements(offloaded.Work) is not { Count: > 0 } statements)
            return null;

        var mark = new SyntaxAnnotation();
        edits.Add(new NodeEdit(site.Document.Id, offloaded.Work.Syntax, Purpose, (current, _) => current.WithAdditionalAnnotations(mark)));
        var place = Place((ExpressionSyntax)found.Whole.Syntax, site.Semantics, cancellation);
        var isSingle = statements.Count == 1 && statements[0] is ExpressionSyntax or ExpressionStatementSyntax;
        if (IsDiscarded(place, site.Semantics) && isSingle)
            edits.Add(new NodeEdit(site.Document.Id, place, Purpose, (current, _) => Call(current, mark, offloaded)));
        else if (place.Parent is ExpressionStatementSyntax statement)
            edits.AddRange(StatementSplicing.Replace(statement, site.Document, current => Written(current, mark), Declares(statements)));
        else if (isSingle && Returned(place, found, site) is { } tasks)
            edits.AddRange(ReturnCompleted(place, site, tasks, current => Call(current, mark, offloaded)));
        else
            return null;
        return edits;
    }

    /// <summary>The edits in the delegate: a state parameter is replaced with its value, awaits and console tasks go.</summary>
    private static List<NodeEdit>? InnerEdits(OffloadedLogging offloaded, FixSite site, CancellationToken cancellation)
    {
        var edits = new List<NodeEdit>();
        if (offloaded.Work is not IAnonymousFunctionOperation lambda)
            return edits;
        foreach (var operation in lambda.Body.Descendants())
        {
            IReadOnlyList<NodeEdit>? inner = operation switch
            {
                IParameterReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Parameter.ContainingSymbol, lambda.Symbol) =>
                    Substituted(reference, offloaded.Call, site),
                IAwaitOperation { Operation: var task } awaited when site.Model.Awaitables.Behind(task) is IInvocationOperation call =>
                    call.TargetMethod.ReturnsVoid ? [DirectLogging.WithoutAwait((AwaitExpressionSyntax)awaited.Syntax, site)] : DirectLogging.WithoutTask(awaited.Syntax, call, site),
                IInvocationOperation call when site.Model.Loggers.IsConsoleTask(call, cancellation) && !IsAwaited(call) =>
                    DirectLogging.WithoutTask(call.Syntax, call, site),
                _ => [],
            };
            if (inner is null)
                return null;
            edits.AddRange(inner);
        }

        return edits;
    }

    private static bool IsAwaited(IOperation task)
    {
        for (var current = task.Parent; current is not null and not IBlockOperation; current = current.Parent)
        {
            if (current is IAwaitOperation)
                return true;
        }

        return false;
    }

    private static IReadOnlyList<NodeEdit>? Substituted(IParameterReferenceOperation reference, IInvocationOperation call, FixSite site)
    {
        var state = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1 && argument.Parameter.Name == "state")?.Value.Syntax;
        return state is LiteralExpressionSyntax or IdentifierNameSyntax or ThisExpressionSyntax
            ? [new NodeEdit(site.Document.Id, reference.Syntax, Purpose, (current, _) => state.WithTriviaFrom(current))]
            : null;
    }

    /// <summary>What the delegate does, without a <c>return</c> at its end; empty where it returns elsewhere too.</summary>
    private static IReadOnlyList<SyntaxNode> Statements(IOperation work)
    {
        if (work is IMethodReferenceOperation group)
            return group.Method.Parameters.Length <= 1 ? [group.Syntax] : [];
        var body = ((AnonymousFunctionExpressionSyntax)work.Syntax).Body;
        if (body is not BlockSyntax block)
            return [body];
        var statements = WithoutReturn(block);
        return statements.SelectMany(statement => statement.DescendantNodesAndSelf()).Any(node => node is ReturnStatementSyntax) ? [] : statements;
    }

    private static IReadOnlyList<StatementSyntax> WithoutReturn(BlockSyntax block) =>
        [.. block.Statements.Where(statement => statement != block.Statements.Last() || statement is not ReturnStatementSyntax)];

    private static bool Declares(IEnumerable<SyntaxNode> statements) =>
        statements.Any(statement => statement is LocalDeclarationStatementSyntax);

    /// <summary>The whole expression that ends with the offload: with <c>.Wait()</c>, <c>_ =</c> and parentheses around it.</summary>
    private static ExpressionSyntax Place(ExpressionSyntax whole, SemanticModel semantics, CancellationToken cancellation)
    {
        var place = whole;
        while (true)
        {
            switch (place.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax:
                    place = (ExpressionSyntax)place.Parent;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "GetAwaiter" or "GetResult" or "ConfigureAwait", Parent: InvocationExpressionSyntax call } access when access.Expression == place:
                    place = call;
                    break;
                case AssignmentExpressionSyntax assignment when assignment.Right == place && semantics.GetSymbolInfo(assignment.Left, cancellation).Symbol is IDiscardSymbol:
                    place = assignment;
                    break;
                default:
                    return place;
            }
        }
    }

    /// <summary>Whether nobody uses the value of an expression, so that one without a value may stand there.</summary>
    private static bool IsDiscarded(ExpressionSyntax place, SemanticModel semantics) => place.Parent switch
    {
        ExpressionStatementSyntax => true,
        ArrowExpressionClauseSyntax { Parent: { } function } => HasNoValue(function, semantics),
        LambdaExpressionSyntax lambda => HasNoValue(lambda, semantics),
        _ => false,
    };

    private static bool HasNoValue(SyntaxNode function, SemanticModel semantics) =>
        Functions.SymbolOf(function, semantics) is { } symbol
        && (symbol.ReturnsVoid || (symbol.IsAsync && symbol.ReturnType is INamedTypeSymbol { IsGenericType: false }));

    /// <summary>How a function that returns the offload's plain task returns a completed one instead; null where it does not return it.</summary>
    private static CompletedExpressions? Returned(ExpressionSyntax place, NeedlessLogging found, FixSite site) =>
        place == found.Call.Syntax
        && place.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } or LambdaExpressionSyntax
        && Functions.Around(place) is { } function
        && !Functions.IsAsync(function)
        && Functions.SymbolOf(function, site.Semantics) is { } symbol
        && KnownTypes.Same(symbol.ReturnType, site.Model.Types.Task)
            ? CompletedExpressions.Of(symbol.ReturnType, site.Semantics, site.Model)
            : null;

    private static IEnumerable<NodeEdit> ReturnCompleted(
        ExpressionSyntax place, FixSite site, CompletedExpressions tasks, System.Func<SyntaxNode, ExpressionSyntax> call)
    {
        if (place.Parent is ReturnStatementSyntax statement)
        {
            return StatementSplicing.Replace(
                statement, site.Document,
                (current, generator) => [ExpressionStatement(call(current)).WithLeadingTrivia(current.GetLeadingTrivia()), ExpressionBodies.Return(tasks.Done(generator))],
                asBlock: false);
        }

        var function = Functions.Around(place)!;
        return
        [
            new NodeEdit(site.Document.Id, function, Purpose, (current, generator) =>
                ExpressionBodies.WithReturn(current, function, call(Functions.Bodies(current).First()), tasks.Done(generator)) ?? current),
        ];
    }

    /// <summary>The one call that the delegate makes, in place of the offload.</summary>
    private static ExpressionSyntax Call(SyntaxNode place, SyntaxAnnotation mark, OffloadedLogging offloaded)
    {
        var work = place.GetAnnotatedNodes(mark).Single();
        var call = work is AnonymousFunctionExpressionSyntax lambda
            ? lambda.Body is BlockSyntax block ? ((ExpressionStatementSyntax)block.Statements[0]).Expression : (ExpressionSyntax)lambda.Body
            : InvocationExpression((ExpressionSyntax)work.WithoutAnnotations(mark).WithoutTrivia(), State(place, work, offloaded));
        return call.WithoutTrivia().WithTriviaFrom(place);
    }

    /// <summary>The arguments of a method group's call: none, or the state that the offload passes.</summary>
    private static ArgumentListSyntax State(SyntaxNode place, SyntaxNode work, OffloadedLogging offloaded)
    {
        if (((IMethodReferenceOperation)offloaded.Work).Method.Parameters.IsEmpty)
            return ArgumentList();
        var arguments = work.FirstAncestorOrSelf<ArgumentListSyntax>()!.Arguments;
        return ArgumentList(SingletonSeparatedList(
            arguments.Count > 1 ? arguments[1].WithoutTrivia() : Argument(LiteralExpression(SyntaxKind.NullLiteralExpression))));
    }

    /// <summary>The delegate's statements, in their current form.</summary>
    private static IReadOnlyList<StatementSyntax> Written(SyntaxNode current, SyntaxAnnotation mark)
    {
        var lambda = (AnonymousFunctionExpressionSyntax)current.GetAnnotatedNodes(mark).Single();
        return lambda.Body is BlockSyntax block ? WithoutReturn(block) : [ExpressionStatement((ExpressionSyntax)lambda.Body)];
    }
}
