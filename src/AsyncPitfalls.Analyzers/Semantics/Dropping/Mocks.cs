using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls that only tell a mocking library which call is meant: NSubstitute, Moq, FakeItEasy, Rhino Mocks, JustMock.</summary>
internal sealed class Mocks(AsyncModel model)
{
    /// <summary>Whether a call, or the read of a property, is part of the set-up or the verification of a mock: on what <c>Received()</c> returns, before <c>Returns(…)</c>, or in a lambda given to such a library.</summary>
    public bool IsPartOf(IOperation call) =>
        !model.Types.MockLibraries.IsEmpty && (IsOnVerifier(call) || IsInSetup(call) || IsToldWhatToDo(call));

    /// <summary>Whether a mocking library declares a method.</summary>
    public bool Declare(IMethodSymbol method) =>
        method.ContainingNamespace is { } declaring && model.Types.MockLibraries.Any(library => IsWithin(declaring, library.ContainingNamespace));

    private static bool IsWithin(INamespaceSymbol declaring, INamespaceSymbol library)
    {
        var (own, other) = (declaring.ToDisplayString(), library.ToDisplayString());
        return own == other || own.StartsWith(other + ".", System.StringComparison.Ordinal);
    }

    /// <summary>Whether a call on what <c>Received()</c> and its like return only tells which call is expected.</summary>
    private bool IsOnVerifier(IOperation call)
    {
        for (var receiver = ReceiverOf(call); receiver is not null; receiver = ReceiverOf(receiver))
        {
            if (receiver is IInvocationOperation { TargetMethod.ContainingType: var type }
                && (KnownTypes.Same(type, model.Types.NSubstituteExtensions) || KnownTypes.Same(type, model.Types.NSubstituteReceivedExtensions)))
                return true;
        }

        return false;
    }

    /// <summary>Whether a library is told what a call shall do, by an extension method on its result: <c>handle.WaitOne().Returns(true)</c>.</summary>
    private bool IsToldWhatToDo(IOperation call)
    {
        var parent = call.Parent;
        while (parent is IConversionOperation)
            parent = parent.Parent;
        return parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } told } } && Declare(told);
    }

    private bool IsInSetup(IOperation call)
    {
        for (var current = call.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation
                && HandOvers.At(current)?.Receiver is IInvocationOperation receiver && Declare(receiver.TargetMethod))
                return true;
        }

        return false;
    }

    private static IOperation? ReceiverOf(IOperation operation) => operation switch
    {
        IConversionOperation conversion => conversion.Operand,
        IMemberReferenceOperation member => ConditionalAccesses.Receiver(member.Instance),
        IInvocationOperation call => ConditionalAccesses.Receiver(call.Instance),
        ILocalReferenceOperation local => Locals.OnlyValueOf(local, CancellationToken.None),
        _ => null,
    };
}
