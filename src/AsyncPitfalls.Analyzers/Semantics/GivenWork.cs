using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The asynchronous work that a method is given in its parameters, followed through its body: into locals, lambdas, local
/// functions, <c>Task.Run</c> and methods of this compilation that run what they are given. A delegate that is only
/// registered somewhere is not run.
/// </summary>
/// <param name="model">The compilation's model.</param>
/// <param name="body">The operation of the method's body.</param>
/// <param name="countsTasks">Whether a parameter that is a task counts as work too, beside delegates that return one.</param>
/// <param name="following">The symbols that are being followed, so that none is followed in a circle.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class GivenWork(AsyncModel model, IOperation body, bool countsTasks, HashSet<ISymbol> following, CancellationToken cancellation)
{
    public GivenWork(AsyncModel model, IOperation body, bool countsTasks, CancellationToken cancellation)
        : this(model, body, countsTasks, new HashSet<ISymbol>(SymbolEqualityComparer.Default), cancellation)
    {
    }

    /// <summary>Whether a type is a delegate that makes work when it is called: it returns a task and takes nothing, or only a token.</summary>
    public static bool IsWorkDelegate(ITypeSymbol type, AsyncModel model) =>
        type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
        && model.Awaitables.IsTaskOrValueTask(invoke.ReturnType)
        && invoke.Parameters.All(parameter => KnownTypes.Same(parameter.Type, model.Types.CancellationToken));

    /// <summary>Whether a value is a task of the given work, or carries it.</summary>
    public bool IsIn(IOperation? value)
    {
        switch (value is null ? null : model.Awaitables.Behind(value))
        {
            case IParameterReferenceOperation { Parameter: var parameter }:
                return countsTasks && model.Awaitables.IsTaskOrValueTask(parameter.Type);
            case ILocalReferenceOperation { Local: var local }:
                return Follow(local, () => ValuesOf(local).Any(IsIn));
            case IInvocationOperation call:
                return IsInCall(call);
            case IConditionalAccessInstanceOperation instance:
                return IsIn(ConditionalAccesses.Receiver(instance));
            case IConditionalAccessOperation access:
                return IsIn(access.WhenNotNull) || IsIn(access.Operation);
            case ICoalesceOperation coalesce:
                return IsIn(coalesce.Value) || IsIn(coalesce.WhenNull);
            case IConditionalOperation choice:
                return IsIn(choice.WhenTrue) || IsIn(choice.WhenFalse);
            case IAwaitOperation await:
                return IsIn(await.Operation);
            case IPropertyReferenceOperation { Instance: { } instance } when model.Awaitables.IsTaskOrValueTask(instance.Type):
                return IsIn(instance);
            case IArrayCreationOperation { Initializer: { } elements }:
                return elements.ElementValues.Any(IsIn);
            default:
                return false;
        }
    }

    /// <summary>Whether a delegate runs the given work when it is called.</summary>
    public bool IsRunBy(IOperation? value)
    {
        switch (value)
        {
            case IConversionOperation conversion:
                return IsRunBy(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return IsRunBy(parenthesized.Operand);
            case IDelegateCreationOperation creation:
                return IsRunBy(creation.Target);
            case IParameterReferenceOperation { Parameter: var parameter }:
                return IsWorkDelegate(parameter.Type, model);
            case ILocalReferenceOperation { Local: var local }:
                return Follow(local, () => ValuesOf(local).Any(IsRunBy));
            case IMethodReferenceOperation { Method: { MethodKind: MethodKind.DelegateInvoke }, Instance: { } instance }:
                return IsRunBy(instance);
            case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function }:
                return IsRunIn(function);
            case IAnonymousFunctionOperation lambda:
                return OwnOperations.Of(lambda.Body).Any(IsIn);
            case IConditionalAccessInstanceOperation instance:
                return IsRunBy(ConditionalAccesses.Receiver(instance));
            default:
                return false;
        }
    }

    private bool IsInCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return IsRunBy(call.Instance);
        if (method.MethodKind == MethodKind.LocalFunction && IsRunIn(method))
            return true;
        if (method.Name == WellKnownMemberNames.GetAwaiter)
            return IsIn(call.Instance);
        if (IsStarter(method))
            return call.Arguments.Any(argument => IsRunBy(argument.Value));
        if (KnownTypes.SameOrBelow(method.ContainingType, model.Types.Task) || KnownTypes.Same(method.ContainingType, model.Types.TaskExtensions))
            return IsIn(call.Instance) || call.Arguments.Any(argument => IsIn(argument.Value));
        return call.Arguments.Any(argument => IsRunBy(argument.Value) || IsIn(argument.Value)) && IsRunIn(method);
    }

    /// <summary>Whether the body of a method of this compilation runs the work that it is given, or that of the method around it.</summary>
    private bool IsRunIn(IMethodSymbol method) => Follow(method.OriginalDefinition, () =>
        model.Bodies.OperationOf(method, cancellation) is { } inner
        && OwnOperations.Of(inner).Any(new GivenWork(model, inner, countsTasks, following, cancellation).IsIn));

    private bool IsStarter(IMethodSymbol method) =>
        method.Name == "Run" && KnownTypes.Same(method.ContainingType, model.Types.Task)
        || method.Name == "StartNew" && (KnownTypes.Same(method.ContainingType, model.Types.TaskFactory) || KnownTypes.Same(method.ContainingType, model.Types.TaskFactoryOfT))
        || method.Name == "RunAsync" && KnownTypes.SameOrBelow(method.ContainingType, model.Types.JoinableTaskFactory);

    private IEnumerable<IOperation> ValuesOf(ILocalSymbol local) =>
        body.DescendantsAndSelf().Select(operation => operation switch
        {
            IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) =>
                declarator.GetVariableInitializer()?.Value,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                when SymbolEqualityComparer.Default.Equals(target.Local, local) => assignment.Value,
            _ => null,
        }).OfType<IOperation>();

    /// <summary>Answers no where following a symbol leads back to it.</summary>
    private bool Follow(ISymbol symbol, System.Func<bool> answer)
    {
        if (!following.Add(symbol))
            return false;
        var found = answer();
        following.Remove(symbol);
        return found;
    }
}
