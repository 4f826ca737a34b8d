using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.FixTrials;

/// <summary>Endless loops that a fix did not write: AP0019 speaks of those that await, and so begins to where a fix awaits in one.</summary>
public static class EarlierLoops
{
    public const string Rule = "AP0019";

    /// <summary>Whether a loop that is found after a change was there before, with the same condition, on a line that the change has rewritten.</summary>
    public static bool Had(Change document, Diagnostic finding)
    {
        if (document.NewRoot.FindToken(finding.Location.SourceSpan.Start).Parent is not StatementSyntax loop || HeadOf(loop) is not { } head)
            return false;
        return document.OldRoot.DescendantNodes().OfType<StatementSyntax>().Any(old =>
            old.IsKind(loop.Kind()) && HeadOf(old) == head && document.Lines.IsGone(document.OldText.Lines.IndexOf(old.SpanStart)));
    }

    /// <summary>What says how long a loop goes on; null for other statements.</summary>
    private static string? HeadOf(StatementSyntax statement) => statement switch
    {
        WhileStatementSyntax loop => loop.Condition.ToString(),
        DoStatementSyntax loop => loop.Condition.ToString(),
        ForStatementSyntax loop => $"{loop.Declaration}{string.Join(",", loop.Initializers)};{loop.Condition};{string.Join(",", loop.Incrementors)}",
        _ => null,
    };
}
