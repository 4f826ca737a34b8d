using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>Calls of one method made calls of another.</summary>
internal static class RenamedCalls
{
    /// <summary>A call with another name in the place of the called one; type arguments stay.</summary>
    public static InvocationExpressionSyntax To(InvocationExpressionSyntax call, string name)
    {
        var called = (SimpleNameSyntax)BlockingWaits.NameOf(call);
        return call.ReplaceToken(called.Identifier, SyntaxFactory.Identifier(name).WithTriviaFrom(called.Identifier));
    }
}
