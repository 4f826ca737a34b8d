using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Asyncify;

/// <summary>What a place that names a method does with it.</summary>
internal enum CallSiteKind
{
    /// <summary>It only names the method: <c>nameof</c>, documentation.</summary>
    NameOnly,

    /// <summary>It calls the method.</summary>
    Call,

    /// <summary>It makes a delegate of the method.</summary>
    MethodGroup,

    /// <summary>Something else, such as a call that <c>foreach</c> makes, a name that an attribute looks up, or code that does not compile.</summary>
    Other,
}

/// <summary>A place that names a method.</summary>
/// <param name="Kind">What it does with the method.</param>
/// <param name="Place">The call, the expression that is the method group, or the name.</param>
/// <param name="Name">The name alone.</param>
internal sealed record CallSite(CallSiteKind Kind, CodePlace Place, SyntaxNode Name)
{
    /// <summary>The site of a reference; null where it is in a file that cannot be changed.</summary>
    public static async Task<CallSite?> OfAsync(ReferenceLocation reference, CancellationToken cancellation)
    {
        var root = await reference.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null)
            return null;
        var name = root.FindNode(reference.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
        if (await CodePlace.OfAsync(reference.Document, name, cancellation).ConfigureAwait(false) is not { } place)
            return null;
        if (name.IsPartOfStructuredTrivia())
            return new CallSite(CallSiteKind.NameOnly, place, name);
        if (IsInNameOf(name, place.Semantics, cancellation))
            return new CallSite(IsInAttribute(name) ? CallSiteKind.Other : CallSiteKind.NameOnly, place, name);
        // The only method of a group that becomes a System.Delegate is no more than a candidate.
        var method = MethodExpression(name);
        var isUncertain = reference.IsCandidateLocation && method.Parent is not ArgumentSyntax;
        if (reference.IsImplicit || isUncertain || name is not SimpleNameSyntax)
            return new CallSite(CallSiteKind.Other, place, name);
        return method.Parent is InvocationExpressionSyntax call && call.Expression == method
            ? new CallSite(CallSiteKind.Call, place.At(call), name)
            : new CallSite(CallSiteKind.MethodGroup, place.At(method), name);
    }

    /// <summary>The whole expression that names a method: <c>M</c>, <c>x.M</c>, <c>.M</c>.</summary>
    private static SyntaxNode MethodExpression(SyntaxNode name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access,
        MemberBindingExpressionSyntax binding => binding,
        _ => name,
    };

    /// <summary>Whether a name is an argument of an attribute, by which somebody may find the method and call it.</summary>
    private static bool IsInAttribute(SyntaxNode name) => name.FirstAncestorOrSelf<AttributeSyntax>() is not null;

    private static bool IsInNameOf(SyntaxNode name, SemanticModel semantics, CancellationToken cancellation) =>
        MethodExpression(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && semantics.GetOperation(call, cancellation) is INameOfOperation;
}
