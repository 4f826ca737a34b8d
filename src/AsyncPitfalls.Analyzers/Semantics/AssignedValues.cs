using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which values a variable can hold, where all its assignments are in sight: a local's, a private or readonly field's, and
/// an automatic property's that only its own type can set. The order of assignments is not looked at.
/// </summary>
internal sealed class AssignedValues(AsyncModel model)
{
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyList<IOperation>?> members = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Every value but <c>null</c> that the variable which an operation reads is given; null where the operation reads no
    /// variable, or one that may be given others.
    /// </summary>
    public IReadOnlyList<IOperation>? Of(IOperation read, CancellationToken cancellation) => read switch
    {
        ILocalReferenceOperation { Local: var local } => OfLocal(local, read),
        IFieldReferenceOperation { Field: var field } when field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private => OfMember(field, cancellation),
        IPropertyReferenceOperation { Property: var property } when property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private } => OfMember(property, cancellation),
        _ => null,
    };

    private static IReadOnlyList<IOperation>? OfLocal(ILocalSymbol local, IOperation read)
    {
        var mentions = VariableMentions.Around(read);
        var values = new List<IOperation>();
        foreach (var declarator in mentions.DeclaratorsOf(local))
        {
            if (declarator.GetVariableInitializer() is { } initializer)
                values.Add(initializer.Value);
            else if (declarator.Parent is IForEachLoopOperation)
                return null;
        }

        return mentions.Of(local).All(reference => AddAssigned(reference, values)) ? WithoutNull(values) : null;
    }

    private IReadOnlyList<IOperation>? OfMember(ISymbol member, CancellationToken cancellation)
    {
        member = member.OriginalDefinition;
        return members.TryGetValue(member, out var values) ? values : members.GetOrAdd(member, FindOfMember(member, cancellation));
    }

    private IReadOnlyList<IOperation>? FindOfMember(ISymbol member, CancellationToken cancellation)
    {
        if (!SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, model.Compilation.Assembly))
            return null;
        var values = new List<IOperation>();
        foreach (var declaration in member.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)))
        {
            if (declaration is PropertyDeclarationSyntax property && !IsAutomatic(property))
                return null;
            var initializer = declaration is VariableDeclaratorSyntax field ? field.Initializer : (declaration as PropertyDeclarationSyntax)?.Initializer;
            if (initializer is not null && ValueOf(initializer.Value, cancellation) is { } value)
                values.Add(value);
        }

        foreach (var type in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var name in type.GetSyntax(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText == member.Name
                    && Reference(name, member, cancellation) is { } reference
                    && !AddAssigned(reference, values))
                    return null;
            }
        }

        return WithoutNull(values);
    }

    private static bool IsAutomatic(PropertyDeclarationSyntax property) =>
        property.ExpressionBody is null && property.AccessorList is { } accessors
        && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null });

    private IOperation? ValueOf(ExpressionSyntax expression, CancellationToken cancellation) =>
        model.Bodies.SemanticsOf(expression.SyntaxTree).GetOperation(expression, cancellation);

    private IOperation? Reference(IdentifierNameSyntax name, ISymbol member, CancellationToken cancellation)
    {
        ExpressionSyntax expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return ValueOf(expression, cancellation) is IMemberReferenceOperation reference && Same(reference.Member.OriginalDefinition, member) ? reference : null;
    }

    /// <summary>Adds the value that a reference is assigned, if it is; false where it is changed in a way that shows no value.</summary>
    private static bool AddAssigned(IOperation reference, List<IOperation> values)
    {
        switch (reference.Parent)
        {
            case IAssignmentOperation assignment when assignment.Target == reference:
                if (assignment is not (ISimpleAssignmentOperation or ICoalesceAssignmentOperation))
                    return false;
                values.Add(assignment.Value);
                return true;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }:
            case ITupleOperation { Parent: IDeconstructionAssignmentOperation }:
            case IDeclarationExpressionOperation:
                return false;
            default:
                return true;
        }
    }

    private static IReadOnlyList<IOperation>? WithoutNull(List<IOperation> values)
    {
        values.RemoveAll(value => value.ConstantValue is { HasValue: true, Value: null } || value is IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: null } });
        return values.Count == 0 ? null : values;
    }

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
