using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0021: waits for the task before the read, by moving the wait that comes later, or by a new await.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0021EarlyReadCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0021)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(new FixIdea("AP0021_Await", PlanAsync));

    private static async Task<Fix?> PlanAsync(FixSite site, CancellationToken cancellation)
    {
        if (site.Semantics.GetOperation(site.Node, cancellation) is not { } operation
            || site.Model.EarlyReads.In(operation, cancellation).FirstOrDefault(candidate => candidate.Read.Syntax == site.Node) is not { } read)
            return null;
        if (EarlierWait.Of(read, site, cancellation) is { } wait)
            return read.Start.Syntax.Span.End <= wait.Reader.SpanStart ? new Fix(RuleText.Now("AP0021_FixMove", TextOf(wait.Wait)), wait.Edits(site.Document)) : null;
        if (EndlessWork.NeverEnds(read.Start, site.Model, cancellation) || EndlessWork.Loops(read.Start, cancellation))
            return null;
        return await PlanInsertAsync(site, read, cancellation).ConfigureAwait(false) ?? await PlanDroppedAsync(site, read, cancellation).ConfigureAwait(false);
    }

    /// <summary>A further await of the local that holds the task, which nobody waits for later on in a statement of its own.</summary>
    private static async Task<Fix?> PlanInsertAsync(FixSite site, EarlyRead read, CancellationToken cancellation)
    {
        if (read.Destination.Variable is not ILocalSymbol { RefKind: RefKind.None } local
            || !site.Model.Awaitables.IsTask(local.Type)
            || ReaderOf(site, read, local, cancellation) is not { } reader
            || IsCaughtElsewhere(site, read, local, reader)
            || await Asyncifier.PlanAsync(site, read.Read.Syntax, cancellation, throwsAggregates: false).ConfigureAwait(false) is not { } plan)
            return null;
        var edits = StatementLists.InsertBefore(
            site.Document,
            reader,
            _ => [ExpressionStatement(AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), IdentifierName(local.Name)))],
            local.Name);
        return new Fix(RuleText.Now("AP0021_FixInsert", local.Name), [.. edits, .. plan.Edits]);
    }

    /// <summary>The first statement with an early read of the same task that stands in the list where the task is started.</summary>
    private static StatementSyntax? ReaderOf(FixSite site, EarlyRead read, ILocalSymbol local, CancellationToken cancellation) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation).FirstAncestorOrSelf<StatementSyntax>() is { } declaration
        && read.Start.Syntax.FirstAncestorOrSelf<StatementSyntax>() is { } start
        && AdjacentAwaits.ListOf(start)?.ToList() is { } list
        && list.Any(statement => statement == declaration || declaration.Span.End <= statement.SpanStart)
        && list.SkipWhile(statement => statement != start).Skip(1).ToList() is { } later
        && later.Any(statement => statement.Span.Contains(read.Read.Syntax.Span))
            ? later.FirstOrDefault(statement => site.Model.EarlyReads.In(read.Read, cancellation).Any(other => other.Start == read.Start && statement.Span.Contains(other.Read.Syntax.Span)))
            : null;

    /// <summary>Whether a <c>catch</c> is around another use of the task that is not around the reader, where a failure would then not be caught.</summary>
    private static bool IsCaughtElsewhere(FixSite site, EarlyRead read, ILocalSymbol local, StatementSyntax reader) => site.Model.TaskFates.ReadsOf(local, read.Read)
        .SelectMany(use => use.Syntax.Ancestors().OfType<TryStatementSyntax>().Where(attempt => attempt.Block.Span.Contains(use.Syntax.Span)))
        .Any(attempt => attempt.Catches.Count > 0 && !attempt.Block.Span.Contains(reader.Span));

    /// <summary>The task that is dropped is awaited where it is made.</summary>
    private static async Task<Fix?> PlanDroppedAsync(FixSite site, EarlyRead read, CancellationToken cancellation)
    {
        var fate = site.Model.TaskFates.Of(read.Task, null, cancellation);
        return fate.End is TaskEnd.Dropped or TaskEnd.Discarded
            && read.Task.Syntax is InvocationExpressionSyntax call
            && DroppedTask.Around(call, fate.Place, fate.End == TaskEnd.Dropped) is var (place, value)
            && AwaitedDrops.Of(site, place, value, fate.Variable) is { } edits
            && await Asyncifier.PlanAsync(site, call, cancellation, throwsAggregates: false).ConfigureAwait(false) is { } plan
                ? new Fix(plan.Title(CalledNames.TextOf(call)), [.. edits, .. plan.Edits])
                : null;
    }

    private static string TextOf(StatementSyntax wait) => wait.WithoutTrivia().ToString().TrimEnd(';');
}
