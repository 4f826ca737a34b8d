using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The names of functions that may never end, found by syntax alone and kept per file: those with a loop that looks
/// endless, and those that call one of these. They only tell which functions are worth reading.
/// </summary>
internal sealed class EndlessNames(AsyncModel model)
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileNames> Files = new();

    private ImmutableHashSet<string>? names;

    /// <summary>Whether a function of this name may never end.</summary>
    public bool Hold(string name, CancellationToken cancellation) => All(cancellation).Contains(name);

    /// <summary>Whether code, such as a lambda, may itself never end.</summary>
    public bool MayBeIn(SyntaxNode code, CancellationToken cancellation) =>
        code.DescendantNodesAndSelf().Any(node => LooksEndless(node) || node is SimpleNameSyntax name && Hold(name.Identifier.ValueText, cancellation));

    private ImmutableHashSet<string> All(CancellationToken cancellation)
    {
        if (names is not null)
            return names;
        var files = model.Compilation.SyntaxTrees.Select(tree => Of(tree, cancellation)).ToList();
        var found = new HashSet<string>(files.SelectMany(file => file.Looping), StringComparer.Ordinal);
        var open = new Queue<string>(found);
        while (open.Count > 0)
        {
            var called = open.Dequeue();
            foreach (var caller in files.SelectMany(file => file.CallersOf(called, cancellation)))
            {
                if (found.Add(caller))
                    open.Enqueue(caller);
            }
        }

        return names = found.ToImmutableHashSet(StringComparer.Ordinal);
    }

    private static FileNames Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Files.TryGetValue(tree, out var known))
            return known;
        var looping = tree.GetRoot(cancellation).DescendantNodes().Where(LooksEndless).Select(NameAround).OfType<string>().Distinct().ToImmutableArray();
        return Files.GetValue(tree, _ => new FileNames(tree, looping));
    }

    /// <summary>Whether a node is a loop without a condition that could become false, a jump back, or a pause without an end.</summary>
    private static bool LooksEndless(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => LooksConstant(loop.Condition) && !Returns(loop),
        DoStatementSyntax loop => LooksConstant(loop.Condition) && !Returns(loop),
        ForStatementSyntax loop => (loop.Condition is null || LooksConstant(loop.Condition)) && !Returns(loop),
        GotoStatementSyntax jump => jump.IsKind(SyntaxKind.GotoStatement),
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call => NameOf(call) == "Delay" && LooksInfinite(arguments[0]),
        _ => false,
    };

    private static bool LooksConstant(ExpressionSyntax condition) => condition switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.TrueLiteralExpression),
        ParenthesizedExpressionSyntax parenthesized => LooksConstant(parenthesized.Expression),
        PrefixUnaryExpressionSyntax negated => negated.Operand.IsKind(SyntaxKind.FalseLiteralExpression) || LooksConstant(negated.Operand),
        BinaryExpressionSyntax both => IsMadeOfConstants(both.Left) && IsMadeOfConstants(both.Right),
        IdentifierNameSyntax name => IsConstInFile(name),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name.Length > 0 && char.IsUpper(name[0]),
        _ => false,
    };

    private static bool IsMadeOfConstants(ExpressionSyntax part) => part is LiteralExpressionSyntax || LooksConstant(part);

    private static bool IsConstInFile(IdentifierNameSyntax name) => name.SyntaxTree.GetRoot().DescendantNodes().Any(node =>
        node is VariableDeclaratorSyntax declarator && declarator.Identifier.ValueText == name.Identifier.ValueText
        && (declarator.Parent?.Parent switch
        {
            FieldDeclarationSyntax field => field.Modifiers,
            LocalDeclarationStatementSyntax local => local.Modifiers,
            _ => default,
        }).Any(SyntaxKind.ConstKeyword));

    private static bool LooksInfinite(ArgumentSyntax time) => time.Expression.DescendantNodesAndSelf().Any(node => node switch
    {
        PrefixUnaryExpressionSyntax => true,
        SimpleNameSyntax { Identifier.ValueText: "Infinite" or "InfiniteTimeSpan" } => true,
        _ => false,
    });

    private static bool Returns(StatementSyntax loop) =>
        loop.DescendantNodes(node => !Functions.IsFunction(node)).Any(node => node is ReturnStatementSyntax or YieldStatementSyntax);

    private static string? NameOf(InvocationExpressionSyntax call) => BlockingWaits.NameOf(call) is SimpleNameSyntax name ? name.Identifier.ValueText : null;

    /// <summary>The name of the nearest function with one around a node: a lambda runs for the function that holds it.</summary>
    private static string? NameAround(SyntaxNode node) => node.Ancestors().Select(ancestor => ancestor switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    }).FirstOrDefault(name => name is not null);

    /// <summary>The names of one file.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="looping">The functions that hold what looks endless.</param>
    private sealed class FileNames(SyntaxTree tree, ImmutableArray<string> looping)
    {
        private ILookup<string, string>? callers;

        public ImmutableArray<string> Looping { get; } = looping;

        /// <summary>The functions that name a function, to call it or to hand it on.</summary>
        public IEnumerable<string> CallersOf(string called, CancellationToken cancellation) =>
            (callers ??= tree.GetRoot(cancellation).DescendantNodes()
                .OfType<SimpleNameSyntax>()
                .Where(name => name.Parent is InvocationExpressionSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or ArgumentSyntax)
                .Select(name => (Called: name.Identifier.ValueText, Caller: NameAround(name)))
                .Where(pair => pair.Caller is not null && pair.Caller != pair.Called)
                .Distinct()
                .ToLookup(pair => pair.Called, pair => pair.Caller!, StringComparer.Ordinal))[called];
    }
}
