using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// What follows where an assertion has let the code go on: <c>Debug.Assert(t.IsCompleted)</c>, <c>Assert.False(!t.IsCompleted)</c>.
/// It is marked as not returning otherwise, see https://learn.microsoft.com/dotnet/api/system.diagnostics.codeanalysis.doesnotreturnifattribute.
/// </summary>
internal sealed class CompletionAssertions(CompletionQuestions ask)
{
    /// <summary>The state after a call that has returned.</summary>
    public CompletionState After(IInvocationOperation call, CompletionState state)
    {
        foreach (var argument in call.Arguments)
        {
            if (EndsIf(argument.Parameter) is { } ends && ask.Guards.Follows(argument.Value, !ends, state) is { } facts)
                state = state.Learn(facts);
        }

        return state;
    }

    /// <summary>The value of a parameter with which a call does not return; null where no value is said to be such.</summary>
    private bool? EndsIf(IParameterSymbol? parameter) =>
        ask.Model.Types.DoesNotReturnIfAttribute is { } attribute
        && parameter?.GetAttributes().FirstOrDefault(data => KnownTypes.Same(data.AttributeClass, attribute)) is { ConstructorArguments.Length: 1 } mark
            ? mark.ConstructorArguments[0].Value as bool?
            : null;
}
