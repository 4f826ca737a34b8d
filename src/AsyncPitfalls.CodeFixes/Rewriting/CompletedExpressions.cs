using System.Linq;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Writes the completed tasks of one task type: <c>Task.CompletedTask</c>, <c>Task.FromResult(x)</c>, and the same of
/// <c>ValueTask</c>, as far as the framework that is compiled against has them.
/// </summary>
internal sealed class CompletedExpressions
{
    private readonly INamedTypeSymbol type;
    private readonly INamedTypeSymbol owner;
    private readonly SemanticModel semantics;
    private readonly bool hasFactory;

    private CompletedExpressions(INamedTypeSymbol type, INamedTypeSymbol owner, bool hasFactory, SemanticModel semantics)
    {
        this.type = type;
        this.owner = owner;
        this.hasFactory = hasFactory;
        this.semantics = semantics;
    }

    /// <summary>Whether the tasks have a result.</summary>
    public bool HaveResult => type.IsGenericType;

    /// <summary>The completed tasks of a return type; null where there is no way to write one.</summary>
    public static CompletedExpressions? Of(ITypeSymbol returned, SemanticModel semantics, AsyncModel model)
    {
        if (returned is not INamedTypeSymbol type)
            return null;
        var isTask = KnownTypes.Same(type, model.Types.Task) || KnownTypes.Same(type, model.Types.TaskOfT);
        if (!isTask && !model.Awaitables.IsValueTask(type))
            return null;
        var owner = isTask ? model.Types.Task! : model.Types.ValueTask ?? type;
        var hasFactory = owner.GetMembers(type.IsGenericType ? "FromResult" : "CompletedTask").Any(member => member.IsStatic);
        var canDoWithout = !isTask || (!type.IsGenericType && owner.GetMembers("FromResult").Any());
        return hasFactory || canDoWithout ? new CompletedExpressions(type, owner, hasFactory, semantics) : null;
    }

    /// <summary>A completed task without a result.</summary>
    public ExpressionSyntax Done(SyntaxGenerator generator)
    {
        if (hasFactory)
            return Member(generator, IdentifierName("CompletedTask"));
        return owner.IsValueType
            ? LiteralExpression(SyntaxKind.DefaultLiteralExpression)
            : InvocationExpression(
                Member(generator, IdentifierName("FromResult")),
                ArgumentList(SingletonSeparatedList(Argument(LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(0))))));
    }

    /// <summary>Whether the task of a value needs its type argument written, because what is inferred from the value differs: <c>null</c>, <c>1</c> for a <c>long</c>.</summary>
    /// <param name="value">The value, as it is before any edit.</param>
    public bool NeedsTypeArgument(ExpressionSyntax value)
    {
        if (!hasFactory)
            return value.IsKind(SyntaxKind.DefaultLiteralExpression) || value is ImplicitObjectCreationExpressionSyntax || semantics.GetTypeInfo(value).Type is null;
        var call = ParseExpression($"global::{owner.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}.FromResult({value})");
        var inferred = semantics.GetSpeculativeTypeInfo(value.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Type;
        if (inferred is not INamedTypeSymbol { TypeArguments.Length: 1 } task || task.TypeArguments[0].TypeKind is TypeKind.Error or TypeKind.Dynamic)
            return true;
        var nullability = semantics.GetNullableContext(value.SpanStart);
        return nullability.AnnotationsEnabled() && nullability.WarningsEnabled()
            ? !SymbolEqualityComparer.IncludeNullability.Equals(WithoutNames(task.TypeArguments[0]), WithoutNames(type.TypeArguments[0]))
            : !SymbolEqualityComparer.Default.Equals(WithoutNames(task.TypeArguments[0]), WithoutNames(type.TypeArguments[0]));
    }

    /// <summary>The completed task of a value; trivia around the value stays around the whole.</summary>
    /// <param name="value">The value, in its current form.</param>
    /// <param name="withTypeArgument">Whether the type argument is written.</param>
    /// <param name="generator">The generator of the document.</param>
    public ExpressionSyntax Of(ExpressionSyntax value, bool withTypeArgument, SyntaxGenerator generator)
    {
        var operand = value;
        while (operand is ParenthesizedExpressionSyntax parenthesized)
            operand = parenthesized.Expression;
        var argument = Argument(operand.WithoutTrivia());
        if (!hasFactory)
        {
            // The constructor's overloads take a result, a task and a source: only the name says which is meant by a null.
            if (withTypeArgument)
                argument = argument.WithNameColon(NameColon(IdentifierName("result"), Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space)));
            return ObjectCreationExpression(
                Token(SyntaxKind.NewKeyword).WithTrailingTrivia(Space), Written(type, generator),
                ArgumentList(SingletonSeparatedList(argument)), null).WithTriviaFrom(value);
        }

        SimpleNameSyntax name = withTypeArgument
            ? GenericName(Identifier("FromResult"), TypeArgumentList(SingletonSeparatedList(Written(type.TypeArguments[0], generator))))
            : IdentifierName("FromResult");
        return InvocationExpression(Member(generator, name), ArgumentList(SingletonSeparatedList(argument))).WithTriviaFrom(value);
    }

    private ExpressionSyntax Member(SyntaxGenerator generator, SimpleNameSyntax name) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Written(owner, generator), name)
            .WithAdditionalAnnotations(Simplifier.Annotation);

    private static TypeSyntax Written(ITypeSymbol symbol, SyntaxGenerator generator) =>
        (TypeSyntax)generator.TypeExpression(symbol).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    /// <summary>A type without the names of its tuple elements: those do not hinder the conversion of a task.</summary>
    private static ITypeSymbol WithoutNames(ITypeSymbol symbol) =>
        symbol is INamedTypeSymbol { IsTupleType: true, TupleUnderlyingType: { } plain } ? plain.WithNullableAnnotation(symbol.NullableAnnotation) : symbol;
}
