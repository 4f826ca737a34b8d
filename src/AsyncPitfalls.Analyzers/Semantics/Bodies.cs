using System.Collections.Concurrent;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Semantics;

/// <summary>Bodies of functions other than the one that is looked at. Reading one binds it, so ask only where a cheaper question has been answered with yes.</summary>
internal sealed class Bodies(AsyncModel model)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> semantics = new();

    /// <summary>The semantic model of a file of this compilation, the same one for everybody who asks.</summary>
    public SemanticModel SemanticsOf(SyntaxTree tree) =>
#pragma warning disable RS0030, RS1030 // the one place
        semantics.GetOrAdd(tree, key => model.Compilation.GetSemanticModel(key));
#pragma warning restore RS0030, RS1030

    /// <summary>The syntax that holds a method's body; null for methods of other assemblies, and for those without a body.</summary>
    public static SyntaxNode? SyntaxOf(IMethodSymbol method, CancellationToken cancellation)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        foreach (var reference in definition.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            if (Functions.IsFunction(syntax))
                return syntax;
        }

        return null;
    }

    /// <summary>The operation of a method's body; null where <see cref="SyntaxOf"/> is, the method belongs to another compilation, or is one of <see cref="OversizedBodies"/>.</summary>
    public IOperation? OperationOf(IMethodSymbol method, CancellationToken cancellation) =>
        SyntaxOf(method, cancellation) is { } syntax && model.Compilation.ContainsSyntaxTree(syntax.SyntaxTree) && !OversizedBodies.Hold(syntax)
            ? SemanticsOf(syntax.SyntaxTree).GetOperation(syntax, cancellation)
            : null;
}
