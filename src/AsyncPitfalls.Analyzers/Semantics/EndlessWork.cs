using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Work that goes on until the program ends, for which nobody should wait who has to return before.</summary>
internal static class EndlessWork
{
    /// <summary>Whether the start of a hosted service, for which the host waits, would wait for a loop that runs until the service stops.</summary>
    public static bool HoldsUpStart(IInvocationOperation started, FunctionEnd end, CancellationToken cancellation) =>
        end is { Surrounding: Surrounding.HostedService, Name: "StartAsync" or "StartingAsync" or "StartedAsync" }
        && Loops(started, cancellation);

    /// <summary>Whether a call, or a function that it is given, runs a loop that goes on until something outside stops it.</summary>
    public static bool Loops(IInvocationOperation started, CancellationToken cancellation) =>
        started.DescendantsAndSelf()
            .Select(operation => operation switch
            {
                IInvocationOperation call => Bodies.SyntaxOf(call.TargetMethod, cancellation),
                IMethodReferenceOperation group => Bodies.SyntaxOf(group.Method, cancellation),
                IAnonymousFunctionOperation lambda => lambda.Syntax,
                _ => null,
            })
            .Any(function => function is not null && Functions.OwnNodes(function).Any(IsUnbounded));

    /// <summary>Whether a call starts a function that never returns: what it is given to run, or itself, ends in a loop without a way out.</summary>
    public static bool NeverEnds(IInvocationOperation call, AsyncModel model, CancellationToken cancellation) =>
        call.Arguments.SelectMany(argument => argument.DescendantsAndSelf())
            .Select(given => given switch
            {
                IAnonymousFunctionOperation lambda => lambda.Syntax,
                IMethodReferenceOperation group => Bodies.SyntaxOf(group.Method, cancellation),
                _ => null,
            })
            .Concat([Bodies.SyntaxOf(call.TargetMethod, cancellation)])
            .Any(function => function is not null && NeverReturns(function, model));

    /// <summary>Whether a function ends in a loop without a way out.</summary>
    public static bool NeverReturns(SyntaxNode function, AsyncModel model) =>
        model.Compilation.ContainsSyntaxTree(function.SyntaxTree)
        && Functions.OwnNodes(function).Any(node => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax)
        && Functions.Bodies(function).OfType<BlockSyntax>().Any(body =>
            model.Bodies.SemanticsOf(function.SyntaxTree).AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: false, ReturnStatements.IsEmpty: true });

    private static bool IsUnbounded(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression)
            || loop.Condition is PrefixUnaryExpressionSyntax { Operand: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested" } }
            || loop.Condition is AwaitExpressionSyntax,
        ForStatementSyntax loop => loop.Condition is null,
        CommonForEachStatementSyntax loop => loop.AwaitKeyword != default,
        _ => false,
    };
}
