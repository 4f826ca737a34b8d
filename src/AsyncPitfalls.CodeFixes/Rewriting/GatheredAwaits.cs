using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Awaits that follow one another, with one <c>await Task.WhenAll(…)</c> of all their tasks put before the first of them: the
/// tasks that are lost by the failure of another are then awaited with it.
/// </summary>
/// <param name="Names">The locals that are awaited together.</param>
/// <param name="Edits">The edits; the same for each of the tasks.</param>
internal sealed record GatheredAwaits(IReadOnlyList<string> Names, IReadOnlyList<NodeEdit> Edits)
{
    private const string Stem = "task";

    /// <summary>The awaits around those that lose a task; null where not all of their tasks can be awaited together.</summary>
    public static GatheredAwaits? Of(FixSite site, IReadOnlyList<AwaitExpressionSyntax> failing, CancellationToken cancellation)
    {
        var groups = failing.Select(await => Of(site, await, cancellation)).ToList();
        return groups.Count == 0 || groups.Any(group => group is null) ? null : groups[0]! with { Edits = [.. groups.SelectMany(group => group!.Edits)] };
    }

    private static GatheredAwaits? Of(FixSite site, AwaitExpressionSyntax failing, CancellationToken cancellation)
    {
        if (AdjacentAwaits.After(failing) is not { } own)
            return null;
        var awaits = new LinkedList<AwaitExpressionSyntax>([failing, own]);
        while (AdjacentAwaits.Before(awaits.First!.Value) is { } earlier)
            awaits.AddFirst(earlier);
        while (AdjacentAwaits.After(awaits.Last!.Value) is { } later)
            awaits.AddLast(later);

        foreach (var first in awaits.TakeWhile(candidate => candidate != own))
        {
            var members = Members(site, awaits.SkipWhile(candidate => candidate != first).ToList(), first, cancellation);
            if (members.Any(member => member.Await == own) && members.Any(member => member.Await == failing))
                return Plan(site, members, null, AdjacentAwaits.StatementOf(first)!);
        }

        return AdjacentAwaits.StatementOf(failing) is { } statement && Hoisted(site, failing, statement, cancellation) is { } hoisted
            && Members(site, awaits.SkipWhile(candidate => candidate != own).ToList(), failing, cancellation) is { Count: > 0 } others
                ? Plan(site, others, hoisted, statement)
                : null;
    }

    /// <summary>The awaits of locals, up to the first that is none or whose task is not there yet before the first await.</summary>
    private static List<Member> Members(FixSite site, IReadOnlyList<AwaitExpressionSyntax> awaits, AwaitExpressionSyntax first, CancellationToken cancellation)
    {
        var members = new List<Member>();
        foreach (var await in awaits)
        {
            if (site.Semantics.GetOperation(await, cancellation) is not IAwaitOperation operation
                || site.Model.Awaitables.Behind(operation.Operation, throughWaitAsync: false) is not { } task
                || Correlation.VariableOf(task) is not { } variable
                || members.Any(member => SymbolEqualityComparer.Default.Equals(member.Variable, variable))
                || !IsThereBefore(site, variable, task, AdjacentAwaits.StatementOf(first)!, await))
                break;
            if (site.Model.Awaitables.IsTask(task.Type))
                members.Add(new Member(await, variable, null));
            else if (ValueOfOnlyRead(site, variable, task) is { } value)
                members.Add(new Member(await, variable, value));
            else
                break;
        }

        return members;
    }

    /// <summary>Whether nothing gives a variable another value between the statement of the first await and an await.</summary>
    private static bool IsThereBefore(FixSite site, ISymbol variable, IOperation read, StatementSyntax first, AwaitExpressionSyntax await) =>
        variable.Locations[0].SourceSpan.Start < first.SpanStart
        && site.Model.TaskFates.MentionsOf(variable, read).All(mention =>
            !TaskEvents.IsTarget(mention) || mention.Syntax.SpanStart < first.SpanStart || mention.Syntax.SpanStart > await.Span.End);

    /// <summary>The initializer of a <c>var</c> that holds a <c>ValueTask</c>, where nothing but the await reads it, so that it can become a task; else null.</summary>
    private static ExpressionSyntax? ValueOfOnlyRead(FixSite site, ISymbol variable, IOperation read) =>
        site.Model.Awaitables.IsValueTask(read.Type)
        && variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax value, Parent: VariableDeclarationSyntax { Type.IsVar: true } }
        && site.Model.TaskFates.MentionsOf(variable, read).Count() == 1
            ? value
            : null;

    /// <summary>The call that an await of a plain statement awaits, with what follows it taken off; null where its task cannot be put into a local before.</summary>
    private static Member? Hoisted(FixSite site, AwaitExpressionSyntax await, StatementSyntax statement, CancellationToken cancellation)
    {
        var isPlain = await.Parent is ExpressionStatementSyntax
            || await.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } }
            || await.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax or DeclarationExpressionSyntax, Parent: ExpressionStatementSyntax };
        return isPlain
            && statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax
            && site.Semantics.GetOperation(await, cancellation) is IAwaitOperation operation
            && site.Model.Awaitables.Behind(operation.Operation, throughWaitAsync: false) is IInvocationOperation { Syntax: InvocationExpressionSyntax call } made
            && site.Model.Awaitables.IsTaskOrValueTask(made.Type)
                ? new Member(await, null, call)
                : null;
    }

    private static GatheredAwaits Plan(FixSite site, IReadOnlyList<Member> members, Member? hoisted, StatementSyntax first)
    {
        var edits = new List<NodeEdit>();
        var names = members.Select(member => member.Variable!.Name).ToList();
        foreach (var member in members)
        {
            if (member.Value is { } value)
                edits.Add(new NodeEdit(site.Document.Id, value, "as task", (current, _) => ValueTasks.AsTask((ExpressionSyntax)current)));
        }

        var name = hoisted is null ? null : FreshNames.Series(Stem, first, site.Semantics).First();
        if (hoisted is { Value: { } call })
        {
            names.Insert(0, name!);
            edits.Add(new NodeEdit(site.Document.Id, call, "hoist", (current, _) => IdentifierName(name!).WithTriviaFrom(current)));
        }

        var isConfigured = members.All(member => ConfiguredAwaits.Are(member.Await)) && (hoisted is null || ConfiguredAwaits.Are(hoisted.Await));
        edits.AddRange(StatementLists.InsertBefore(site.Document, first, generator =>
        {
            var together = ConfiguredAwaits.Configured(PendingAwaits.WhenAll(names, site.Model.Types, generator), isConfigured);
            var awaits = ExpressionStatement(AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), together));
            return hoisted is null ? [awaits] : [Declaration(name!, hoisted, site), awaits];
        }));
        return new GatheredAwaits(names, edits);
    }

    /// <summary><c>var task = F();</c></summary>
    private static StatementSyntax Declaration(string name, Member hoisted, FixSite site)
    {
        var value = hoisted.Value!.WithoutTrivia();
        if (site.Model.Awaitables.IsValueTask(site.Semantics.GetTypeInfo(hoisted.Value!).Type))
            value = ValueTasks.AsTask(value);
        return PendingTask.Declaration(name, value);
    }

    /// <summary>One of the awaits.</summary>
    /// <param name="Await">The await.</param>
    /// <param name="Variable">The variable whose task it awaits; null where that is still to be declared.</param>
    /// <param name="Value">The expression that has to change for it to be a task in a local; null where it is one.</param>
    private sealed record Member(AwaitExpressionSyntax Await, ISymbol? Variable, ExpressionSyntax? Value);
}
