using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>What looks endless, told by syntax alone: too much, never too little.</summary>
internal static class EndlessSyntax
{
    /// <summary>The words of which each such place has one.</summary>
    public static readonly string[] Words = ["while", "for", "goto", "Delay"];

    /// <summary>Whether a node is of a kind that may look so.</summary>
    public static bool MayLook(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or GotoStatementSyntax or InvocationExpressionSyntax;

    /// <summary>Whether a node is a loop without a condition that could become false, a jump back, or a pause without an end.</summary>
    public static bool Looks(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => LooksConstant(loop.Condition) && !IsLeft(loop),
        DoStatementSyntax loop => LooksConstant(loop.Condition) && !IsLeft(loop),
        ForStatementSyntax loop => (loop.Condition is null || LooksConstant(loop.Condition)) && !IsLeft(loop),
        GotoStatementSyntax jump => jump.IsKind(SyntaxKind.GotoStatement),
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call => BlockingWaits.NameOf(call) is SimpleNameSyntax { Identifier.ValueText: "Delay" } && LooksInfinite(arguments[0]),
        _ => false,
    };

    private static bool LooksConstant(ExpressionSyntax condition) => condition switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.TrueLiteralExpression),
        ParenthesizedExpressionSyntax parenthesized => LooksConstant(parenthesized.Expression),
        PrefixUnaryExpressionSyntax negated => negated.Operand.IsKind(SyntaxKind.FalseLiteralExpression) || LooksConstant(negated.Operand),
        BinaryExpressionSyntax both => IsMadeOfConstants(both.Left) && IsMadeOfConstants(both.Right),
        IdentifierNameSyntax name => IsConst(name),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name.Length > 0 && char.IsUpper(name[0]),
        _ => false,
    };

    private static bool IsMadeOfConstants(ExpressionSyntax part) => part is LiteralExpressionSyntax || LooksConstant(part);

    /// <summary>Whether a name is that of a constant which is declared around it, or written like one of another file.</summary>
    private static bool IsConst(IdentifierNameSyntax name) =>
        char.IsUpper(name.Identifier.ValueText.FirstOrDefault())
        || name.Ancestors().SelectMany(Declared).Any(declared => declared.Variables.Any(variable => variable.Identifier.ValueText == name.Identifier.ValueText));

    private static IEnumerable<VariableDeclarationSyntax> Declared(SyntaxNode scope) => scope switch
    {
        BlockSyntax block => ConstantsIn(block.Statements),
        SwitchSectionSyntax section => ConstantsIn(section.Statements),
        CompilationUnitSyntax file => ConstantsIn(file.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement)),
        TypeDeclarationSyntax type => type.Members.OfType<FieldDeclarationSyntax>().Where(field => field.Modifiers.Any(SyntaxKind.ConstKeyword)).Select(field => field.Declaration),
        _ => [],
    };

    private static IEnumerable<VariableDeclarationSyntax> ConstantsIn(IEnumerable<StatementSyntax> statements) =>
        statements.OfType<LocalDeclarationStatementSyntax>().Where(local => local.IsConst).Select(local => local.Declaration);

    private static bool LooksInfinite(ArgumentSyntax time) => time.Expression.DescendantNodesAndSelf().Any(node => node switch
    {
        PrefixUnaryExpressionSyntax => true,
        SimpleNameSyntax { Identifier.ValueText: "Infinite" or "InfiniteTimeSpan" } => true,
        IdentifierNameSyntax name => IsConst(name),
        _ => false,
    });

    private static bool IsLeft(StatementSyntax loop)
    {
        foreach (var node in loop.DescendantNodes(node => !Functions.IsFunction(node)))
        {
            if (node is ReturnStatementSyntax or YieldStatementSyntax || node is BreakStatementSyntax && IsBrokenBy(loop, node))
                return true;
        }

        return false;
    }

    private static bool IsBrokenBy(StatementSyntax loop, SyntaxNode jump)
    {
        var outer = jump.Parent;
        while (outer is not (null or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax))
            outer = outer.Parent;
        return outer == loop;
    }
}
