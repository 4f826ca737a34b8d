using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What holds a value under a name: locals, parameters, and the fields and properties of this object or of a type.</summary>
internal static class Variables
{
    /// <summary>The variable that an expression reads, is given its value by, or declares; conversions and what stands before a <c>?.</c> are seen through. Null for all other expressions.</summary>
    public static ISymbol? SymbolOf(IOperation? expression) => expression switch
    {
        IConversionOperation conversion => SymbolOf(conversion.Operand),
        IParenthesizedOperation parenthesized => SymbolOf(parenthesized.Operand),
        ISimpleAssignmentOperation assignment => SymbolOf(assignment.Target),
        IDeclarationExpressionOperation declaration => SymbolOf(declaration.Expression),
        IConditionalAccessInstanceOperation => ConditionalAccesses.Receiver(expression) is var receiver && receiver != expression ? SymbolOf(receiver) : null,
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property => property.Property,
        _ => null,
    };

    /// <summary>Whether a variable is declared by the function that runs a node which uses it, and not by one around that, or by the type.</summary>
    public static bool AreOwn(ISymbol variable, SyntaxNode use)
    {
        var function = Functions.Around(use);
        // A local that no nested function uses can be of no other one; the compiler makes its declaration's reference anew for each question.
        if (variable is ILocalSymbol && function is not (null or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            return true;
        return variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declaration && Functions.Around(declaration) == function;
    }

    /// <summary>The type of a variable; null for other symbols.</summary>
    public static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
