using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>A statement that only waits for tasks, and the earlier one of the same list before which it has to stand, as that reads what the tasks assign.</summary>
/// <param name="Wait">The statement that waits.</param>
/// <param name="Reader">The first statement that reads too early.</param>
internal sealed record EarlierWait(StatementSyntax Wait, StatementSyntax Reader)
{
    private const string Kind = "AsyncPitfalls.Wait";

    /// <summary>The wait for the task of an early read that follows it; null where there is none in a list around the read, or it cannot change places with what is between.</summary>
    public static EarlierWait? Of(EarlyRead read, FixSite site, CancellationToken cancellation)
    {
        foreach (var reader in read.Read.Syntax.Ancestors().TakeWhile(node => !Functions.IsFunction(node)).OfType<StatementSyntax>())
        {
            if (AdjacentAwaits.ListOf(reader)?.ToList() is not { } list)
                continue;
            if (list.SkipWhile(statement => statement != reader).Skip(1).FirstOrDefault(later => WaitsFor(read, later, site, cancellation)) is not { } wait)
                continue;
            var first = FirstReader(read, list, wait, site, cancellation) ?? reader;
            return CanMove(list, first, wait, site, cancellation) ? new EarlierWait(wait, first) : null;
        }

        return null;
    }

    /// <summary>The edits that move the wait, with its comments.</summary>
    public IReadOnlyList<NodeEdit> Edits(Document document)
    {
        var key = $"move {Wait.SpanStart}";
        var list = Wait.Parent is GlobalStatementSyntax global ? global.Parent! : Wait.Parent!;
        return
        [
            new NodeEdit(document.Id, Wait, key, (current, _) => current.WithAdditionalAnnotations(new SyntaxAnnotation(Kind, key))),
            new NodeEdit(document.Id, Reader, key, (current, _) => current.WithAdditionalAnnotations(new SyntaxAnnotation(Kind, "before " + key))),
            new NodeEdit(document.Id, list, key, (current, _) => Move(current, key)),
        ];
    }

    /// <summary>The first statement of a list with an early read of what one of the tasks assigns that another statement waits for.</summary>
    private static StatementSyntax? FirstReader(EarlyRead read, IReadOnlyList<StatementSyntax> list, StatementSyntax wait, FixSite site, CancellationToken cancellation) => site.Model.EarlyReads
        .In(read.Read, cancellation)
        .Where(other => WaitsFor(other, wait, site, cancellation))
        .Select(other => list.FirstOrDefault(statement => statement.Span.Contains(other.Read.Syntax.Span)))
        .FirstOrDefault(statement => statement is not null);

