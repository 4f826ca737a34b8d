using System;
using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Asyncify;

/// <summary>Renames methods that come to return tasks, where <c>async_pitfalls.fix_async_suffix</c> asks for it.</summary>
internal static class AsyncSuffix
{
    private const string Suffix = "Async";
    private const string Purpose = "add the suffix Async";

    /// <summary>The edits of all declarations and names of the methods that return a task from now on; null where a new name is taken.</summary>
    /// <param name="chain">The chain, followed to its end.</param>
    /// <param name="rule">The id of the rule that is mended.</param>
    public static IEnumerable<NodeEdit>? Edits(FunctionChain chain, string rule)
    {
        var edits = new List<NodeEdit>();
        foreach (var declaration in chain.ReturnTasks)
        {
            if (!Applies(declaration, rule) || Functions.SymbolOf(declaration.Node, declaration.Semantics) is not { } method)
                continue;
            if (IsTaken(method))
                return null;
            edits.Add(new NodeEdit(declaration.Document.Id, declaration.Node, Purpose, (current, _) => Renamed(current)));
        }

        foreach (var name in chain.Names.Where(name => chain.DeclarationOf(name) is { } declaration && Applies(declaration, rule)))
            edits.Add(new NodeEdit(name.Document.Id, name.Node, Purpose, (current, _) => Renamed(current)));
        return edits;
    }

    private static bool Applies(CodePlace declaration, string rule) =>
        declaration.Node is MethodDeclarationSyntax or LocalFunctionStatementSyntax
        && FixOptions.AsyncSuffix.In(declaration.Node.SyntaxTree, declaration.Model, rule)
        && Functions.SymbolOf(declaration.Node, declaration.Semantics) is { } method
        && !method.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && !SymbolEqualityComparer.Default.Equals(declaration.Semantics.Compilation.GetEntryPoint(default), method);

    /// <summary>Whether the type, or one above it, has a method with the new name and the same parameters, or something else of that name.</summary>
    private static bool IsTaken(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(method.Name + Suffix).Any(member => member is not IMethodSymbol other || TakesTheSame(method, other)))
                return true;
        }

        return false;
    }

    private static bool TakesTheSame(IMethodSymbol one, IMethodSymbol other) =>
        one.Parameters.Length == other.Parameters.Length
        && one.TypeParameters.Length == other.TypeParameters.Length
        && one.Parameters.Zip(other.Parameters, (left, right) => SymbolEqualityComparer.Default.Equals(left.Type, right.Type)).All(same => same);

    private static SyntaxNode Renamed(SyntaxNode current) => current switch
    {
        MethodDeclarationSyntax method => method.WithIdentifier(Longer(method.Identifier)),
        LocalFunctionStatementSyntax local => local.WithIdentifier(Longer(local.Identifier)),
        SimpleNameSyntax name => name.WithIdentifier(Longer(name.Identifier)),
        _ => current,
    };

    private static SyntaxToken Longer(SyntaxToken name) => SyntaxFactory.Identifier(name.ValueText + Suffix).WithTriviaFrom(name);
}
