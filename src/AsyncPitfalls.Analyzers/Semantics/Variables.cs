using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What holds a value under a name: locals, parameters, and the fields and properties of this object or of a type.</summary>
internal static class Variables
{
    /// <summary>The variable that an expression reads, is given its value by, or declares; conversions and what stands before a <c>?.</c> are seen through. Null for all other expressions.</summary>
    public static ISymbol? SymbolOf(IOperation? expression)
    {
        while (true)
        {
            switch (expression)
            {
                case IConversionOperation conversion:
                    expression = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    expression = parenthesized.Operand;
                    break;
                case ISimpleAssignmentOperation assignment:
                    expression = assignment.Target;
                    break;
                case IDeclarationExpressionOperation declaration:
                    expression = declaration.Expression;
                    break;
                case IConditionalAccessInstanceOperation:
                    var receiver = ConditionalAccesses.Receiver(expression);
                    if (receiver == expression)
                        return null;
                    expression = receiver;
                    break;
                case ILocalReferenceOperation local:
                    return local.Local;
                case IParameterReferenceOperation parameter:
                    return parameter.Parameter;
                case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field:
                    return field.Field;
                case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property:
                    return property.Property;
                default:
                    return null;
            }
        }
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