    private static bool WaitsFor(EarlyRead read, StatementSyntax statement, FixSite site, CancellationToken cancellation) =>
        statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, AwaitKeyword.RawKind: 0 }
        && HolderOf(read) is { } holder
        && site.Semantics.GetOperation(statement, cancellation) is { } operation
        && OwnOperations.Of(operation).Any(part => SymbolEqualityComparer.Default.Equals(Correlation.SymbolOf(part), holder) && IsWaitedFor(part, site.Model))
        && OwnOperations.Of(operation).All(part => OnlyWaits(part, site.Model));

    /// <summary>The variable, field or collection that holds the task; null where none does.</summary>
    public static ISymbol? HolderOf(EarlyRead read) => read.Destination switch
    {
        { Variable: { } variable } => variable,
        { End: TaskEnd.Stored, Place: ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: var array } } } => Correlation.SymbolOf(array),
        { End: TaskEnd.Stored, Place: ISimpleAssignmentOperation { Target: var target } } => Correlation.SymbolOf(target),
        { End: TaskEnd.PassedOn, Place: IArgumentOperation { Parent: IInvocationOperation { Instance: { } list } } } => Correlation.SymbolOf(list),
        _ => null,
    };

    private static bool IsWaitedFor(IOperation mention, AsyncModel model) => model.TaskFates.DestinationOf(mention) switch
    {
        { End: TaskEnd.Awaited or TaskEnd.WaitedFor } => true,
        { End: TaskEnd.PassedOn, Place: var place } => TaskDestinations.CallThatGets(place) is { TargetMethod.Name: "WaitAll" } waits && KnownTypes.Same(waits.TargetMethod.ContainingType, model.Types.Task)
            || TaskDestinations.CallThatGets(place) is { TargetMethod.Name: "WhenAll" } all && KnownTypes.Same(all.TargetMethod.ContainingType, model.Types.Task)
                && model.TaskFates.DestinationOf(all).End is TaskEnd.Awaited or TaskEnd.WaitedFor,
        _ => false,
    };

    /// <summary>Whether a part of a statement does nothing but wait, and keep what comes of it in a variable.</summary>
    private static bool OnlyWaits(IOperation part, AsyncModel model) => part switch
    {
        IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WaitAll" or "Wait" or "ConfigureAwait" or "AsTask" or "WaitAsync" or "GetAwaiter" or WellKnownMemberNames.GetResult } method } =>
            model.Awaitables.IsTaskOrValueTask(method.ContainingType) || model.Awaitables.IsConfigured(method.ContainingType) || model.Awaitables.IsAwaiter(method.ContainingType),
        IInvocationOperation or IObjectCreationOperation or IAnonymousFunctionOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation => false,
        ISimpleAssignmentOperation { Target: not (ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation) } => false,
        _ => true,
    };

    /// <summary>Whether all that the wait names is there before the reader, and nothing between uses or changes it.</summary>
    private static bool CanMove(IReadOnlyList<StatementSyntax> list, StatementSyntax reader, StatementSyntax wait, FixSite site, CancellationToken cancellation)
    {
        var between = list.SkipWhile(statement => statement != reader).TakeWhile(statement => statement != wait).ToList();
        if (between.Count == 0 || between.Any(statement => statement is LabeledStatementSyntax) || site.Semantics.GetOperation(wait, cancellation) is not { } operation)
            return false;
        var named = OwnOperations.Of(operation).Select(part => part is IVariableDeclaratorOperation declarator ? declarator.Symbol : Correlation.SymbolOf(part)).OfType<ISymbol>().Where(symbol => symbol is not IPropertySymbol).ToList();
        var given = OwnOperations.Of(operation).SelectMany(AssignmentTargets.Of).Select(Correlation.SymbolOf).OfType<ISymbol>().ToList();
        return between.All(statement => OwnAndNested(statement, site, cancellation).All(part =>
            !AssignmentTargets.Of(part).Any(target => IsOneOf(Correlation.SymbolOf(target), named))
            && !(part is IVariableDeclaratorOperation declarator && IsOneOf(declarator.Symbol, named))
            && !(part is IInvocationOperation { Instance: { } instance } call && EarlyReadQuestion.Adds(call) && IsOneOf(Correlation.SymbolOf(instance), named))
            && !IsOneOf(Correlation.SymbolOf(part), given)));
    }

    private static IEnumerable<IOperation> OwnAndNested(StatementSyntax statement, FixSite site, CancellationToken cancellation) =>
        site.Semantics.GetOperation(statement, cancellation)?.DescendantsAndSelf() ?? [];

    private static bool IsOneOf(ISymbol? symbol, IReadOnlyList<ISymbol> symbols) => symbol is not null && symbols.Contains(symbol, SymbolEqualityComparer.Default);

    private static SyntaxNode Move(SyntaxNode list, string key) => list switch
    {
        BlockSyntax block => block.WithStatements(SyntaxFactory.List(Moved(block.Statements, key))),
        SwitchSectionSyntax section => section.WithStatements(SyntaxFactory.List(Moved(section.Statements, key))),
        CompilationUnitSyntax unit => unit.WithMembers(SyntaxFactory.List(Moved(unit.Members, key))),
        _ => list,
    };

    private static IEnumerable<T> Moved<T>(IEnumerable<T> all, string key)
        where T : SyntaxNode
    {
        var nodes = all.ToList();
        var from = nodes.FindIndex(node => IsMarked(node, key));
        var to = nodes.FindIndex(node => IsMarked(node, "before " + key));
        if (from < 0 || to < 0)
            return nodes;
        var (wait, reader) = (nodes[from], nodes[to]);
        var blank = BlankLines(reader);
        if (from + 1 < nodes.Count && BlankLines(nodes[from + 1]).Count == 0)
            nodes[from + 1] = nodes[from + 1].WithLeadingTrivia(BlankLines(wait).Concat(nodes[from + 1].GetLeadingTrivia()));
        nodes[to] = reader.WithLeadingTrivia(reader.GetLeadingTrivia().Skip(blank.Count));
        nodes.RemoveAt(from);
        nodes.Insert(to, wait.WithLeadingTrivia(blank.Concat(wait.GetLeadingTrivia().Skip(BlankLines(wait).Count))));
        return nodes;
    }

    private static List<SyntaxTrivia> BlankLines(SyntaxNode node) => node.GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();

    private static bool IsMarked(SyntaxNode node, string key) =>
        (node is GlobalStatementSyntax global ? global.Statement : node).GetAnnotations(Kind).Any(annotation => annotation.Data == key);
}
