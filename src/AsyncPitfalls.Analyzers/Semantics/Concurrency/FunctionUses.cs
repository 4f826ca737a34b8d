using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A place from which a function is run: it is called there, or handed as a delegate to a call.</summary>
/// <param name="Call">The call of the function, or the call that gets it.</param>
/// <param name="Parameter">The parameter that takes it; null where it is called itself.</param>
/// <param name="Instance">The object whose method it is; null for lambdas, local functions and static methods.</param>
internal sealed record FunctionUse(IInvocationOperation Call, IParameterSymbol? Parameter, IOperation? Instance);

/// <summary>
/// From where functions are run, as far as their neighbours do it: lambdas where they stand or through the local that holds
/// them, local functions in the body around them, methods in the type that declares them.
/// </summary>
internal sealed class FunctionUses(AsyncModel model)
{
    /// <summary>How many characters a member may have in which uses of a method are looked for, some four hundred lines: binding a longer one takes more than 30 ms, and does not stop when it is cancelled.</summary>
    private const int LongestMember = 20_000;

    private readonly ConcurrentDictionary<IOperation, ImmutableArray<FunctionUse>> ofFunctions = new();
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<FunctionUse>> ofMethods = new(SymbolEqualityComparer.Default);

    /// <summary>The uses of a function, given by its operation: a lambda, a local function, or the root of a method's operations.</summary>
    public ImmutableArray<FunctionUse> Of(IOperation function, CancellationToken cancellation) =>
        ofFunctions.TryGetValue(function, out var known) ? known : ofFunctions.GetOrAdd(function, Find(function, cancellation));

    private ImmutableArray<FunctionUse> Find(IOperation function, CancellationToken cancellation) => function switch
    {
        IAnonymousFunctionOperation => OfDelegate(function, null).ToImmutableArray(),
        ILocalFunctionOperation local => OwnOperations.RootOf(local).Descendants().SelectMany(operation => At(operation, local.Symbol)).ToImmutableArray(),
        { SemanticModel: { } semantics } when Functions.IsFunction(function.Syntax)
            && Functions.SymbolOf(function.Syntax, semantics) is { MethodKind: MethodKind.Ordinary } method => ofMethods.GetOrAdd(method, key => OfMethod(key, cancellation).ToImmutableArray()),
        _ => ImmutableArray<FunctionUse>.Empty,
    };

    /// <summary>The uses of a function through the delegate that a method group makes of it.</summary>
    public IEnumerable<FunctionUse> Of(IMethodReferenceOperation group) => OfDelegate(group, group.Instance);

    private IEnumerable<FunctionUse> OfMethod(IMethodSymbol method, CancellationToken cancellation)
    {
        var trees = method.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct();
        foreach (var name in trees.SelectMany(tree => NamedBodies.In(tree, cancellation).NamesOf(method.Name)))
        {
            if (name.Parent is NameColonSyntax or QualifiedNameSyntax or AttributeSyntax || name.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.Span.Length > LongestMember)
                continue;
            ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            var use = whole.Parent is InvocationExpressionSyntax call && call.Expression == whole ? call : whole;
            if (model.Bodies.SemanticsOf(name.SyntaxTree).GetOperation(use, cancellation) is not { } operation)
                continue;
            foreach (var found in At(operation, method))
                yield return found;
        }
    }

    /// <summary>What an operation does with a function: it calls it, or makes a delegate of it.</summary>
    private IEnumerable<FunctionUse> At(IOperation operation, IMethodSymbol function)
    {
        switch (operation)
        {
            case IInvocationOperation call when Means(call.TargetMethod, function):
                return [new FunctionUse(call, null, call.Instance)];
            case IMethodReferenceOperation group when Means(group.Method, function):
                return OfDelegate(group, group.Instance);
            default:
                return [];
        }
    }

    private static bool Means(IMethodSymbol used, IMethodSymbol function) =>
        SymbolEqualityComparer.Default.Equals((used.PartialDefinitionPart ?? used).OriginalDefinition, (function.PartialDefinitionPart ?? function).OriginalDefinition);

    /// <summary>Who gets a lambda or method group: a call, or a local by which it is called or handed on.</summary>
    private IEnumerable<FunctionUse> OfDelegate(IOperation function, IOperation? instance) => HandOvers.At(function) switch
    {
        { Receiver: IInvocationOperation call, Parameter: { } parameter } => [new FunctionUse(call, parameter, instance)],
        { Receiver: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } } =>
            model.TaskFates.ReadsOf(local, function).SelectMany(read => OfRead(read, instance)),
        _ => [],
    };

    private static IEnumerable<FunctionUse> OfRead(IOperation read, IOperation? instance)
    {
        while (read.Parent is IConversionOperation or IParenthesizedOperation)
            read = read.Parent;
        return read.Parent switch
        {
            IInvocationOperation call when call.Instance == read => [new FunctionUse(call, null, instance)],
            IArgumentOperation { Parent: IInvocationOperation call, Parameter: { } parameter } => [new FunctionUse(call, parameter, instance)],
            _ => [],
        };
    }
}
