using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Code that is written but does not run where it stands: <c>nameof</c>, expression trees, and calls that the compiler leaves out.</summary>
internal sealed class UnexecutedCode(AsyncModel model)
{
    private readonly OmittedCalls omitted = new(model);

    /// <summary>Whether an operation is in <c>nameof</c>, in a lambda that becomes an expression tree, or is or is in a call that is left out.</summary>
    public bool Holds(IOperation operation)
    {
        if (operation is IInvocationOperation called && omitted.Has(called))
            return true;
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is INameOfOperation)
                return true;
            if (current is IAnonymousFunctionOperation && IsExpressionTree(current))
                return true;
            if (current is IInvocationOperation call && omitted.Has(call))
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
