using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>The bodies of lambdas as they are written, also where a control-flow graph only names the lambda.</summary>
internal sealed class WrittenLambdas
{
    private readonly ConditionalWeakTable<SyntaxNode, IAnonymousFunctionOperation> lambdas = new();

    /// <summary>Takes in the lambdas of a body, before its control-flow graph is read.</summary>
    public void Read(IOperation body)
    {
        foreach (var lambda in body.Descendants().OfType<IAnonymousFunctionOperation>())
            lambdas.GetValue(lambda.Syntax, _ => lambda);
    }

    /// <summary>The lambda that a value is; null for delegates that come from elsewhere.</summary>
    public IAnonymousFunctionOperation? Of(IOperation value)
    {
        while (value is IConversionOperation or IDelegateCreationOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IDelegateCreationOperation)value).Target;
        return value switch
        {
            IAnonymousFunctionOperation lambda => lambda,
            IFlowAnonymousFunctionOperation named => lambdas.TryGetValue(named.Syntax, out var lambda) ? lambda : null,
            _ => null,
        };
    }

    /// <summary>The one value that a lambda returns; null where its body is more than that.</summary>
    public static IOperation? ReturnedBy(IAnonymousFunctionOperation lambda) =>
        lambda.Body.Operations.Length == 1 && lambda.Body.Operations[0] is IReturnOperation { ReturnedValue: { } value } ? value : null;
}
