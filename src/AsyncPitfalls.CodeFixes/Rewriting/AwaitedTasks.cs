using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>How a task that nobody observes is awaited.</summary>
/// <param name="Edits">The edits of the place itself.</param>
/// <param name="Spot">The node that becomes an await, or gets one.</param>
/// <param name="Name">What is awaited, for the title of the fix.</param>
internal sealed record AwaitedTasks(IReadOnlyList<NodeEdit> Edits, SyntaxNode Spot, string Name)
{
    /// <summary>How a task is awaited; null where no await would mean what was meant.</summary>
    public static AwaitedTasks? Of(FixSite site, UnobservedTask task) => task.Form switch
    {
        UnobservedForm.MeantForResult => task.Variable is null ? OfResult(site, task) : OfVariable(site, task, task.Variable),
        UnobservedForm.AddedToCollection when task.Variable is { } collection => OfCollection(site, collection),
        UnobservedForm.InCollection or UnobservedForm.InQuery => OfBatch(site, task),
        _ => PlaceOf(site, task) is var (place, value) && AwaitedDrops.Of(site, place, value, task.Variable) is { } edits
            ? new AwaitedTasks(edits, value, task.Name)
            : null,
    };

    /// <summary>What drops or takes a task, and the whole expression whose value that is; null where the task is one of several, or only added to them.</summary>
    public static (SyntaxNode Place, ExpressionSyntax Value)? PlaceOf(FixSite site, UnobservedTask task)
    {
        var destination = site.Model.TaskFates.DestinationOf(task.Value);
        return destination.End is TaskEnd.Dropped or TaskEnd.Held
            ? DroppedTask.Around(task.Maker.Syntax, destination.Place.Syntax, destination.End == TaskEnd.Dropped)
            : null;
    }

    /// <summary><c>$"{F()}"</c> as <c>$"{await F()}"</c>.</summary>
    private static AwaitedTasks? OfResult(FixSite site, UnobservedTask task)
    {
        var awaited = task.Value;
        while (awaited.Parent is IInvocationOperation call && call.Instance == awaited && site.Model.Awaitables.Behind(call) != call)
            awaited = call;
        return awaited.Syntax is ExpressionSyntax place
            && HasFittingResult(task, awaited.Type, site.Model)
            && AwaitEdits.Of(site.Document, site.Semantics, site.Model, place) is { } edits
                ? new AwaitedTasks(edits, place, task.Name)
                : null;
    }

    /// <summary><c>var x = F();</c> as <c>var x = await F();</c>, where every read of the variable means the result.</summary>
    private static AwaitedTasks? OfVariable(FixSite site, UnobservedTask task, ISymbol variable)
    {
        if (PlaceOf(site, task) is not var (place, value)
            || place is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            || !declaration.Type.IsVar && task.Meant != MeantResult.Disposed
            || !HasFittingResult(task, task.Value.Type, site.Model)
            || !site.Model.TaskFates.MentionsOf(variable, task.Maker).All(mention => site.Model.MeantResults.Of(mention) is not null)
            || AwaitEdits.Of(site.Document, site.Semantics, site.Model, value) is not { } edits)
            return null;
        return new AwaitedTasks(edits, value, task.Name);
    }

    /// <summary>Whether what a task yields can be what its place asks for: something, and for null what may be null.</summary>
    private static bool HasFittingResult(UnobservedTask task, ITypeSymbol? type, AsyncModel model) => model.Awaitables.ResultOf(type) switch
    {
        null or { SpecialType: SpecialType.System_Void } => false,
        { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } => task.Meant != MeantResult.ComparedWithNull,
        _ => true,
    };

    /// <summary><c>xs.Select(F).ToList();</c> as <c>await Task.WhenAll(xs.Select(F));</c>, and <c>new[] { F(), G() }</c> without the array.</summary>
    private static AwaitedTasks? OfBatch(FixSite site, UnobservedTask task)
    {
        if (PlaceOf(site, task) is not var (place, value)
            || ElementOf(task.Value, site.Model) is not { } element || !site.Model.Awaitables.IsTask(element))
            return null;
        var isMaterialized = task.Value is IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType: var type } } && KnownTypes.Same(type, site.Model.Types.Enumerable);
        return AwaitedDrops.Of(site, place, value, task.Variable, (current, generator) =>
            WhenAll(isMaterialized ? Source(current) : current, site.Model.Types, generator).WithTriviaFrom(current)) is { } edits
            ? new AwaitedTasks(edits, value, "Task.WhenAll")
            : null;
    }

    /// <summary>A local collection to which tasks are only added, awaited once it is full.</summary>
    private static AwaitedTasks? OfCollection(FixSite site, ISymbol collection) =>
        collection is ILocalSymbol { Type: INamedTypeSymbol type } && site.Model.TaskBatches.ElementOf(type) is { } element && site.Model.Awaitables.IsTask(element)
        && AwaitedCollections.Of(site, collection) is var (edits, spot)
            ? new AwaitedTasks(edits, spot, collection.Name)
            : null;

    /// <summary>The query that a <c>ToList()</c> or <c>ToArray()</c> enumerates; the whole where a comment stands between.</summary>
    private static ExpressionSyntax Source(ExpressionSyntax materialized) =>
        materialized is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: var query } }
        && !query.GetTrailingTrivia().Any(IsComment)
            ? query
            : materialized;

    private static ITypeSymbol? ElementOf(IOperation batch, AsyncModel model)
    {
        while (batch is IConversionOperation conversion)
            batch = conversion.Operand;
        return ListedElements.Of(batch) is { IsEmpty: false } elements
            ? elements.Select(element => element.Type).FirstOrDefault(type => !model.Awaitables.IsTask(type)) ?? elements[0].Type
            : model.TaskBatches.ElementOf(batch.Type);
    }

    private static ExpressionSyntax WhenAll(ExpressionSyntax tasks, KnownTypes types, SyntaxGenerator generator)
    {
        var listed = Listed(tasks);
        var arguments = listed is null
            ? SingletonSeparatedList(Argument(tasks.WithoutTrivia()))
            : SeparatedList(listed.Select(Argument), Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), listed.Count - 1));
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, TaskTypes.Plain(types, generator), IdentifierName("WhenAll")),
            ArgumentList(arguments)).WithTriviaFrom(tasks);
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    /// <summary>The elements of a collection that is written out in one line, without comments; null for all else.</summary>
    private static IReadOnlyList<ExpressionSyntax>? Listed(ExpressionSyntax tasks)
    {
        var initializer = tasks switch
        {
            ImplicitArrayCreationExpressionSyntax array => array.Initializer,
            ArrayCreationExpressionSyntax array => array.Initializer,
            BaseObjectCreationExpressionSyntax creation => creation.Initializer,
            InitializerExpressionSyntax itself => itself,
            _ => null,
        };
        return initializer is { Expressions.Count: > 0 } && Layout.IsOneLine(initializer) && !initializer.DescendantTrivia().Any(IsComment)
            ? initializer.Expressions.Select(element => element.WithoutTrivia()).ToList()
            : null;
    }
}
