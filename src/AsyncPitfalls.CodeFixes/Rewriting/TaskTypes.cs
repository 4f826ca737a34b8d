using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace AsyncPitfalls.Rewriting;

/// <summary>Writes the types of tasks, so that the name gets as short as it can and the <c>using</c> is added where it is missing.</summary>
internal static class TaskTypes
{
    /// <summary><c>Task</c> for <c>void</c>, <c>Task&lt;T&gt;</c> for <c>T</c>, which stays as it is written.</summary>
    public static TypeSyntax Of(TypeSyntax result, KnownTypes types, SyntaxGenerator generator)
    {
        if (result is PredefinedTypeSyntax predefined && predefined.Keyword.IsKind(SyntaxKind.VoidKeyword))
            return Plain(types, generator).WithTriviaFrom(result);
        var generic = Written(types.TaskOfT!, generator);
        var argument = ((GenericNameSyntax)((QualifiedNameSyntax)generic).Right).TypeArgumentList.Arguments[0];
        return generic.ReplaceNode(argument, result.WithoutTrivia()).WithTriviaFrom(result);
    }

    /// <summary><c>Task</c>.</summary>
    public static TypeSyntax Plain(KnownTypes types, SyntaxGenerator generator) => Written(types.Task!, generator);

    private static TypeSyntax Written(INamedTypeSymbol type, SyntaxGenerator generator) =>
        (TypeSyntax)generator.TypeExpression(type)
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
}
