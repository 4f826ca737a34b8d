using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Calls that the compiler leaves out, with all that is passed to them: of a method with <c>[Conditional]</c> none of whose
/// symbols is defined in the file that calls it, and of a partial method without a body.
/// </summary>
internal sealed class OmittedCalls(AsyncModel model)
{
    /// <summary>Whether a call is left out.</summary>
    public bool Has(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.ReturnsVoid
            && (method is { IsPartialDefinition: true, PartialImplementationPart: null }
                || ConditionsOf(method) is { Count: > 0 } symbols && !DefinedIn(call.Syntax.SyntaxTree).Overlaps(symbols));
    }

    /// <summary>The symbols of which one must be defined where a method is called; an override has those of what it overrides.</summary>
    private List<string> ConditionsOf(IMethodSymbol method) =>
    [
        .. Inheritance.Chain(method)
            .SelectMany(link => link.GetAttributes())
            .Where(data => KnownTypes.Same(data.AttributeClass, model.Types.Conditional))
            .SelectMany(data => data.ConstructorArguments)
            .Select(argument => argument.Value)
            .OfType<string>(),
    ];

    /// <summary>The symbols that hold in a file: the project's, and what the directives before its first token make of them.</summary>
    private static HashSet<string> DefinedIn(SyntaxTree tree)
    {
        var defined = new HashSet<string>(tree.Options.PreprocessorSymbolNames);
        foreach (var trivia in tree.GetRoot().GetFirstToken(includeZeroWidth: true).LeadingTrivia)
        {
            switch (trivia.GetStructure())
            {
                case DefineDirectiveTriviaSyntax { IsActive: true } define:
                    defined.Add(define.Name.ValueText);
                    break;
                case UndefDirectiveTriviaSyntax { IsActive: true } undef:
                    defined.Remove(undef.Name.ValueText);
                    break;
            }
        }

        return defined;
    }
}
