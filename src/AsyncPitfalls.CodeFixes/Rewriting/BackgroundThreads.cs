using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Makes a new thread a background thread where it is created: <c>new Thread(Run) { IsBackground = true }</c>.</summary>
internal static class BackgroundThreads
{
    private const string Purpose = "background thread";

    /// <summary>The edit for the creation of a thread: <c>true</c> in place of a <c>false</c> that is written down, else one more member of its initializer.</summary>
    public static NodeEdit Plan(FixSite site, IObjectCreationOperation creation, CancellationToken cancellation) =>
        site.Model.LingeringThreads.MadeForeground(creation, cancellation)?.Value.Syntax is LiteralExpressionSyntax literal
            ? new NodeEdit(site.Document.Id, literal, Purpose, (current, _) => LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(current))
            : new NodeEdit(site.Document.Id, creation.Syntax, Purpose, (current, _) => WithInitializer((BaseObjectCreationExpressionSyntax)current));

    private static BaseObjectCreationExpressionSyntax WithInitializer(BaseObjectCreationExpressionSyntax creation)
    {
        var member = AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            IdentifierName("IsBackground").WithTrailingTrivia(Space),
            Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
            LiteralExpression(SyntaxKind.TrueLiteralExpression));
        if (creation.Initializer is { Expressions.Count: > 0 } initializer)
            return creation.WithInitializer(initializer.WithExpressions(WithMember(initializer.Expressions, member)));
        return creation
            .WithArgumentList(creation.ArgumentList?.WithTrailingTrivia(Space))
            .WithInitializer(InitializerExpression(
                SyntaxKind.ObjectInitializerExpression,
                Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(Space),
                SingletonSeparatedList<ExpressionSyntax>(member.WithTrailingTrivia(Space)),
                Token(SyntaxKind.CloseBraceToken)).WithTrailingTrivia(creation.GetTrailingTrivia()));
    }

    /// <summary>The members and one more, in a line of its own where the last one has one.</summary>
    private static SeparatedSyntaxList<ExpressionSyntax> WithMember(SeparatedSyntaxList<ExpressionSyntax> members, ExpressionSyntax member)
    {
        var last = members.Last();
        var end = last.GetTrailingTrivia();
        var isInLine = end.Any(SyntaxKind.EndOfLineTrivia);
        var added = member.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(isInLine ? TriviaList(end.Last()) : end);
        if (members.SeparatorCount == members.Count)
            return members.Add(member.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(members.GetSeparators().Last().TrailingTrivia));
        var separators = members.GetSeparators().Append(Token(SyntaxKind.CommaToken).WithTrailingTrivia(isInLine ? end : TriviaList(Space)));
        return SeparatedList(members.Replace(last, last.WithTrailingTrivia()).Append(added), separators);
    }
}
