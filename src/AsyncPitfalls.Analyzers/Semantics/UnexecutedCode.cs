using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Code that is written but does not run where it stands: <c>nameof</c> and expression trees.</summary>
internal sealed class UnexecutedCode(AsyncModel model)
{
    /// <summary>Whether an operation is in <c>nameof</c> or in a lambda that becomes an expression tree.</summary>
    public bool Holds(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is INameOfOperation)
                return true;
            if (current is IAnonymousFunctionOperation && IsExpressionTree(current))
                return true;
        }

        return false;
    }

    private bool IsExpressionTree(IOperation lambda)
    {
        var converted = lambda.Parent;
        while (converted is IDelegateCreationOperation)
            converted = converted.Parent;
        return converted is IConversionOperation && KnownTypes.SameOrBelow(converted.Type, model.Types.Expression);
    }
}
