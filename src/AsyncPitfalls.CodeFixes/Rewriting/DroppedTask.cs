using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>The syntax around a task that is lost: where its call is, and what drops it or keeps it in a variable.</summary>
/// <param name="Lost">What is known of the task.</param>
/// <param name="Place">What drops it or takes it: an expression statement's expression, a discard's assignment, a declarator.</param>
/// <param name="Value">The whole expression whose value is dropped or taken.</param>
internal sealed record DroppedTask(LostTask Lost, SyntaxNode Place, ExpressionSyntax Value)
{
    /// <summary>The name of what makes the task.</summary>
    public string Name => BlockingWaits.NameOf(Lost.Call.Syntax).ToString();

    /// <summary>The statement that holds it; null inside the head of a loop and in expression bodies.</summary>
    public StatementSyntax? Statement => Place.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } => statement,
        _ => null,
    };

    /// <summary>The task of a finding; null where it is no longer there.</summary>
    public static DroppedTask? At(FixSite site, CancellationToken cancellation)
    {
        var end = site.Diagnostic.Location.SourceSpan.End;
        var call = site.Node.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(node => node.Span.End == end);
        return call is not null
            && site.Semantics.GetOperation(call, cancellation) is IInvocationOperation operation
            && site.Model.LostTasks.Of(operation, cancellation) is { } lost
                ? Of(lost)
                : null;
    }

    public static DroppedTask? Of(LostTask lost) =>
        Around(lost.Call.Syntax, lost.Fate.Place, lost.Fate.End == TaskEnd.Dropped) is var (place, value) ? new DroppedTask(lost, place, value) : null;

    /// <summary>The syntax around a task: what drops or takes it, and the whole expression whose value that is; null where it is one of several.</summary>
    /// <param name="maker">What makes the task.</param>
    /// <param name="destination">Where its value goes.</param>
    /// <param name="isStatement">Whether an expression statement drops it.</param>
    public static (SyntaxNode Place, ExpressionSyntax Value)? Around(SyntaxNode maker, SyntaxNode destination, bool isStatement)
    {
        var place = destination is ExpressionStatementSyntax statement ? statement.Expression : destination;
        return place switch
        {
            AssignmentExpressionSyntax { Left: not (TupleExpressionSyntax or DeclarationExpressionSyntax), Right: var value } when !isStatement =>
                value.Span.Contains(maker.Span) ? (place, value) : null,
            AssignmentExpressionSyntax when !isStatement => null,
            VariableDeclaratorSyntax { Initializer.Value: var value } => (place, value),
            ExpressionSyntax expression when isStatement => (place, expression),
            _ => null,
        };
    }
}
