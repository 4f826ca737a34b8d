using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>What is disposed at the end of the code that it is used in.</summary>
internal static class Disposals
{
    /// <summary>
    /// Whether a call works with a local that a <c>using</c> or <c>finally</c> around it disposes: as its receiver, an
    /// argument, a part of one, or a capture of a lambda among the arguments.
    /// </summary>
    public static bool EndsInputOf(IInvocationOperation call) =>
        call.Descendants().OfType<ILocalReferenceOperation>().Any(local =>
            !IsMereValue(local, call) && (IsResource(local.Local) || IsDisposedAfter(local.Local, call)));

    /// <summary>Whether only a number or text of the local reaches the call, which outlives it.</summary>
    private static bool IsMereValue(IOperation local, IInvocationOperation call)
    {
        for (var current = local; current is not null && current != call; current = current.Parent)
        {
            if (current is IArgumentOperation { Value.Type: { } type } && (type.SpecialType != SpecialType.None || type.TypeKind == TypeKind.Enum))
                return true;
        }

        return false;
    }

    private static bool IsResource(ILocalSymbol local) =>
        local.IsUsing
        || local.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is VariableDeclaratorSyntax
        {
            Parent: VariableDeclarationSyntax { Parent: UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } },
        });

    private static bool IsDisposedAfter(ILocalSymbol local, IOperation call)
    {
        for (var current = call; current.Parent is { } parent; current = parent)
        {
            if (parent is ITryOperation { Finally: { } cleanup } attempt && attempt.Body == current
                && cleanup.Descendants().OfType<IInvocationOperation>().Any(disposal =>
                    disposal.TargetMethod.Name is "Dispose" or "DisposeAsync" or "Close"
                    && disposal.Instance is ILocalReferenceOperation disposed && SymbolEqualityComparer.Default.Equals(disposed.Local, local)))
                return true;
        }

        return false;
    }
}
