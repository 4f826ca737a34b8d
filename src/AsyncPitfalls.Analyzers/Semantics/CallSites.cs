using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>From where the functions that only their neighbours can name are called: local functions and private methods.</summary>
internal sealed class CallSites(AsyncModel model)
{
    /// <summary>
    /// Every call of a local function or private method, its own to itself left out; empty where it is never called, is
    /// also made a delegate, or can be called from elsewhere.
    /// </summary>
    public ImmutableArray<IInvocationOperation> Of(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        if (function is not (LocalFunctionStatementSyntax or MethodDeclarationSyntax)
            || Functions.SymbolOf(function, semantics) is not { } method
            || method.MethodKind != MethodKind.LocalFunction && method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private })
            return ImmutableArray<IInvocationOperation>.Empty;

        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        foreach (var scope in ScopesOf(method, function, cancellation))
        {
            var here = scope.SyntaxTree == semantics.SyntaxTree ? semantics : model.Bodies.SemanticsOf(scope.SyntaxTree);
            foreach (var name in NamesIn(scope, method.Name, cancellation))
            {
                if (!Means(name, method, here, cancellation) || function.Span.Contains(name.Span) || IsNameOf(name, here))
                    continue;
                if (CallOf(name) is not { } syntax || here.GetOperation(syntax, cancellation) is not IInvocationOperation call)
                    return ImmutableArray<IInvocationOperation>.Empty;
                calls.Add(call);
            }
        }

        return calls.ToImmutable();
    }

    private static IEnumerable<SyntaxNode> ScopesOf(IMethodSymbol method, SyntaxNode function, CancellationToken cancellation) =>
        method.MethodKind == MethodKind.LocalFunction
            ? [Functions.Around(function) ?? function.SyntaxTree.GetRoot(cancellation)]
            : method.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation));

    private static IEnumerable<SimpleNameSyntax> NamesIn(SyntaxNode scope, string name, CancellationToken cancellation) =>
        NamedBodies.In(scope.SyntaxTree, cancellation).NamesOf(name, scope.Span);

    private static bool Means(SimpleNameSyntax name, IMethodSymbol method, SemanticModel semantics, CancellationToken cancellation)
    {
        var info = semantics.GetSymbolInfo(name, cancellation);
        var definition = (method.PartialDefinitionPart ?? method).OriginalDefinition;
        return info.CandidateSymbols.Prepend(info.Symbol).Any(symbol => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, definition));
    }

    private static bool IsNameOf(SimpleNameSyntax name, SemanticModel semantics) =>
        name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call =>
            call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } && semantics.GetOperation(call) is INameOfOperation);

    /// <summary>The call whose called name this is: <c>F()</c>, <c>this.F()</c>, <c>x?.F()</c>; null for method groups.</summary>
    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name)
    {
        SyntaxNode called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            || name.Parent is MemberBindingExpressionSyntax ? name.Parent : name;
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : null;
    }
}
