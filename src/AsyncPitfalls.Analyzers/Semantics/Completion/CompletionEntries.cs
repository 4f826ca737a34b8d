using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What a nested function knows of its parameters from the call that it is given to: the antecedent of <c>ContinueWith</c>, the elements of a query.</summary>
internal sealed class CompletionEntries(CompletionQuestions ask)
{
    private readonly AsyncModel model = ask.Model;

    /// <summary>The state in which a function runs that is given to a call as a delegate.</summary>
    /// <param name="value">The lambda or the reference to the function.</param>
    /// <param name="function">The function.</param>
    /// <param name="state">The state at the call.</param>
    public CompletionState AsDelegate(IOperation value, IMethodSymbol function, CompletionState state)
    {
        var argument = value.Parent;
        while (argument is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            argument = argument.Parent;
        return argument is IArgumentOperation { Parent: IInvocationOperation call } ? AsDelegate(call, function, state) : state;
    }

    /// <summary>The state in which a function runs that a call is given.</summary>
    public CompletionState AsDelegate(IInvocationOperation call, IMethodSymbol function, CompletionState state) =>
        state.Learn(Given(call, function, state).ToList());

    /// <summary>The state in which a local function runs that is called directly.</summary>
    public CompletionState AsCalled(IInvocationOperation call, IMethodSymbol function, CompletionState state)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None, Ordinal: var ordinal } && ordinal < function.Parameters.Length)
                state = ask.Assignments.Assign(ValuePath.Root(function.Parameters[ordinal]), argument.Value, state);
        }

        return state;
    }

    /// <summary>What a function's parameters are known to be, whoever calls it: sequences that come in from outside are taken to be collections.</summary>
    public static CompletionState Parameters(IMethodSymbol? function, CompletionState state) =>
        function is null
            ? state
            : state.Learn(function.Parameters.Select(parameter => new Fact(FactKind.Materialized, ValuePath.Root(parameter))));

    private IEnumerable<Fact> Given(IInvocationOperation call, IMethodSymbol function, CompletionState state)
    {
        var method = call.TargetMethod;
        var first = function.Parameters.Length > 0 ? ValuePath.Root(function.Parameters[0]) : null;
        if (method.Name == "ContinueWith" && model.Awaitables.IsTask(method.ContainingType) && call.Instance is { } antecedent)
            return WithCompleted(first, ask.Values.WhenCompleted(antecedent, state))
                .Concat(first is not null && ask.Values.YieldsCompleted(antecedent, state) ? [new Fact(FactKind.YieldsCompleted, first)] : []);
        if (method.Name is "OnCompleted" or "UnsafeOnCompleted" && call.Instance is { } awaiter && model.Awaitables.IsAwaiter(awaiter.Type))
            return ask.Values.WhenCompleted(awaiter, state);
        if (IsFactory(method.ContainingType) && method.Name == "ContinueWhenAll")
            return WithCompleted(first?.Each(), ask.Collections.WhenAllCompleted(call.Arguments[0].Value, state));
        if (IsFactory(method.ContainingType) && method.Name == "ContinueWhenAny")
            return WithCompleted(first, []);
        return ask.Collections.SourceOf(call) is { } source ? OfElements(source, function, state) : [];
    }

    private IEnumerable<Fact> OfElements(IOperation source, IMethodSymbol function, CompletionState state)
    {
        var known = ask.Collections.KnownOfEach(source, state);
        return known.IsEmpty
            ? []
            : function.Parameters
                .Where(parameter => ask.Collections.Holds(source.Type, parameter.Type))
                .SelectMany(parameter => known.Select(path => path.Rebase(ValuePath.Element, ValuePath.Root(parameter))))
                .OfType<ValuePath>()
                .Select(path => new Fact(FactKind.Completed, path));
    }

    private bool IsFactory(ITypeSymbol type) =>
        KnownTypes.Same(type, model.Types.TaskFactory) || KnownTypes.Same(type, model.Types.TaskFactoryOfT);

    private static IEnumerable<Fact> WithCompleted(ValuePath? path, IEnumerable<Fact> others) =>
        path is null ? others : others.Concat([new Fact(FactKind.Completed, path)]);
}
