using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls that leave the caller by an exception on purpose, or end the process.</summary>
internal sealed class ThrowingCalls(AsyncModel model)
{
    /// <summary>
    /// Whether a call is there to leave: it is marked as not returning, asks whether the object is disposed, ends the
    /// process, or runs a method of this compilation that does nothing but throw, be it on a condition.
    /// </summary>
    public bool Leaves(IInvocationOperation call, CancellationToken cancellation) =>
        call.TargetMethod is var method
        && (HasAttribute(method, model.Types.DoesNotReturnAttribute)
            || method.Parameters.Any(parameter => HasAttribute(parameter, model.Types.DoesNotReturnIfAttribute))
            || method.Name == "ThrowIf" && KnownTypes.Same(method.ContainingType, model.Types.ObjectDisposedException)
            || method.Name is "Exit" or "FailFast" && KnownTypes.Same(method.ContainingType, model.Types.Environment)
            || OnlyThrows(method, cancellation));

    private static bool HasAttribute(ISymbol symbol, INamedTypeSymbol? attribute) =>
        attribute is not null && symbol.GetAttributes().Any(data => KnownTypes.Same(data.AttributeClass, attribute));

    private static bool OnlyThrows(IMethodSymbol method, CancellationToken cancellation) =>
        method.ReturnsVoid
        && Bodies.SyntaxOf(method, cancellation) is { } function
        && Functions.Bodies(function).FirstOrDefault() switch
        {
            BlockSyntax { Statements: { Count: > 0 } statements } => statements.All(OnlyThrows),
            var body => body is ThrowExpressionSyntax,
        };

    private static bool OnlyThrows(StatementSyntax statement) => statement switch
    {
        ThrowStatementSyntax => true,
        IfStatementSyntax { Else: null } choice => OnlyThrows(choice.Statement),
        BlockSyntax { Statements: { Count: > 0 } statements } => statements.All(OnlyThrows),
        _ => false,
    };
}
