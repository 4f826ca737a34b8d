using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>What changes around a task of a task that becomes a plain one: targets that get nothing any more, types that are written out.</summary>
internal sealed class FlatTaskUses(FixSite site, NestedTask found)
{
    private const string WithoutTargetPurpose = "drop the target";

    /// <summary>Whether the task is dropped: by a statement, a discard, or in a local that nobody reads.</summary>
    public bool IsDropped => found.Use.End is TaskEnd.Dropped or TaskEnd.Discarded or TaskEnd.Held && !IsOfInner;

    /// <summary>Whether what is dropped is no more than what the await of the outer task yields.</summary>
    private bool IsOfInner => found.Use.Place is IAwaitOperation;

    /// <summary>The whole expression that is dropped, as it is before any edit; null where that is no statement of its own.</summary>
    public ExpressionSyntax? Dropped => found.Use.Place.Syntax switch
    {
        ExpressionStatementSyntax { Expression: not AssignmentExpressionSyntax } statement => statement.Expression,
        AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax, Left: not TupleExpressionSyntax and not DeclarationExpressionSyntax } assignment => assignment.Right,
        VariableDeclaratorSyntax { Initializer.Value: var value, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax } } => value,
        ExpressionSyntax { Parent: ArrowExpressionClauseSyntax } body => body,
        _ => null,
    };

    /// <summary>The edits that say of a dropped task that it is meant to be: <c>_ = F();</c>. None for one that is not dropped; null where no such statement can be written.</summary>
    public IReadOnlyList<NodeEdit>? Discard()
    {
        if (!IsDropped || found.Use.Place.Syntax is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } })
            return [];
        if (Dropped is not { } value || !CanDiscard(value))
            return null;
        return found.Use.Place.Syntax switch
        {
            ExpressionStatementSyntax statement => [new NodeEdit(site.Document.Id, statement, "discard", (current, _) =>
                ((ExpressionStatementSyntax)current).WithExpression(Discarding.Discard(((ExpressionStatementSyntax)current).Expression)))],
            AssignmentExpressionSyntax assignment => [new NodeEdit(site.Document.Id, assignment.Left, "discard", (current, _) => Discarding.Target.WithTriviaFrom(current))],
            VariableDeclaratorSyntax declarator when !IsMentioned(declarator) => [WithoutDeclaration(declarator, Discarding.Discard)],
            ExpressionSyntax body => [new NodeEdit(site.Document.Id, body, "discard", (current, _) => Discarding.Discard((ExpressionSyntax)current))],
            _ => null,
        };
    }

    /// <summary>The edits that leave an <c>await</c> alone in its statement where it yields nothing any more: <c>await F();</c> for <c>_ = await F();</c>. Null where that cannot be written.</summary>
    public IReadOnlyList<NodeEdit>? WithoutTarget(ExpressionSyntax awaiting)
    {
        SyntaxNode value = awaiting;
        while (value.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax)
            value = value.Parent;
        if (value.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax } assignment && assignment.Right == value)
            return [new NodeEdit(site.Document.Id, assignment, WithoutTargetPurpose, (current, _) => ((AssignmentExpressionSyntax)current).Right.WithTriviaFrom(current))];
        if (value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax } } declarator })
            return IsMentioned(declarator) ? null : [WithoutDeclaration(declarator, expression => expression)];
        return [];
    }

    /// <summary>The edits of types that are written out: <c>Task t</c> for <c>Task&lt;Task&gt; t</c>, <c>List&lt;Task&gt;</c> for <c>List&lt;Task&lt;Task&gt;&gt;</c>.</summary>
    public IEnumerable<NodeEdit> Retyped() => Holders()
        .Distinct()
        .SelectMany(declaration => declaration.DescendantNodes().OfType<TypeSyntax>())
        .Where(type => type is { IsVar: false } and not NullableTypeSyntax && SymbolEqualityComparer.Default.Equals(site.Semantics.GetSymbolInfo(type).Symbol as ITypeSymbol, found.Maker.Type) && !found.Maker.Syntax.Span.Contains(type.Span))
        .Select(type => new NodeEdit(site.Document.Id, type, "plain type", (current, generator) =>
            generator.TypeExpression(found.Inner).WithAdditionalAnnotations(Simplifier.Annotation).WithTriviaFrom(current)));

    /// <summary>The declarations of the locals that hold the task, or the collection into which it is put.</summary>
    private IEnumerable<VariableDeclarationSyntax> Holders()
    {
        foreach (var ancestor in found.Maker.Syntax.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax))
        {
            var holder = ancestor switch
            {
                VariableDeclarationSyntax declaration => declaration,
                AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax element } => DeclarationOf(element.Expression),
                AssignmentExpressionSyntax assignment => DeclarationOf(assignment.Left),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => DeclarationOf(access.Expression),
                _ => null,
            };
            if (holder is not null)
                yield return holder;
            if (ancestor is StatementSyntax)
                yield break;
        }
    }

    private VariableDeclarationSyntax? DeclarationOf(ExpressionSyntax local) =>
        site.Semantics.GetSymbolInfo(local).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared }
            ? declared[0].GetSyntax().Parent as VariableDeclarationSyntax
            : null;

    private bool CanDiscard(ExpressionSyntax value) =>
        ((CSharpParseOptions)site.Root.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp7
        && !site.Semantics.LookupSymbols(value.SpanStart, name: "_").Any(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol);

    private bool IsMentioned(VariableDeclaratorSyntax declarator) =>
        FreshNames.Scope(declarator).DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == declarator.Identifier.ValueText);

    private NodeEdit WithoutDeclaration(VariableDeclaratorSyntax declarator, System.Func<ExpressionSyntax, ExpressionSyntax> written) =>
        new(site.Document.Id, declarator.Parent!.Parent!, WithoutTargetPurpose, (current, _) =>
        {
            var declaration = (LocalDeclarationStatementSyntax)current;
            return ExpressionStatement(written(declaration.Declaration.Variables[0].Initializer!.Value.WithoutLeadingTrivia()), declaration.SemicolonToken)
                .WithLeadingTrivia(declaration.GetLeadingTrivia());
        });
}
