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
    public static bool HoldsUpStart(LostTask lost, AsyncModel model, CancellationToken cancellation) =>
        lost.End is { Surrounding: Surrounding.HostedService, Name: "StartAsync" or "StartingAsync" or "StartedAsync" }
        && lost.Call.DescendantsAndSelf()
            .Select(operation => operation switch
            {
                IInvocationOperation call => call.TargetMethod,
                IMethodReferenceOperation group => group.Method,
                _ => null,
            })
            .Any(method => method is not null && Bodies.SyntaxOf(method, cancellation) is { } body && Functions.OwnNodes(body).Any(IsUnbounded));

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
