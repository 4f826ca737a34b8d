using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Tasks in variables that a later statement of the same list observes, with nothing between that leaves the list: no path
/// but that of an exception loses them. This is what most tasks in variables come to, and it needs no control-flow graph.
/// </summary>
internal sealed class SureObservations(AsyncModel model)
{
    private readonly ConditionalWeakTable<IBlockOperation, StatementRow> rows = new();
    private readonly ConcurrentDictionary<SyntaxNode, bool> adjacent = new();

    /// <summary>Whether a variable gets a task of which that is certain; false where only the paths can tell.</summary>
    /// <param name="task">The expression that makes the task.</param>
    /// <param name="destination">Where it goes.</param>
    public bool Has(IOperation task, TaskDestination destination)
    {
        if (destination.Variable is not { } variable || StatementOf(destination.Place) is not { Parent: IBlockOperation block } start)
            return false;
        var row = rows.GetValue(block, static key => new StatementRow(key));
        foreach (var mention in model.TaskFates.MentionsOf(variable, task))
        {
            if (mention.Syntax.SpanStart < start.Syntax.Span.End)
                continue;
            if (TaskEvents.IsTarget(mention))
                return false;
            if (StatementThatRuns(mention, block) is not { } statement || !TaskDestinations.IsObserved(model.TaskFates.DestinationOf(mention)))
                continue;
            return !row.MayLeave(start, statement);
        }

        return false;
    }

    /// <summary>
    /// Whether a task is awaited right after another await, whose exception may lose it; true as well where another variable
    /// gets the task, which is awaited in its place.
    /// </summary>
    public bool MayComeTooLate(IOperation task, ISymbol variable)
    {
        foreach (var mention in model.TaskFates.MentionsOf(variable, task))
        {
            if (TaskEvents.IsTarget(mention))
                continue;
            var use = model.TaskFates.DestinationOf(mention);
            if (use.Variable is not null || use is { End: TaskEnd.Awaited, Place.Syntax: AwaitExpressionSyntax await } && ComesAfterOther(await))
                return true;
        }

        return false;
    }

    private bool ComesAfterOther(AwaitExpressionSyntax await) =>
        adjacent.TryGetValue(await, out var known) ? known : adjacent.GetOrAdd(await, AdjacentAwaits.Before(await) is not null);

    /// <summary>The statement that puts a value into a variable, and does nothing else with it; null for a condition or an expression.</summary>
    private static IOperation? StatementOf(IOperation place) => place switch
    {
        IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation declaration } } => declaration,
        ISimpleAssignmentOperation { Parent: IExpressionStatementOperation statement } => statement,
        _ => null,
    };

    /// <summary>The statement of a block that always runs an operation when it runs itself; null where it may not.</summary>
    private static IOperation? StatementThatRuns(IOperation operation, IBlockOperation block)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent == block)
                return current;
            var isPart = parent is IExpressionStatementOperation or IReturnOperation or IAwaitOperation or IInvocationOperation or IArgumentOperation
                or IConversionOperation or IParenthesizedOperation or IPropertyReferenceOperation or IObjectCreationOperation or IArrayCreationOperation or IArrayInitializerOperation
                or IVariableInitializerOperation or IVariableDeclaratorOperation or IVariableDeclarationOperation or IVariableDeclarationGroupOperation
                || parent is ISimpleAssignmentOperation assignment && assignment.Value == current
                || parent.Kind == ListedElements.CollectionExpression;
            if (!isPart)
                return null;
        }

        return null;
    }

    /// <summary>The statements of one block, and which of them may leave it.</summary>
    private sealed class StatementRow
    {
        private readonly ImmutableArray<IOperation> statements;
        private readonly Dictionary<IOperation, int> positions = [];
        private readonly Leaving[] leaving;

        public StatementRow(IBlockOperation block)
        {
            statements = block.Operations;
            leaving = new Leaving[statements.Length];
            foreach (var statement in statements)
                positions.Add(statement, positions.Count);
        }

        private enum Leaving : byte
        {
            Unknown,
            Never,
            Sometimes,
        }

        /// <summary>Whether a path may leave the block after the first statement, and before the end of the last one.</summary>
        public bool MayLeave(IOperation first, IOperation last)
        {
            for (var (position, end) = (positions[first], positions[last]); position < end; position++)
            {
                if (MayLeave(position))
                    return true;
            }

            return MayLeave(positions[last]) && last.Syntax.DescendantNodes().Any(static node => node is ThrowExpressionSyntax);
        }

        /// <summary>Whether a statement may leave the block. Only of those between a task and its await that is ever asked.</summary>
        private bool MayLeave(int position)
        {
            if (leaving[position] == Leaving.Unknown)
                leaving[position] = Leaves(statements[position].Syntax) ? Leaving.Sometimes : Leaving.Never;
            return leaving[position] == Leaving.Sometimes;
        }

        private static bool Leaves(SyntaxNode statement)
        {
            foreach (var node in statement.DescendantNodesAndSelf(Functions.MayHoldOwnNodes))
            {
                var leaves = node switch
                {
                    ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax => true,
                    YieldStatementSyntax yield => yield.IsKind(SyntaxKind.YieldBreakStatement),
                    BreakStatementSyntax => !IsWithin(node, statement, static around => around is SwitchStatementSyntax || IsLoop(around)),
                    ContinueStatementSyntax => !IsWithin(node, statement, IsLoop),
                    _ => false,
                };
                if (leaves)
                    return true;
            }

            return false;
        }

        private static bool IsLoop(SyntaxNode node) =>
            node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

        /// <summary>Whether what a jump belongs to is itself part of a statement.</summary>
        private static bool IsWithin(SyntaxNode jump, SyntaxNode statement, Func<SyntaxNode, bool> isMeant)
        {
            for (var around = jump.Parent; around is not null && statement.Span.Contains(around.Span); around = around.Parent)
            {
                if (isMeant(around))
                    return true;
            }

            return false;
        }
    }
}
