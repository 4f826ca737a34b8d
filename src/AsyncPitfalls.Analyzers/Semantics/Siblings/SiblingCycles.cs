using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Siblings that are made of the very call that they should replace: the function around the call is the sibling, or what the sibling calls.</summary>
internal sealed class SiblingCycles(AsyncModel model)
{
    /// <summary>
    /// Whether the sibling of a call would come back to the function around it, or does nothing but this call itself. On another
    /// object than that of the function, its own name is no circle: a decorator calls the sibling of what it decorates.
    /// </summary>
    public bool Close(IInvocationOperation call, string name, IReadOnlyList<AsyncSibling> siblings, CancellationToken cancellation)
    {
        if (call.SemanticModel is not { } semantics)
            return true;
        for (var function = Functions.Around(call.Syntax); function is not null; function = Functions.Around(function))
        {
            if (Functions.SymbolOf(function, semantics) is not { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } around)
                continue;
            if (NameOf(around) == name && IsOnOwnObject(call, around) || siblings.Any(sibling => Calls(sibling.Method, around, cancellation)))
                return true;
        }

        return siblings.Count > 0 && siblings.All(sibling => OnlyCalls(sibling.Method, call.TargetMethod, cancellation));
    }

    private static string NameOf(IMethodSymbol method) =>
        method.ExplicitInterfaceImplementations.IsEmpty ? method.Name : method.ExplicitInterfaceImplementations[0].Name;

    /// <summary>Whether a call is made on the object of the method around it, or on none: then a method of the same name is the sibling, or another overload of it.</summary>
    private static bool IsOnOwnObject(IInvocationOperation call, IMethodSymbol around)
    {
        if (SiblingSignatures.ReceiverOf(call) is { } receiver)
        {
            while (receiver is IConversionOperation conversion)
                receiver = conversion.Operand;
            return receiver is IInstanceReferenceOperation { Syntax: not BaseExpressionSyntax }
                || around.IsExtensionMethod && receiver is IParameterReferenceOperation { Parameter.Ordinal: 0 };
        }

        return SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType.OriginalDefinition, around.ContainingType.OriginalDefinition);
    }

    /// <summary>Whether the body of a sibling calls the function around, so that the function would call itself through it.</summary>
    private bool Calls(IMethodSymbol sibling, IMethodSymbol around, CancellationToken cancellation) =>
        CallsIn(sibling, around, cancellation).Any();

    /// <summary>Whether a sibling runs the synchronous method where it stands and awaits nothing, and nobody can override it: it is no more asynchronous than that.</summary>
    private bool OnlyCalls(IMethodSymbol sibling, IMethodSymbol called, CancellationToken cancellation) =>
        !sibling.IsVirtual && !sibling.IsOverride
        && Bodies.SyntaxOf(sibling, cancellation) is { } body
        && !Functions.Awaits(body)
        && CallsIn(sibling, called, cancellation).Any(call => Functions.Around(call) == body);

    private IEnumerable<InvocationExpressionSyntax> CallsIn(IMethodSymbol caller, IMethodSymbol called, CancellationToken cancellation)
    {
        if (Bodies.SyntaxOf(caller, cancellation) is not { } body || !model.Compilation.ContainsSyntaxTree(body.SyntaxTree))
            return [];
        return body.DescendantNodes()
            .OfType<InvocationExpressionSyntax>()
            .Where(call => CalledNames.TextOf(call) == called.Name
                && model.Bodies.SemanticsOf(body.SyntaxTree).GetOperation(call, cancellation) is IInvocationOperation { TargetMethod: var target }
                && SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, called.OriginalDefinition));
    }
}
