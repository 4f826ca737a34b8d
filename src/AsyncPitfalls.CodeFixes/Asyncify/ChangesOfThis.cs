using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Asyncify;

/// <summary>Methods of structs that change the struct: made async, they would change a copy of it, which is then gone.</summary>
internal static class ChangesOfThis
{
    /// <summary>Whether a method would lose what it does to its own struct, or cannot be async there at all, as in a ref struct.</summary>
    public static bool AreLost(CodePlace function, IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.IsStatic || method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction || method.ContainingType is not { IsValueType: true } type)
            return false;
        return type.IsRefLikeType
            || !method.IsReadOnly && !type.IsReadOnly && Changes(method, function.Model, new HashSet<ISymbol>(SymbolEqualityComparer.Default), cancellation);
    }

    private static bool Changes(IMethodSymbol method, AsyncModel model, HashSet<ISymbol> seen, CancellationToken cancellation) =>
        seen.Add(method)
        && model.Bodies.OperationOf(method, cancellation) is { } body
        && body.Descendants().Any(operation => operation switch
        {
            IAssignmentOperation assignment => IsPartOfThis(assignment.Target),
            IIncrementOrDecrementOperation change => IsPartOfThis(change.Target),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsPartOfThis(argument.Value),
            IInvocationOperation { Instance: { } instance } call when IsPartOfThis(instance) && instance.Type is { IsValueType: true } && !call.TargetMethod.IsReadOnly =>
                !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, method.ContainingType)
                    ? instance is not IInstanceReferenceOperation && !call.TargetMethod.ContainingType.IsReadOnly
                    : Changes(call.TargetMethod, model, seen, cancellation),
            _ => false,
        });

    /// <summary>Whether an expression is <c>this</c>, or a field or property in it that is not behind a reference.</summary>
    private static bool IsPartOfThis(IOperation operation) => operation switch
    {
        IInstanceReferenceOperation => true,
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance } => IsPartOfThis(instance),
        IPropertyReferenceOperation { Instance: { Type.IsValueType: true } instance } => IsPartOfThis(instance),
        IParenthesizedOperation parenthesized => IsPartOfThis(parenthesized.Operand),
        ITupleOperation tuple => tuple.Elements.Any(IsPartOfThis),
        _ => false,
    };
}
