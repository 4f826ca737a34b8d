using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Which synchronous members of this compilation an operation runs.</summary>
internal sealed class MemberRuns(AsyncModel model)
{
    private readonly InPlaceRuns inPlace = new(model);

    /// <summary>
    /// The members that a call, a read or write of a property or indexer, or a creation may run, of which it runs one: empty
    /// where one of them is no synchronous member of this compilation, where the user says that it blocks nobody for long, and
    /// where the operation is none of these.
    /// </summary>
    public ImmutableArray<IMethodSymbol> Of(IOperation operation, CancellationToken cancellation)
    {
        var (member, isVirtual) = CalledBy(operation);
        if (member is null || !IsSynchronous(member) || BlockingMembers.Harmless.In(operation.Syntax.SyntaxTree, model, RuleCatalog.AP0014.Id).Holds(MemberOf(member)))
            return ImmutableArray<IMethodSymbol>.Empty;
        var targets = isVirtual ? model.CallTargets.Of(member) : ImmutableArray.Create(Definition(member));
        return targets.All(target => IsSynchronous(target) && Runs(target, operation, cancellation)) ? targets : ImmutableArray<IMethodSymbol>.Empty;
    }

    /// <summary>The operations that a function runs itself, with those of the lambdas that are run in place.</summary>
    public IEnumerable<IOperation> OwnOf(IOperation function, CancellationToken cancellation)
    {
        foreach (var operation in OwnOperations.Of(function))
        {
            yield return operation;
            if (operation is not IAnonymousFunctionOperation lambda)
                continue;
            // Whether it is run is the dearer question.
            var inner = OwnOf(lambda.Body, cancellation).Where(IsRun).ToList();
            if (inner.Count == 0 || !inPlace.Has(lambda, cancellation))
                continue;
            foreach (var run in inner)
                yield return run;
        }
    }

    /// <summary>Whether an operation is part of what a <c>throw</c> throws: who gets there has failed, and nearly nobody does.</summary>
    public static bool IsThrown(IOperation operation) => OwnOperations.Around(operation).Any(around => around.Outer is IThrowOperation);

    /// <summary>Whether an operation is of a kind that can run a member, or block.</summary>
    public static bool IsRun(IOperation operation) => operation is IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation;

    /// <summary>Whether who gets a value of a type awaits it, or its elements.</summary>
    public static bool IsAwaited(ITypeSymbol type, AsyncModel model) =>
        model.Awaitables.ResultOf(type) is not null
        || KnownTypes.Same(type, model.Types.AsyncEnumerableOfT)
        || KnownTypes.Same(type, model.Types.AsyncEnumeratorOfT);

    /// <summary>Whether a property or indexer is only written.</summary>
    public static bool IsOnlyWritten(IPropertyReferenceOperation property) =>
        property.Parent is ISimpleAssignmentOperation assignment && assignment.Target == property;

    /// <summary>The property or indexer of an accessor; any other member itself.</summary>
    private static ISymbol MemberOf(IMethodSymbol member) => member.AssociatedSymbol ?? member;

    private static (IMethodSymbol? Member, bool IsVirtual) CalledBy(IOperation operation) => operation switch
    {
        IInvocationOperation call => (call.TargetMethod, call.IsVirtual),
        IPropertyReferenceOperation property => (
            IsOnlyWritten(property) ? property.Property.SetMethod : property.Property.GetMethod,
            property.Instance?.Syntax is not BaseExpressionSyntax),
        IObjectCreationOperation creation => (creation.Constructor, false),
        _ => default,
    };

    /// <summary>Whether a member of this compilation does what it does before it returns to its caller.</summary>
    private bool IsSynchronous(IMethodSymbol member) =>
        !member.IsAsync
        && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, model.Compilation.Assembly)
        && member.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.ExplicitInterfaceImplementation
        && !IsAwaited(member.ReturnType, model);

    /// <summary>Whether a target has been run once the operation is done: an iterator runs only where it is enumerated.</summary>
    private bool Runs(IMethodSymbol target, IOperation operation, CancellationToken cancellation) =>
        target.ReturnType.TypeKind != TypeKind.Interface
        || Bodies.SyntaxOf(target, cancellation) is not { } body
        || !Functions.IsIterator(body)
        || operation is IInvocationOperation call && inPlace.IsEnumerated(call);

    private static IMethodSymbol Definition(IMethodSymbol member) => (member.ReducedFrom ?? member).OriginalDefinition;
}
