using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>The synchronous counterpart of a call on <c>Console.Out</c>, <c>Error</c> or <c>In</c>: <c>Console.WriteLine(x)</c> for <c>Console.Out.WriteLineAsync(x)</c>.</summary>
internal sealed class ConsoleCalls
{
    private readonly string name;
    private readonly bool onConsole;
    private readonly HashSet<int> leftOut;

    private ConsoleCalls(string name, bool onConsole, HashSet<int> leftOut)
    {
        this.name = name;
        this.onConsole = onConsole;
        this.leftOut = leftOut;
    }

    /// <summary>
    /// How a call is rewritten; null where no synchronous overload takes the same values, or a token is given, whose
    /// cancellation only the asynchronous one heeds.
    /// </summary>
    public static ConsoleCalls? Of(IInvocationOperation call, SemanticModel semantics, AsyncModel model)
    {
        var asynchronous = call.TargetMethod;
        if (call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } syntax || !asynchronous.Name.EndsWith("Async"))
            return null;
        var tokens = call.Arguments.Where(argument => !argument.IsImplicit && KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken)).ToList();
        if (!tokens.All(argument => IsNoToken(argument.Value)))
            return null;

        var name = asynchronous.Name.Substring(0, asynchronous.Name.Length - "Async".Length);
        var leftOut = new HashSet<int>(tokens.Select(argument => syntax.ArgumentList.Arguments.IndexOf((ArgumentSyntax)argument.Syntax)));
        var taken = asynchronous.Parameters.Where(parameter => !KnownTypes.Same(parameter.Type, model.Types.CancellationToken)).Select(parameter => parameter.Type).ToList();
        var stream = (call.Instance as IPropertyReferenceOperation)?.Property.Name;
        var isConsoles = (stream == "Out" && name is "Write" or "WriteLine") || (stream == "In" && name == "ReadLine");
        foreach (var onConsole in isConsoles ? new[] { true, false } : [false])
        {
            var rewriting = new ConsoleCalls(name, onConsole, leftOut);
            if (semantics.GetSpeculativeSymbolInfo(syntax.SpanStart, rewriting.Rewrite(syntax), SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol synchronous
                && synchronous.Parameters.Select(parameter => parameter.Type).SequenceEqual(taken, SymbolEqualityComparer.Default)
                && (KnownTypes.Same(synchronous.ContainingType, model.Types.Console) || !onConsole))
                return rewriting;
        }

        return null;
    }

    /// <summary>The synchronous call.</summary>
    /// <param name="call">The asynchronous one, in its current form.</param>
    public InvocationExpressionSyntax Rewrite(InvocationExpressionSyntax call)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        var member = IdentifierName(name).WithTriviaFrom(access.Name);
        ExpressionSyntax callee = (onConsole, access.Expression) switch
        {
            (true, MemberAccessExpressionSyntax stream) => access.WithExpression(stream.Expression).WithName(member),
            (true, _) => member.WithLeadingTrivia(access.GetLeadingTrivia()),
            _ => access.WithName(member),
        };
        var kept = call.ArgumentList.Arguments.Where((_, index) => !leftOut.Contains(index)).ToList();
        return leftOut.Count == 0
            ? call.WithExpression(callee)
            : call.WithExpression(callee).WithArgumentList(call.ArgumentList.WithArguments(SeparatedList(
                kept, kept.Skip(1).Select(_ => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)))));
    }

    private static bool IsNoToken(IOperation token) => token switch
    {
        IConversionOperation conversion => IsNoToken(conversion.Operand),
        IDefaultValueOperation => true,
        IPropertyReferenceOperation { Property.Name: "None" } => true,
        _ => false,
    };
}
