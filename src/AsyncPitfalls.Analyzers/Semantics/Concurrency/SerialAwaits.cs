using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls that are awaited one after another though they could run side by side.</summary>
/// <param name="Awaits">The awaits, two or more; the only one of a loop's body.</param>
/// <param name="Calls">What each of them awaits.</param>
internal sealed record SerialAwait(ImmutableArray<AwaitExpressionSyntax> Awaits, ImmutableArray<SideBySideCall> Calls);

/// <summary>
/// Awaits that follow one another, in one expression or in statements next to each other, with nothing between them but the
/// storing of results, none of which uses another's result; and loops that do nothing but await one call for each element.
/// </summary>
internal sealed class SerialAwaits(AsyncModel model)
{
    private readonly SideBySideCalls calls = new(model);
    private readonly ConcurrentDictionary<SyntaxNode, ImmutableArray<SerialAwait>> groups = new();
    private readonly ConcurrentDictionary<AwaitExpressionSyntax, bool> following = new();
    private readonly ConcurrentDictionary<SyntaxNode, bool> transactions = new();

    /// <summary>The awaits of which a given one is the second; null where it is not.</summary>
    public SerialAwait? Of(IAwaitOperation second, CancellationToken cancellation)
    {
        if (second is not { Syntax: AwaitExpressionSyntax await, SemanticModel: { } semantics } || !MayFollow(await) || model.Surroundings.IsInTest(await, semantics, cancellation))
            return null;
        foreach (var group in GroupsAround(await, Functions.Around(await)!, semantics, cancellation))
        {
            if (group.Awaits[1] == await)
                return IsOrdered(second, cancellation) ? null : group;
        }

        return null;
    }

    /// <summary>The await that is all that a loop does for each element; null where the loop does more, or its turns depend on one another.</summary>
    public SerialAwait? Of(IForEachLoopOperation loop, CancellationToken cancellation)
    {
        if (loop is not { IsAsynchronous: false, Syntax: ForEachStatementSyntax { Statement: var body }, SemanticModel: { } semantics }
            || (body is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : body) is not ExpressionStatementSyntax { Expression: AwaitExpressionSyntax await }
            || semantics.GetOperation(await, cancellation) is not IAwaitOperation operation
            || calls.Of(operation, cancellation) is not { } call
            || loop.Locals.Length != 1
            || !calls.AreIndependentFor(call, loop.Locals[0]) || !Mentions(call.Call, loop.Locals[0])
            || KnownTypes.SameOrBelow(loop.Collection is IConversionOperation conversion ? conversion.Operand.Type : loop.Collection.Type, model.Types.OneAtATime)
            || IsOrdered(operation, cancellation))
            return null;
        return new SerialAwait(ImmutableArray.Create(await), ImmutableArray.Create(call));
    }

