using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Whether a method could be called in the place of one call: it takes what the call gives, in order, then at most one
/// token, then only what may be left out, and what its await yields fits.
/// </summary>
/// <param name="model">The compilation's model.</param>
/// <param name="call">The synchronous call.</param>
/// <param name="within">The type from which the call is made, or the assembly.</param>
internal sealed class SiblingSignatures(AsyncModel model, IInvocationOperation call, ISymbol within)
{
    /// <summary>The type whose members may be called in the place of a call: that of the receiver, of static methods the one that declares them.</summary>
    public static ITypeSymbol? SearchedTypeOf(IInvocationOperation call) => ReceiverOf(call)?.Type ?? (IsCalledOnObject(call) ? null : call.TargetMethod.ContainingType);

    /// <summary>The type whose members may be called in the place of the call.</summary>
    public ITypeSymbol SearchedType { get; } = SearchedTypeOf(call) ?? call.TargetMethod.ContainingType;

    /// <summary>What the call is made on; null for a static one.</summary>
    public IOperation? Receiver { get; } = ReceiverOf(call);

    private bool IsResultUnused { get; } = IsUnused(call);

    /// <summary>The sibling that a member of the searched type is; null where it is none.</summary>
    public AsyncSibling? OfMember(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
        && method.IsStatic == (Receiver is null)
        && !IsReducedExtension(method)
        && Constructed(method) is { } constructed
            ? Match(constructed, constructed.Parameters)
            : null;

    /// <summary>The sibling that an extension method is for what the call is made on; null where it is none.</summary>
    public AsyncSibling? OfExtension(IMethodSymbol extension)
    {
        if (Receiver?.Type is not { } receiver)
            return null;
        if (extension.Arity == call.TargetMethod.Arity && Constructed(extension) is { } alike && Converts(receiver, alike.Parameters[0].Type))
            return Match(alike, alike.Parameters.RemoveAt(0));
        if (call.TargetMethod.Arity > 0 && !call.TargetMethod.IsExtensionMethod
            || extension.ReduceExtensionMethod(receiver) is not { ReducedFrom: { } definition } reduced
            || !extension.TypeParameters.IsEmpty && extension.TypeParameters.Any(parameter => reduced.GetTypeInferredDuringReduction(parameter) is null))
            return null;
        var inferred = definition.Arity == 0 ? definition : definition.Construct([.. definition.TypeParameters.Select(parameter => reduced.GetTypeInferredDuringReduction(parameter)!)]);
        return Match(inferred, inferred.Parameters.RemoveAt(0));
    }

    private bool IsReducedExtension(IMethodSymbol method) => method.IsExtensionMethod && Receiver is not null;

    /// <summary>The method with the type arguments of the called one; null where it takes another number, or its constraints forbid one.</summary>
    private IMethodSymbol? Constructed(IMethodSymbol method)
    {
        var arguments = call.TargetMethod.TypeArguments;
        if (method.Arity != arguments.Length)
            return null;
        return method.Arity == 0
            ? method
            : method.TypeParameters.Zip(arguments, Satisfies).All(satisfied => satisfied) ? method.Construct([.. arguments]) : null;
    }

    private bool Satisfies(ITypeParameterSymbol parameter, ITypeSymbol argument) =>
        (!parameter.HasReferenceTypeConstraint || argument.IsReferenceType)
        && (!parameter.HasValueTypeConstraint || argument is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T })
        && (!parameter.HasUnmanagedTypeConstraint || argument.IsUnmanagedType)
        && (!parameter.HasConstructorConstraint || HasConstructor(argument))
        && parameter.ConstraintTypes.All(constraint => NamesParameters(constraint) || Converts(argument, constraint));

