using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Who sets the previous synchronization context again: a call with a value that was read before, a tear-down, a <c>Dispose</c>.</summary>
internal sealed class LoopRestorers(AsyncModel model)
{
    /// <summary>Whether a call sets the context of its thread.</summary>
    public bool IsSet(IInvocationOperation call) =>
        call is { TargetMethod: { Name: "SetSynchronizationContext", IsStatic: true, ContainingType: var type }, Arguments.Length: 1 }
        && KnownTypes.SameOrBelow(type, model.Types.SynchronizationContext);

    /// <summary>Whether such a call takes a loop away: it sets none, one that was read from <c>SynchronizationContext.Current</c> before, or one that its function was given or keeps for that.</summary>
    public bool Restores(IInvocationOperation set, CancellationToken cancellation) => IsPrevious(set.Arguments[0].Value, cancellation);

    /// <summary>Whether a method of this compilation does nothing else with the context than to restore it.</summary>
    public bool Restores(IMethodSymbol method, CancellationToken cancellation)
    {
        if (model.Bodies.OperationOf(method, cancellation) is not { } body)
            return false;
        var sets = OwnOperations.Of(body is ILocalFunctionOperation { Body: { } block } ? block : body).OfType<IInvocationOperation>().Where(IsSet).ToList();
        return sets.Count > 0 && sets.All(set => Restores(set, cancellation) || IsGiven(set.Arguments[0].Value));
    }

    /// <summary>Whether a call stands where contexts are taken away: in a tear-down, or in a function that is given the previous one to set.</summary>
    public bool IsRestorer(IInvocationOperation set, SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        Functions.SymbolOf(function, semantics) is { } method
        && (IsTearDown(method)
            || Variables.SymbolOf(set.Arguments[0].Value) is IParameterSymbol given
            && model.CallSites.Of(function, semantics, cancellation).Any(call => call.Arguments.Any(argument =>
                SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, given.OriginalDefinition) && IsPrevious(argument.Value, cancellation))));

    /// <summary>
    /// Whether something else restores what a call sets: a function inside its own that somebody gets, whoever is given the previous
    /// context, or, for a constructor, a set-up and the like, another member of its type.
    /// </summary>
    public bool HasCounterpart(IInvocationOperation set, SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        var body = OwnOperations.FunctionAround(set);
        if (body.Descendants().Any(operation => IsHandedOn(operation, set)))
            return true;
        return Functions.SymbolOf(function, semantics) is { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) } method
            && method.ContainingType is { } type
            && type.GetMembers().OfType<IMethodSymbol>().Any(other => !SymbolEqualityComparer.Default.Equals(other, method) && IsCounterpart(other, method, body, cancellation));
    }

    /// <summary>Whether the previous context leaves a function: it is stored in another object, returned, passed on, or captured by a function that sets it.</summary>
    private bool IsHandedOn(IOperation operation, IInvocationOperation set)
    {
        if (operation is IInvocationOperation inner && inner != set && IsSet(inner))
            return OwnOperations.FunctionAround(inner) != OwnOperations.FunctionAround(set) && inner.Arguments[0].Value is var value && !IsCreated(value);
        if (!(IsCurrent(operation) && operation.Syntax.SpanStart < set.Syntax.SpanStart) && !(operation is ILocalReferenceOperation local && IsReadBefore(local)))
            return false;
        while (operation.Parent is IConversionOperation)
            operation = operation.Parent;
        return operation.Parent switch
        {
            IReturnOperation => true,
            IArgumentOperation { Parent: IObjectCreationOperation creation } => !KnownTypes.SameOrBelow(creation.Type, model.Types.SynchronizationContext),
            IArgumentOperation { Parent: IInvocationOperation call } => !IsSet(call) && Restores(call.TargetMethod, CancellationToken.None),
            _ => false,
        };
    }

    private static bool IsCreated(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IObjectCreationOperation;
    }

    private bool IsCounterpart(IMethodSymbol other, IMethodSymbol method, IOperation body, CancellationToken cancellation)
    {
        if (other.DeclaringSyntaxReferences.IsEmpty || model.Bodies.OperationOf(other, cancellation) is not { } counter)
            return false;
        var sets = counter.Descendants().OfType<IInvocationOperation>().Where(IsSet).ToList();
        if (sets.Count == 0)
            return false;
        return sets.Any(set => Variables.SymbolOf(set.Arguments[0].Value) is { Kind: SymbolKind.Field or SymbolKind.Property } kept && IsKeptIn(kept, body, method))
            || IsTearDown(other) && (IsSetUp(method) || method.MethodKind == MethodKind.Constructor);
    }

    /// <summary>Whether a field or property gets the current context: in a body, or where it is declared.</summary>
    private bool IsKeptIn(ISymbol kept, IOperation body, IMethodSymbol method) =>
        body.Descendants().OfType<ISimpleAssignmentOperation>().Any(assignment =>
            SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(assignment.Target), kept) && assignment.Value.DescendantsAndSelf().Any(IsCurrent))
        || kept.DeclaringSyntaxReferences.Any(reference =>
            InitializerOf(reference.GetSyntax()) is { } initializer
            && model.Bodies.SemanticsOf(reference.SyntaxTree).GetOperation(initializer) is { } value && value.DescendantsAndSelf().Any(IsCurrent))
        || SymbolEqualityComparer.Default.Equals(kept.ContainingType, method.ContainingType) && IsSetUp(method);

    private static ExpressionSyntax? InitializerOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax field => field.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    };

    private bool IsSetUp(IMethodSymbol method) =>
        model.Types.SetUpAttributes.Any(attribute => Inheritance.HasAttribute(method, attribute)) || method.Name == "InitializeAsync";

    private bool IsTearDown(IMethodSymbol method) =>
        model.Types.TearDownAttributes.Any(attribute => Inheritance.HasAttribute(method, attribute))
        || method.Name is "Dispose" or "DisposeAsync" or "DisposeCore" or "DisposeAsyncCore"
        || method.MethodKind == MethodKind.ExplicitInterfaceImplementation && method.Name.EndsWith(".Dispose", System.StringComparison.Ordinal);

    private bool IsPrevious(IOperation value, CancellationToken cancellation)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        return value switch
        {
            _ when value.ConstantValue is { HasValue: true, Value: null } => true,
            IDefaultValueOperation => true,
            ILocalReferenceOperation local => IsReadBefore(local),
            IFieldReferenceOperation or IPropertyReferenceOperation => model.AssignedValues.Of(value, cancellation) is { } values && values.Any(one => one.DescendantsAndSelf().Any(IsCurrent)),
            _ => false,
        };
    }

    private static bool IsGiven(IOperation value) => Variables.SymbolOf(value) is IParameterSymbol;

    /// <summary>Whether a local is given the current context somewhere, which is before it is set again.</summary>
    private bool IsReadBefore(ILocalReferenceOperation read) => OwnOperations.RootOf(read).Descendants().Any(operation => operation switch
    {
        IVariableDeclaratorOperation declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, read.Local)
            && declarator.GetVariableInitializer()?.Value.DescendantsAndSelf().Any(IsCurrent) == true,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment => SymbolEqualityComparer.Default.Equals(target.Local, read.Local)
            && assignment.Value.DescendantsAndSelf().Any(IsCurrent),
        _ => false,
    });

    private bool IsCurrent(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "Current", IsStatic: true, ContainingType: var type } } && KnownTypes.Same(type, model.Types.SynchronizationContext);
}
