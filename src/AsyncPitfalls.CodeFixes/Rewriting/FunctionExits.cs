using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// The statements that follow one in its list, up to where the list is left: the scope in which a local that is declared
/// there can be awaited.
/// </summary>
internal sealed class FunctionExits
{
    private readonly IReadOnlyList<StatementSyntax> following;

    private FunctionExits(SyntaxNode list, IReadOnlyList<StatementSyntax> following)
    {
        List = list;
        this.following = following;
    }

    /// <summary>What holds the statements: a block, a section of a <c>switch</c>, or the compilation unit of top-level statements.</summary>
    public SyntaxNode List { get; }

    /// <summary>Whether nothing follows beside which a task could go on running.</summary>
    public bool IsLast => following.All(statement => statement is BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax { Expression: null });

    /// <summary>The last statement, after which the list ends; null where it begins with its end.</summary>
    public StatementSyntax? Last => following.LastOrDefault();

    /// <summary>What follows a statement; null where that is not in a list, or a jump or iterator makes its exits hard to tell.</summary>
    public static FunctionExits? After(StatementSyntax statement)
    {
        SyntaxNode element = statement.Parent is GlobalStatementSyntax ? statement.Parent : statement;
        if (element.Parent is not { } list || StatementsOf(list) is not { } statements)
            return null;
        var following = statements
            .SkipWhile(candidate => candidate != statement)
            .Skip(1)
            .Where(candidate => candidate is not LocalFunctionStatementSyntax)
            .ToList();
        return following.SelectMany(OwnNodes).Any(IsHardToTell) ? null : new FunctionExits(list, following);
    }

    /// <summary>The statements of a list; null where a node holds none.</summary>
    public static IEnumerable<StatementSyntax>? StatementsOf(SyntaxNode list) => list switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
        _ => null,
    };

    /// <summary>The statements that leave the list before its end, without those that a <c>catch</c> in it keeps there, and those before which a variable was observed for certain.</summary>
    /// <param name="variable">The variable's name; null where it is new.</param>
    public IEnumerable<StatementSyntax> Early(string? variable) => following
        .SelectMany(OwnNodes)
        .OfType<StatementSyntax>()
        .Where(statement => Leaves(statement) && !IsObservedAt(statement, variable));

    /// <summary>Whether the end of the list is reached with the variable perhaps unobserved.</summary>
    public bool IsOpenAtEnd(string? variable, SemanticModel semantics) =>
        Last is not { } last
        || semantics.AnalyzeControlFlow(last) is { Succeeded: true, EndPointIsReachable: true }
            && !following.Any(statement => IsCertainlyObserving(statement, variable));

    /// <summary>The same exits, but only those before a statement of the list.</summary>
    public FunctionExits? Before(StatementSyntax end) =>
        following.Contains(end) ? new FunctionExits(List, following.TakeWhile(statement => statement != end).ToList()) : null;

    private bool Leaves(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax => true,
        ThrowStatementSyntax => !Between(statement).Any(node => node is BlockSyntax { Parent: TryStatementSyntax { Catches.Count: > 0 } attempt } block && attempt.Block == block),
        BreakStatementSyntax => !Between(statement).Any(node => IsLoop(node) || node is SwitchStatementSyntax),
        ContinueStatementSyntax => !Between(statement).Any(IsLoop),
        _ => false,
    };

    private IEnumerable<SyntaxNode> Between(SyntaxNode node) => node.Ancestors().TakeWhile(ancestor => ancestor != List);

    private bool IsObservedAt(StatementSyntax exit, string? variable)
    {
        if (variable is null)
            return false;
        if (Reads(exit, variable))
            return true;
        foreach (var node in exit.AncestorsAndSelf().TakeWhile(ancestor => ancestor != List))
        {
            var isElement = node.Parent == List || node.Parent is GlobalStatementSyntax;
            var before = isElement ? following : node.Parent is { } parent ? StatementsOf(parent) ?? [] : [];
            if (node is StatementSyntax && before.TakeWhile(statement => statement != node).Any(statement => IsCertainlyObserving(statement, variable)))
                return true;
        }

        return false;
    }

    private static bool IsCertainlyObserving(StatementSyntax statement, string? variable) =>
        variable is not null
        && statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax
        && statement.DescendantNodes().Any(node => node is AwaitExpressionSyntax or ArgumentSyntax && Reads(node, variable));

    private static bool Reads(SyntaxNode node, string variable) =>
        OwnNodes(node).Any(inner => inner is IdentifierNameSyntax name && name.Identifier.ValueText == variable);

    private static bool IsHardToTell(SyntaxNode node) =>
        node is GotoStatementSyntax or LabeledStatementSyntax or YieldStatementSyntax or ThrowExpressionSyntax;

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static IEnumerable<SyntaxNode> OwnNodes(SyntaxNode node) =>
        node.DescendantNodesAndSelf(inner => inner == node || !Functions.IsFunction(inner));
}