    private static bool HasConstructor(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.HasConstructorConstraint || parameter.HasValueTypeConstraint,
        INamedTypeSymbol named => named.IsValueType || !named.IsAbstract && named.InstanceConstructors.Any(constructor => constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public }),
        _ => false,
    };

    private static bool NamesParameters(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        INamedTypeSymbol named => named.TypeArguments.Any(NamesParameters),
        _ => false,
    };

    private AsyncSibling? Match(IMethodSymbol method, ImmutableArray<IParameterSymbol> parameters)
    {
        // Through 'base' all is accessible that is so through 'this': a protected member is not, through other objects of that type.
        var through = method.IsStatic || Receiver?.Syntax is BaseExpressionSyntax ? null : Receiver?.Type;
        if (IsObsolete(method) || !model.Compilation.IsSymbolAccessibleWithin(method, within, through) || !Fits(method))
            return null;
        var called = Receiver is not null && call.TargetMethod.IsExtensionMethod ? call.TargetMethod.Parameters.RemoveAt(0) : call.TargetMethod.Parameters;
        var taken = ImmutableArray.CreateBuilder<IParameterSymbol?>(called.Length);
        var next = 0;
        var givesToken = false;
        foreach (var parameter in called)
        {
            var given = call.Arguments.FirstOrDefault(argument => SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, parameter.OriginalDefinition));
            var taker = next < parameters.Length ? parameters[next] : null;
            if (given is null || IsLeftOut(given))
            {
                var isPaired = taker is not null && IsOptional(taker) && IsSame(parameter.Type, taker.Type) && !IsToken(taker);
                taken.Add(isPaired ? taker : null);
                next += isPaired ? 1 : 0;
                continue;
            }

            if (taker is null || !Takes(taker, parameter, given))
                return null;
            givesToken |= IsToken(parameter);
            taken.Add(taker);
            next++;
        }

        var rest = parameters.RemoveRange(0, next);
        var token = givesToken ? null : rest.FirstOrDefault(IsToken);
        return rest.All(parameter => IsOptional(parameter) || parameter.Equals(token, SymbolEqualityComparer.Default) && parameter.Ordinal == rest[0].Ordinal)
            ? new AsyncSibling(method, taken.ToImmutable(), token, null)
            : null;
    }

    /// <summary>Whether a parameter takes what the call gives for one of the called method.</summary>
    private bool Takes(IParameterSymbol taker, IParameterSymbol parameter, IArgumentOperation given)
    {
        if (taker.RefKind is not (RefKind.None or RefKind.In))
            return false;
        if (given.ArgumentKind == ArgumentKind.ParamArray)
            return taker.IsParams && IsSame(parameter.Type, taker.Type);
        return Converts(parameter.Type, taker.Type) || IsMemoryOf(taker.Type, parameter.Type);
    }

    /// <summary>Whether a memory can stand for a span: one that only reads for one that only reads.</summary>
    private bool IsMemoryOf(ITypeSymbol memory, ITypeSymbol span)
    {
        var isWritten = KnownTypes.Same(span, model.Types.SpanOfT);
        if (!isWritten && !KnownTypes.Same(span, model.Types.ReadOnlySpanOfT))
            return false;
        return (KnownTypes.Same(memory, model.Types.ReadOnlyMemoryOfT) || isWritten && KnownTypes.Same(memory, model.Types.MemoryOfT))
            && IsSame(((INamedTypeSymbol)memory).TypeArguments[0], ((INamedTypeSymbol)span).TypeArguments[0]);
    }

    /// <summary>Whether a value of one type can be given where another is asked, and is still the same value; <c>object</c> takes everything and so says nothing.</summary>
    private bool Converts(ITypeSymbol from, ITypeSymbol to)
    {
        if (IsSame(from, to))
            return true;
        if (to.SpecialType == SpecialType.System_Object)
            return false;
        var conversion = model.Compilation.ClassifyConversion(from, to);
        return conversion.IsImplicit
            && (conversion.IsReference || conversion.IsBoxing || conversion.IsNullable || conversion.IsIdentity || conversion.IsUserDefined && IsBuffer(to));
    }

    private bool IsBuffer(ITypeSymbol type) =>
        KnownTypes.Same(type, model.Types.MemoryOfT) || KnownTypes.Same(type, model.Types.ReadOnlyMemoryOfT) || KnownTypes.Same(type, model.Types.ArraySegmentOfT);

    /// <summary>Whether what awaiting a method yields can stand where the result of the call stands.</summary>
    private bool Fits(IMethodSymbol method)
    {
        if (call.SemanticModel is not { } semantics || model.Awaitables.ResultAt(method.ReturnType, semantics, call.Syntax.SpanStart) is not { } yielded)
            return false;
        if (call.TargetMethod.ReturnsVoid || IsResultUnused)
            return true;
        return yielded.SpecialType != SpecialType.System_Void
            && (IsSame(yielded, call.TargetMethod.ReturnType) || model.Compilation.ClassifyConversion(yielded, call.TargetMethod.ReturnType) is { IsImplicit: true, IsUserDefined: false });
    }

    private bool IsObsolete(IMethodSymbol method) => method.GetAttributes().Any(data => KnownTypes.Same(data.AttributeClass, model.Types.ObsoleteAttribute));

    private bool IsToken(IParameterSymbol parameter) => KnownTypes.Same(parameter.Type, model.Types.CancellationToken);

    private static bool IsLeftOut(IArgumentOperation argument) =>
        argument.ArgumentKind == ArgumentKind.DefaultValue
        || argument is { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer.ElementValues.IsEmpty: true } };

    private static bool IsOptional(IParameterSymbol parameter) => parameter.IsOptional || parameter.IsParams;

    private static bool IsSame(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>What a call is made on, without the conversion to the type that an extension method asks; null for a static call.</summary>
    public static IOperation? ReceiverOf(IInvocationOperation call)
    {
        if (call.Instance is { } instance)
            return instance;
        if (!IsCalledOnObject(call))
            return null;
        var extended = call.Arguments[0].Value;
        while (extended is IConversionOperation { IsImplicit: true } conversion)
            extended = conversion.Operand;
        return extended;
    }

    /// <summary>Whether an extension method is called as a method of the object that it extends.</summary>
    private static bool IsCalledOnObject(IInvocationOperation call) =>
        call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 && call.Arguments[0].Syntax is not ArgumentSyntax;

    /// <summary>Whether nobody uses what a call returns.</summary>
    private static bool IsUnused(IInvocationOperation call)
    {
        IOperation whole = call;
        while (whole.Parent is IConditionalAccessOperation access && access.WhenNotNull == whole)
            whole = access;
        return whole.Parent is IExpressionStatementOperation;
    }
}
