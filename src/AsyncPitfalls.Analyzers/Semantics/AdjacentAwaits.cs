using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Awaits that follow one another with nothing between them but the use of the first one's result: in one expression, or
/// in statements of one list.
/// </summary>
internal static class AdjacentAwaits
{
    /// <summary>The await right before another one; null where something else comes between, or nothing comes before.</summary>
    public static AwaitExpressionSyntax? Before(AwaitExpressionSyntax await)
    {
        if (StatementOf(await) is not { } statement)
            return null;
        var earlier = AwaitsIn(statement).LastOrDefault(other => other.Span.End <= await.SpanStart);
        return earlier is null ? BeforeStatement(statement) : IsOnlyUsed(earlier, await, statement) ? earlier : null;
    }

    /// <summary>The await right after another one; null where there is none.</summary>
    public static AwaitExpressionSyntax? After(AwaitExpressionSyntax await)
    {
        if (StatementOf(await) is not { } statement)
            return null;
        return AwaitsIn(statement)
            .Concat((ListOf(statement) ?? []).SkipWhile(other => other != statement).Skip(1).SelectMany(AwaitsIn))
            .FirstOrDefault(other => other.SpanStart >= await.Span.End && Before(other) == await);
    }

    /// <summary>The statement that itself holds an await, not in a nested statement; null for expression bodies.</summary>
    public static StatementSyntax? StatementOf(AwaitExpressionSyntax await)
    {
        for (var node = await.Parent; node is not null && !Functions.IsFunction(node); node = node.Parent)
        {
            if (node is StatementSyntax statement)
                return statement;
        }

        return null;
    }

    /// <summary>The statement right before another one in its list; null where there is none.</summary>
    public static StatementSyntax? Previous(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax => NodeBefore(statement) as StatementSyntax,
        GlobalStatementSyntax global => (NodeBefore(global) as GlobalStatementSyntax)?.Statement,
        _ => null,
    };

    /// <summary>Whether two awaits stand in one statement or expression, or in statements with none between that does anything.</summary>
    public static bool AreNeighbours(AwaitExpressionSyntax first, AwaitExpressionSyntax second)
    {
        var (from, to) = (StatementOf(first), StatementOf(second));
        if (from is null || to is null || from == to)
            return from == to;
        var earlier = Previous(to);
        while (earlier is LocalFunctionStatementSyntax or EmptyStatementSyntax)
            earlier = Previous(earlier);
        return earlier == from;
    }

    /// <summary>The statements of the list in which a statement stands; null where it stands alone.</summary>
    public static IEnumerable<StatementSyntax>? ListOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement),
        _ => null,
    };

    // By position, since looking a member up in a list of thousands takes long.
    private static SyntaxNode? NodeBefore(SyntaxNode node) =>
        node.Parent is { } parent && node.FullSpan.Start > parent.FullSpan.Start ? parent.ChildThatContainsPosition(node.FullSpan.Start - 1).AsNode() : null;

    private static IEnumerable<AwaitExpressionSyntax> AwaitsIn(StatementSyntax statement) => statement
        .DescendantNodes(node => node == statement || node is not StatementSyntax && !Functions.IsFunction(node))
        .OfType<AwaitExpressionSyntax>()
        .OrderBy(await => await.Span.End);

    /// <summary>Whether nothing is called between two awaits of a statement but what gets the result of the first, or of both.</summary>
    private static bool IsOnlyUsed(AwaitExpressionSyntax first, AwaitExpressionSyntax second, StatementSyntax statement) => !statement
        .DescendantNodes()
        .Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
            && node.SpanStart >= first.Span.End && node.Span.End <= second.SpanStart);

    private static AwaitExpressionSyntax? BeforeStatement(StatementSyntax statement)
    {
        var between = new Stack<StatementSyntax>();
        for (var earlier = Previous(statement); earlier is not null; earlier = Previous(earlier))
        {
            if (earlier is LocalFunctionStatementSyntax or EmptyStatementSyntax)
                continue;
            if (earlier is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or YieldStatementSyntax && AwaitsIn(earlier).LastOrDefault() is { } await)
                return UseResult(between, earlier) ? await : null;
            if (earlier.DescendantNodes(node => !Functions.IsFunction(node)).Any(node => node is AwaitExpressionSyntax || node is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }))
                return null;
            between.Push(earlier);
        }

        return null;
    }

    /// <summary>Whether each statement uses what a statement has put into variables, or what was made of that.</summary>
    private static bool UseResult(IEnumerable<StatementSyntax> between, StatementSyntax source)
    {
        var results = new HashSet<string>(WrittenBy(source));
        foreach (var statement in between)
        {
            if (!statement.DescendantNodes().Any(node => node is IdentifierNameSyntax name && results.Contains(name.Identifier.ValueText)))
                return false;
            results.UnionWith(WrittenBy(statement));
        }

        return true;
    }

    private static IEnumerable<string> WrittenBy(StatementSyntax statement) => statement.DescendantNodes().Select(node => node switch
    {
        VariableDeclaratorSyntax declarator => declarator.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } => target.Identifier.ValueText,
        _ => "",
    });
}
