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
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Makes a list a <c>ConcurrentBag&lt;T&gt;</c>, where it is only added to, counted and enumerated.</summary>
internal static class ConcurrentBags
{
    /// <summary>The edits; null where the list is not a local or private field, or is used in a way that a bag does not know.</summary>
    public static IReadOnlyList<NodeEdit>? Of(FixSite site, SharedChange shared, CancellationToken cancellation)
    {
        if (!shared.IsCollection || !KnownTypes.Same(shared.Target.Type, site.Model.Types.ListOfT) || site.Model.Types.ConcurrentBagOfT is not { } bag
            || Variables.SymbolOf(shared.Target) is not { } variable
            || variable is not (ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private })
            || variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator)
            return null;

        var creations = new List<ExpressionSyntax>();
        if (declarator.Initializer is { Value: var first })
            creations.Add(first);
        foreach (var mention in MentionsOf(variable, shared, site, cancellation))
        {
            if (mention is null)
                return null;
            if (mention.Parent is ISimpleAssignmentOperation { Value.Syntax: ExpressionSyntax value } assignment && assignment.Target == mention)
                creations.Add(value);
            else if (!IsKnownToBags(mention, site.Model))
                return null;
        }

        return creations.Count > 0 && creations.All(IsCreation)
            ? [.. declaration.Type.IsVar ? [] : new[] { Retyped(declaration.Type) }, .. creations.OfType<BaseObjectCreationExpressionSyntax>().Select(Recreated)]
            : null;

        NodeEdit Retyped(TypeSyntax type) => Edit(type, (current, generator) => Written((TypeSyntax)current, generator).WithTriviaFrom(current));

        NodeEdit Recreated(BaseObjectCreationExpressionSyntax creation) => Edit(creation, (current, generator) =>
        {
            var made = (BaseObjectCreationExpressionSyntax)current;
            if (made.ArgumentList is { Arguments: { Count: 1 } arguments } && IsCapacity(creation))
                made = made.WithArgumentList(made.ArgumentList.RemoveNode(arguments[0], SyntaxRemoveOptions.KeepNoTrivia)!);
            return made is ObjectCreationExpressionSyntax { Type: var type } named ? named.WithType(Written(type, generator).WithTriviaFrom(type)) : made;
        });

        bool IsCapacity(BaseObjectCreationExpressionSyntax creation) =>
            site.Model.Bodies.SemanticsOf(creation.SyntaxTree).GetSymbolInfo(creation, cancellation).Symbol is IMethodSymbol { Parameters: { Length: 1 } parameters }
            && parameters[0].Type.SpecialType == SpecialType.System_Int32;

        NodeEdit Edit(SyntaxNode node, System.Func<SyntaxNode, SyntaxGenerator, SyntaxNode> change) =>
            new(site.Document.Project.Solution.GetDocumentId(node.SyntaxTree) ?? site.Document.Id, node, "make a bag", change);

        TypeSyntax Written(TypeSyntax list, SyntaxGenerator generator)
        {
            var written = (QualifiedNameSyntax)generator.TypeExpression(bag);
            var arguments = list.DescendantNodesAndSelf().OfType<GenericNameSyntax>().First().TypeArgumentList;
            return written.WithRight(((GenericNameSyntax)written.Right).WithTypeArgumentList(arguments)).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        }
    }

    private static bool IsCreation(ExpressionSyntax value) => value switch
    {
        ObjectCreationExpressionSyntax { Type: var type } => type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().Any(),
        ImplicitObjectCreationExpressionSyntax => true,
        _ => false,
    };

    /// <summary>Every mention of a list; null among them for one that cannot be read.</summary>
    private static IEnumerable<IOperation?> MentionsOf(ISymbol variable, SharedChange shared, FixSite site, CancellationToken cancellation)
    {
        if (variable is ILocalSymbol)
            return site.Model.TaskFates.MentionsOf(variable, shared.Change);
        return variable.ContainingType.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax(cancellation).DescendantNodes())
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name)
            .Select(name => (Name: name, Semantics: site.Model.Bodies.SemanticsOf(name.SyntaxTree)))
            .Where(mention => SymbolEqualityComparer.Default.Equals(mention.Semantics.GetSymbolInfo(mention.Name, cancellation).Symbol?.OriginalDefinition, variable.OriginalDefinition))
            .Select(mention => mention.Semantics.GetOperation(mention.Name.Parent is MemberAccessExpressionSyntax access && access.Name == mention.Name ? access : mention.Name, cancellation));
    }

    /// <summary>Whether a bag can be used as a list is used at a place: to add, to count, or to go through all elements in whatever order.</summary>
    private static bool IsKnownToBags(IOperation mention, AsyncModel model)
    {
        switch (mention.Parent)
        {
            case INameOfOperation:
            case IPropertyReferenceOperation { Property.Name: "Count" }:
            case IMethodReferenceOperation { Method.Name: "Add" or "ToArray" }:
            case IForEachLoopOperation:
                return true;
            case IInvocationOperation { TargetMethod.Name: "Add" or "ToArray" } call:
                return call.Instance == mention;
            case IConversionOperation { IsImplicit: true, Type: { } type } conversion:
                return conversion.Parent is IForEachLoopOperation
                    || IsSequence(type, model.Types) && !(conversion.Parent is IArgumentOperation { Parent: IInvocationOperation query } && AsksForOrder(query, model.Types));
            default:
                return false;
        }
    }

    private static bool IsSequence(ITypeSymbol type, KnownTypes types) =>
        KnownTypes.Same(type, types.EnumerableOfT) || KnownTypes.Same(type, types.ReadOnlyCollectionOfT) || KnownTypes.Same(type, types.PlainEnumerable);

    private static bool AsksForOrder(IInvocationOperation query, KnownTypes types) =>
        KnownTypes.Same(query.TargetMethod.ContainingType, types.Enumerable)
        && query.TargetMethod.Name is "ElementAt" or "ElementAtOrDefault" or "First" or "FirstOrDefault" or "Last" or "LastOrDefault"
            or "Skip" or "SkipWhile" or "SkipLast" or "Take" or "TakeWhile" or "TakeLast" or "Reverse" or "SequenceEqual" or "Zip";
}
