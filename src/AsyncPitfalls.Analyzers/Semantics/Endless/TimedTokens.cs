using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Tokens of a source that the function at hand makes and cancels itself, mostly after a time: what goes on until then comes to an end.</summary>
internal sealed class TimedTokens(AsyncModel model)
{
    /// <summary>Whether a call is given such a token.</summary>
    public bool AreGivenTo(IInvocationOperation call, CancellationToken cancellation) => call.Arguments.Any(argument => Are(argument.Value, cancellation));

    /// <summary>Whether a token, or a source of one, is such.</summary>
    public bool Are(IOperation? value, CancellationToken cancellation) => value switch
    {
        IPropertyReferenceOperation { Property: { Name: "Token", ContainingType: var type }, Instance: var source } when model.CancellationTokens.IsSource(type) => Are(source, cancellation),
        ILocalReferenceOperation { Local.Type: var type } local when model.CancellationTokens.IsSource(type) => IsTimed(local, cancellation),
        ILocalReferenceOperation { Local.Type: var type } local when model.CancellationTokens.IsToken(type) =>
            Locals.OnlyValueOf(local, cancellation) is IPropertyReferenceOperation token && Are(token, cancellation),
        _ => false,
    };

    private static bool IsTimed(ILocalReferenceOperation source, CancellationToken cancellation) =>
        Locals.OnlyValueOf(source, cancellation) switch
        {
            IObjectCreationOperation { Arguments.IsEmpty: false } => true,
            IObjectCreationOperation or IInvocationOperation => IsCancelledAround(source),
            _ => false,
        };

    private static bool IsCancelledAround(ILocalReferenceOperation source) =>
        Functions.Around(source.Syntax) is { } function
        && function.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(member =>
            member is { Name.Identifier.ValueText: "CancelAfter" or "Cancel" or "CancelAsync", Expression: IdentifierNameSyntax name }
            && name.Identifier.ValueText == source.Local.Name);
}