    private static bool Mentions(IOperation call, ISymbol variable) =>
        call.Descendants().Any(operation => operation is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, variable));

    /// <summary>Whether the order is meant, or does no harm, whatever is called: in a transaction, in a test, and in code that does not run.</summary>
    private bool IsOrdered(IOperation operation, CancellationToken cancellation) =>
        model.Unexecuted.Holds(operation)
        || model.Surroundings.IsInTest(operation.Syntax, operation.SemanticModel!, cancellation)
        || HasTransaction(OwnOperations.FunctionAround(operation));

    private bool HasTransaction(IOperation function) =>
        transactions.TryGetValue(function.Syntax, out var has)
            ? has
            : transactions.GetOrAdd(function.Syntax, OwnOperations.Of(function).Any(operation =>
                operation is IVariableDeclaratorOperation { Symbol.Type: var type } && KnownTypes.SameOrBelow(type, model.Types.Transactions)
                || operation is IObjectCreationOperation creation && KnownTypes.SameOrBelow(creation.Type, model.Types.Transactions)));

    /// <summary>Whether another await is in the same statement or body, or in the statement before. Asked first, as mostly there is none.</summary>
    private bool MayFollow(AwaitExpressionSyntax await)
    {
        if (Functions.Around(await) is not { } function)
            return false;
        if (AdjacentAwaits.StatementOf(await) is not { } statement)
            return OwnAwaits.Of(function).All.Length > 1;
        return IsPlain(statement) && (following.TryGetValue(await, out var follows) ? follows : following.GetOrAdd(await, MayFollow(await, statement, function)));
    }

    private bool MayFollow(AwaitExpressionSyntax await, StatementSyntax statement, SyntaxNode function)
    {
        var awaits = OwnAwaits.Of(function);
        if (awaits.HasOther(await, statement.Span))
            return true;
        for (var earlier = AdjacentAwaits.Previous(statement); earlier is not null; earlier = AdjacentAwaits.Previous(earlier))
        {
            if (earlier is not (LocalFunctionStatementSyntax or EmptyStatementSyntax))
                return IsPlain(earlier) && awaits.HasOther(await, earlier.Span);
        }

        return false;
    }

    /// <summary>The awaits around one in groups of two or more, each as long as it can be. They are found once for all awaits of a statement list or body.</summary>
    private ImmutableArray<SerialAwait> GroupsAround(AwaitExpressionSyntax await, SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        var place = PlaceOf(await, function);
        return groups.TryGetValue(place, out var known) ? known : groups.GetOrAdd(place, FindGroups(place, function, semantics, cancellation).ToImmutableArray());
    }

    /// <summary>The statement list in which an await stands; its statement where that stands alone, and the function that an expression is all of.</summary>
    private static SyntaxNode PlaceOf(AwaitExpressionSyntax await, SyntaxNode function) => AdjacentAwaits.StatementOf(await) switch
    {
        null => function,
        { Parent: BlockSyntax or SwitchSectionSyntax } statement => statement.Parent,
        { Parent: GlobalStatementSyntax { Parent: { } unit } } => unit,
        var alone => alone,
    };

    private IEnumerable<SerialAwait> FindGroups(SyntaxNode place, SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        var candidates = CandidatesIn(place, function);
        SerialRun? run = null;
        for (var i = 0; i < candidates.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            // What an await awaits matters only beside another one.
            var isNext = run is not null && AdjacentAwaits.AreNeighbours(candidates[i - 1], candidates[i]);
            var member = isNext || i + 1 < candidates.Count && AdjacentAwaits.AreNeighbours(candidates[i], candidates[i + 1]) ? MemberOf(candidates[i], semantics, cancellation) : null;
            if (run is not null && (!isNext || member is null || !run.Takes(candidates[i], member)))
            {
                if (run.Found is { } ended)
                    yield return ended;
                run = null;
            }

            if (member is not null)
                (run ??= new SerialRun(calls, semantics)).Add(candidates[i], member);
        }

        if (run?.Found is { } last)
            yield return last;
    }

    /// <summary>The awaits of a statement list, or of a single expression, in the order in which they run.</summary>
    private List<AwaitExpressionSyntax> CandidatesIn(SyntaxNode place, SyntaxNode function) => OwnAwaits.Of(function).In(place.Span)
        .Where(candidate => PlaceOf(candidate, function) == place)
        .OrderBy(candidate => candidate.Span.End)
        .ToList();

    /// <summary>What an await of a list gives a run; null where it ends one.</summary>
    private SideBySideCall? MemberOf(AwaitExpressionSyntax await, SemanticModel semantics, CancellationToken cancellation)
    {
        var member = IsAlwaysRun(await) && semantics.GetOperation(await, cancellation) is IAwaitOperation operation ? calls.Of(operation, cancellation) : null;
        return member is { Subject: CallSubject.Arguments or CallSubject.Object } && IsDropped(await) ? null : member;
    }

    private static bool IsDropped(AwaitExpressionSyntax await) =>
        await.Parent is ExpressionStatementSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } };

    /// <summary>Whether an await runs whenever its statement does: no condition within the statement decides.</summary>
    private static bool IsAlwaysRun(AwaitExpressionSyntax await)
    {
        for (SyntaxNode node = await; node.Parent is { } parent and not StatementSyntax && !Functions.IsFunction(parent); node = parent)
        {
            var isConditional = parent switch
            {
                ConditionalExpressionSyntax choice => choice.Condition != node,
                BinaryExpressionSyntax binary => binary.Right == node
                    && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression,
                ConditionalAccessExpressionSyntax access => access.WhenNotNull == node,
                AssignmentExpressionSyntax assignment => assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression),
                SwitchExpressionArmSyntax or WhenClauseSyntax => true,
                _ => false,
            };
            if (isConditional)
                return false;
        }

        return AdjacentAwaits.StatementOf(await) is not { } statement || IsPlain(statement);
    }

    private static bool IsPlain(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax or ReturnStatementSyntax or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: 0 };
}
