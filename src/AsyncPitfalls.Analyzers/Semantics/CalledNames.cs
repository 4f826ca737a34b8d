using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>The names of what is called: where they stand, and how a message gives them.</summary>
internal static class CalledNames
{
    /// <summary>The place of the called name, without type arguments.</summary>
    public static Location LocationOf(SyntaxNode call) =>
        BlockingWaits.NameOf(call) is var name && name is SimpleNameSyntax simple ? simple.Identifier.GetLocation() : name.GetLocation();

    /// <summary>The called name, without type arguments.</summary>
    public static string TextOf(SyntaxNode call) =>
        BlockingWaits.NameOf(call) is var name && name is SimpleNameSyntax simple ? simple.Identifier.ValueText : name.ToString();

    /// <summary>The place of a whole call, with the receiver of the <c>?.</c> that it begins with, if any.</summary>
    public static Location WholeOf(SyntaxNode call)
    {
        var start = call.SpanStart;
        foreach (var ancestor in call.Ancestors().TakeWhile(ancestor => ancestor is ExpressionSyntax))
        {
            if (ancestor is ConditionalAccessExpressionSyntax access && access.WhenNotNull.Span.Contains(call.Span) && access.WhenNotNull.SpanStart == start)
                start = access.SpanStart;
        }

        return Location.Create(call.SyntaxTree, TextSpan.FromBounds(start, call.Span.End));
    }

    /// <summary>A member with the type that declares it: <c>AsyncContext.Run</c>; a local function by its own name.</summary>
    public static string Of(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.LocalFunction } || member.ContainingType is not { Name: { Length: > 0 } type }
            ? member.Name
            : type + "." + member.Name;
}
