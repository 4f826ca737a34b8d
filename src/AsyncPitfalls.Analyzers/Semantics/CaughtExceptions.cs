using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which exceptions stay inside a function, because a <c>catch</c> there takes every one and lets none out again.</summary>
internal sealed class CaughtExceptions(AsyncModel model)
{
    /// <summary>Whether an exception that is thrown at a node, such as an <c>await</c>, stays inside the function around the node.</summary>
    public bool IsCaught(SyntaxNode node, SemanticModel semantics)
    {
        for (var (inner, outer) = (node, node.Parent); outer is not null && !Functions.IsFunction(outer); (inner, outer) = (outer, outer.Parent))
        {
            if (outer is TryStatementSyntax attempt && attempt.Block == inner && CatchesAll(attempt, semantics))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a function keeps every exception to itself: its whole body is in such a <c>try</c>, but for what cannot throw,
    /// such as a guard, a plain declaration, or a log entry, and the loops around it. False for a function without a block.
    /// </summary>
    public bool KeepsAll(SyntaxNode function, SemanticModel semantics) =>
        Functions.Bodies(function).FirstOrDefault() is BlockSyntax body
        && body.DescendantNodes(node => !Functions.IsFunction(node)).Any(node => node is CatchClauseSyntax)
        && KeepsAll((StatementSyntax)body, semantics);

    /// <summary>Whether a <c>try</c> takes every exception: it has a <c>catch</c> of <c>Exception</c>, or of everything, without a filter that lets some pass, and none of its <c>catch</c>es throws.</summary>
    public bool CatchesAll(TryStatementSyntax attempt, SemanticModel semantics) =>
        attempt.Catches.Any(handler => TakesAll(handler, semantics)) && !attempt.Catches.Any(handler => Throws(handler, semantics));

    /// <summary>Whether a <c>catch</c> is one of <c>Exception</c>, or of everything, whose filter is always true, or lets pass only what it asks for by name: <c>when (!IsCritical(e))</c>.</summary>
    public bool TakesAll(CatchClauseSyntax handler, SemanticModel semantics) =>
        (handler.Declaration is null || KnownTypes.Same(semantics.GetTypeInfo(handler.Declaration.Type).Type, model.Types.Exception))
        && (handler.Filter is null || semantics.GetConstantValue(handler.Filter.FilterExpression) is { HasValue: true, Value: true } || SparesChosen(handler));

    /// <summary>
    /// Whether a <c>catch</c> always throws again, or something else, that it does not catch itself. One that does so only in
    /// some cases has decided what may get out.
    /// </summary>
    public bool Throws(CatchClauseSyntax handler, SemanticModel semantics)
    {
        var thrown = handler.Block.DescendantNodes(node => !Functions.IsFunction(node)).Where(node => IsThrown(node, handler, semantics)).ToList();
        return thrown.Any(node => node.Parent is ExpressionStatementSyntax { Parent: BlockSyntax block } && block == handler.Block)
            || thrown.Count > 0 && semantics.AnalyzeControlFlow(handler.Block) is { Succeeded: true, EndPointIsReachable: false, ExitPoints.IsEmpty: true, ReturnStatements.IsEmpty: true };
    }

    /// <summary>Whether code does nothing that may well throw: it neither awaits, calls, creates nor throws; logging counts as harmless.</summary>
    public bool CannotThrow(SyntaxNode code, SemanticModel semantics) =>
        code.DescendantNodesAndSelf(node => !Functions.IsFunction(node)).All(node => node switch
        {
            AwaitExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax => false,
            LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword == default,
            InvocationExpressionSyntax call => semantics.GetOperation(call) switch
            {
                INameOfOperation => true,
                IInvocationOperation operation => model.Loggers.IsLogging(operation),
                _ => false,
            },
            _ => true,
        });

    private static bool SparesChosen(CatchClauseSyntax handler) =>
        handler.Filter?.FilterExpression is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: InvocationExpressionSyntax call }
        && call.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == handler.Declaration?.Identifier.ValueText);

    private bool IsThrown(SyntaxNode node, CatchClauseSyntax handler, SemanticModel semantics) =>
        (node is ThrowStatementSyntax or ThrowExpressionSyntax || node is InvocationExpressionSyntax call && IsRethrow(call, semantics))
        && !IsCaughtWithin(node, handler, semantics);

    private bool IsCaughtWithin(SyntaxNode node, CatchClauseSyntax handler, SemanticModel semantics) =>
        node.Ancestors().TakeWhile(outer => outer != handler).Any(outer =>
            outer is TryStatementSyntax attempt && attempt.Block.Span.Contains(node.Span) && CatchesAll(attempt, semantics));

    /// <summary>Whether a call throws a caught exception again, as <c>ExceptionDispatchInfo.Capture(e).Throw()</c> does.</summary>
    private bool IsRethrow(InvocationExpressionSyntax call, SemanticModel semantics) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Throw" }
        && semantics.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: var type }
        && KnownTypes.Same(type, model.Types.ExceptionDispatchInfo);

    private bool KeepsAll(StatementSyntax statement, SemanticModel semantics) => statement switch
    {
        TryStatementSyntax attempt => CatchesAll(attempt, semantics) || attempt.Catches.Count == 0 && KeepsAll(attempt.Block, semantics),
        BlockSyntax block => block.Statements.All(inner => KeepsAll(inner, semantics)),
        LocalFunctionStatementSyntax => true,
        WhileStatementSyntax loop => CannotThrow(loop.Condition, semantics) && KeepsAll(loop.Statement, semantics),
        DoStatementSyntax loop => CannotThrow(loop.Condition, semantics) && KeepsAll(loop.Statement, semantics),
        ForStatementSyntax loop => loop.ChildNodes().Where(part => part != loop.Statement).All(part => CannotThrow(part, semantics)) && KeepsAll(loop.Statement, semantics),
        CommonForEachStatementSyntax loop => loop.AwaitKeyword == default && CannotThrow(loop.Expression, semantics) && KeepsAll(loop.Statement, semantics),
        IfStatementSyntax choice => CannotThrow(choice.Condition, semantics) && KeepsAll(choice.Statement, semantics)
            && (choice.Else is null || KeepsAll(choice.Else.Statement, semantics)),
        SwitchStatementSyntax choice => CannotThrow(choice.Expression, semantics)
            && choice.Sections.SelectMany(section => section.Statements).All(inner => KeepsAll(inner, semantics)),
        UsingStatementSyntax { AwaitKeyword.RawKind: 0 } block => block.ChildNodes().Where(part => part != block.Statement).All(part => CannotThrow(part, semantics))
            && KeepsAll(block.Statement, semantics),
        _ => CannotThrow(statement, semantics),
    };
}
