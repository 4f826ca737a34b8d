using System.Linq;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>The awaitable method beside a synchronous one: <c>RunAsync</c> beside <c>Run</c>, in the same type.</summary>
internal static class AsyncTwins
{
    /// <summary>The name of the awaitable method that takes what a call passes; null where the type has none.</summary>
    public static string? NameOf(IInvocationOperation call, AsyncModel model)
    {
        var name = call.TargetMethod.Name + "Async";
        for (var type = call.TargetMethod.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).OfType<IMethodSymbol>().Any(twin => Takes(twin, call, model)))
                return name;
        }

        return null;
    }

    /// <summary>Whether a type, or one of its bases, has a member of a name.</summary>
    public static bool HasMember(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(name).IsEmpty)
                return true;
        }

        return false;
    }

    /// <summary>A call with another name in the place of the called one; type arguments stay.</summary>
    public static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, string name)
    {
        var called = (SimpleNameSyntax)BlockingWaits.NameOf(call);
        return call.ReplaceToken(called.Identifier, SyntaxFactory.Identifier(name).WithTriviaFrom(called.Identifier));
    }

    private static bool Takes(IMethodSymbol twin, IInvocationOperation call, AsyncModel model)
    {
        var given = call.Arguments.Where(argument => argument.ArgumentKind != ArgumentKind.DefaultValue).Select(argument => argument.Parameter).ToList();
        return twin.IsStatic == call.TargetMethod.IsStatic
            && twin.Arity == call.TargetMethod.Arity
            && model.Awaitables.ResultOf(twin.ReturnType) is not null
            && twin.Parameters.Length >= given.Count
            && given.Zip(twin.Parameters, (parameter, other) => parameter?.OriginalDefinition.Type.Name == other.Type.Name).All(same => same)
            && twin.Parameters.Skip(given.Count).All(parameter => parameter.IsOptional || parameter.IsParams);
    }
}
