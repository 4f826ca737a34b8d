using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>What looks endless in a file, told by syntax alone: too much, never too little.</summary>
/// <param name="declared">What the file declares.</param>
internal sealed class EndlessSyntax(DeclaredTypes declared)
{
    /// <summary>The words of which each such place has one.</summary>
    public static readonly string[] Words = ["while", "for", "goto", "Delay"];

    /// <summary>Whether a node is of a kind that may look so.</summary>
    public static bool MayLook(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or GotoStatementSyntax or InvocationExpressionSyntax;

    /// <summary>Whether a node is a loop without a condition that could become false, a jump back, or a pause without an end.</summary>
    public bool Looks(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => LooksConstant(loop.Condition) && !IsLeft(loop),
        DoStatementSyntax loop => LooksConstant(loop.Condition) && !IsLeft(loop),
        ForStatementSyntax loop => (loop.Condition is null || LooksConstant(loop.Condition)) && !IsLeft(loop),
        GotoStatementSyntax jump => jump.IsKind(SyntaxKind.GotoStatement),
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call =>
            BlockingWaits.NameOf(call) is SimpleNameSyntax { Identifier.ValueText: "Delay" } && !IsOfVariable(call.Expression) && LooksInfinite(arguments[0]) && !IsGivenToken(arguments),
        _ => false,
    };

    private bool LooksConstant(ExpressionSyntax condition) => condition switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.TrueLiteralExpression),
        ParenthesizedExpressionSyntax parenthesized => LooksConstant(parenthesized.Expression),
        PrefixUnaryExpressionSyntax negated => negated.Operand.IsKind(SyntaxKind.FalseLiteralExpression) || LooksConstant(negated.Operand),
        BinaryExpressionSyntax either when either.IsKind(SyntaxKind.LogicalOrExpression) => LooksConstant(either.Left) || LooksConstant(either.Right),
        BinaryExpressionSyntax both => IsMadeOfConstants(both.Left) && IsMadeOfConstants(both.Right),
        IdentifierNameSyntax name => IsConst(name),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => IsWrittenLikeConst(name) && !IsOfVariable(condition),
        _ => false,
    };

    private bool IsMadeOfConstants(ExpressionSyntax part) => part is LiteralExpressionSyntax || LooksConstant(part);

    /// <summary>Whether a name is that of a constant which is declared around it, or written like one of another file.</summary>
    private static bool IsConst(IdentifierNameSyntax name) =>
        IsWrittenLikeConst(name.Identifier.ValueText)
        || name.Ancestors().SelectMany(Declared).Any(declared => declared.Variables.Any(variable => variable.Identifier.ValueText == name.Identifier.ValueText));

    private static bool IsWrittenLikeConst(string name) => char.IsUpper(name.FirstOrDefault());

    /// <summary>
    /// Whether an expression is a member of what some code holds, and not of a type: constants and <c>Task.Delay</c> are members of types. A
    /// variable that may bear the name of its own type counts as that.
    /// </summary>
    private bool IsOfVariable(ExpressionSyntax member)
    {
        var holder = member;
        while (holder is MemberAccessExpressionSyntax access)
            holder = access.Expression;
        return holder switch
        {
            IdentifierNameSyntax name => name != member && !IsWrittenLikeConst(name.Identifier.ValueText) && declared.IsDeclared(name),
            ThisExpressionSyntax or BaseExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or BaseObjectCreationExpressionSyntax => true,
            _ => false,
        };
    }

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

    private bool LooksInfinite(ArgumentSyntax time) => time.Expression.DescendantNodesAndSelf().Any(node => node switch
    {
        PrefixUnaryExpressionSyntax => true,
        SimpleNameSyntax { Identifier.ValueText: "Infinite" or "InfiniteTimeSpan" } => true,
        IdentifierNameSyntax name => !IsPartOfOther(name) && IsConst(name) && !(name.Parent is MemberAccessExpressionSyntax access && IsOfVariable(access)),
        _ => false,
    });

    /// <summary>Whether a pause is given a token behind its time, and not <c>default</c> or <c>None</c>: a clock, which it can be given too, is not called so.</summary>
    private bool IsGivenToken(SeparatedSyntaxList<ArgumentSyntax> arguments) => arguments.Count > 1 && arguments[1].Expression switch
    {
        IdentifierNameSyntax name => declared.TypeOf(name) == nameof(CancellationToken),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Token" or nameof(CancellationToken) } token => IsOfVariable(token),
        _ => false,
    };

    /// <summary>Whether a name is that of a method that is called, or of the type before a dot.</summary>
    private static bool IsPartOfOther(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name || access.Parent is InvocationExpressionSyntax call && call.Expression == access,
        InvocationExpressionSyntax => true,
        _ => false,
    };

    /// <summary>Whether a loop holds a <c>return</c>, a <c>yield</c>, or a <c>break</c> out of it.</summary>
    public static bool IsLeft(StatementSyntax loop)
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
