using System.Collections.Concurrent;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// The path that names an operation's value again: <c>t</c>, <c>this.pending</c>, <c>ts[0]</c>, <c>source.Task</c>. What returns the same task in another
/// form (<c>ConfigureAwait</c>, <c>AsTask</c>, <c>GetAwaiter</c>, a cast) has the task's path.
/// </summary>
internal sealed class ValuePaths(AsyncModel model)
{
    private readonly ConcurrentDictionary<IPropertySymbol, bool> steady = new(SymbolEqualityComparer.Default);

    /// <summary>The path of an operation of a body or of its control-flow graph; null where its value is new each time.</summary>
    public ValuePath? Of(IOperation? operation)
    {
        operation = operation is null ? null : Same(operation);
        switch (operation)
        {
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } local:
                return ValuePath.Root(local.Local);
            case IParameterReferenceOperation parameter:
                return ValuePath.Root(parameter.Parameter);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: { } type }:
                return ValuePath.Root(type.OriginalDefinition);
            case IFlowCaptureReferenceOperation capture:
                return ValuePath.Root(capture.Id);
            case IConditionalAccessInstanceOperation instance:
                return Of(ReceiverOf(instance));
            case IFieldReferenceOperation field:
                return Of(field);
            case IPropertyReferenceOperation property:
                return property.Arguments.IsEmpty ? OfProperty(property) : Indexed(property.Instance, property.Arguments.Select(argument => argument.Value).ToArray());
            case IArrayElementReferenceOperation element:
                return Indexed(element.ArrayReference, element.Indices.ToArray());
            case IImplicitIndexerReferenceOperation element:
                return Indexed(element.Instance, element.Argument);
            case ISimpleAssignmentOperation { IsRef: false } assignment:
                return Of(assignment.Target);
            case IDeclarationExpressionOperation declaration:
                return Of(declaration.Expression);
            case IInvocationOperation { TargetMethod.Name: "Read", Arguments.Length: 1 } read
                when KnownTypes.Same(read.TargetMethod.ContainingType, model.Types.Volatile):
                return Of(read.Arguments[0].Value);
            default:
                return null;
        }
    }

    /// <summary>The operation whose value is the task that another operation has in another form; the operation itself for all others.</summary>
    public IOperation Same(IOperation operation)
    {
        while (true)
        {
            operation = model.Awaitables.Behind(operation, throughWaitAsync: false);
            switch (operation)
            {
                case ITranslatedQueryOperation query:
                    operation = query.Operation;
                    break;
                case IInvocationOperation { TargetMethod: { Name: WellKnownMemberNames.GetAwaiter, Parameters.IsEmpty: true }, Instance: { } awaited }:
                    operation = awaited;
                    break;
                case IObjectCreationOperation { Arguments.Length: 1 } wrapped
                    when model.Awaitables.IsValueTask(wrapped.Type) && model.Awaitables.IsTask(wrapped.Arguments[0].Value.Type):
                    operation = wrapped.Arguments[0].Value;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The member that a path continues with for a property of the pattern that is matched against it.</summary>
    public ValuePath? OfMember(ValuePath? instance, ISymbol member) => instance?.Member(KeyOf(member));

    /// <summary>The key of a member in paths: the same for all types made from a generic one, and for all names of a tuple's element.</summary>
    public static object KeyOf(ISymbol member) =>
        member is IFieldSymbol { CorrespondingTupleField: { } element } ? element.Name : member.OriginalDefinition;

    /// <summary>The key of a tuple's element by its position.</summary>
    public static object TupleKey(int index) => "Item" + (index + 1);

    private ValuePath? Of(IFieldReferenceOperation field) =>
        field.Field.IsStatic ? ValuePath.Root(field.Field.OriginalDefinition) : Of(field.Instance)?.Member(KeyOf(field.Field));

    private ValuePath? OfProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        var type = property.ContainingType;
        if (property.Name == "Current" && reference.Instance is IFlowCaptureReferenceOperation enumerator)
            return ValuePath.Root(enumerator.Id).AtSome();

        // What is known of all elements of a dictionary is known of its values, and of the pairs that hold them.
        if ((property.Name == "Value" && KnownTypes.Same(type, model.Types.KeyValuePairOfT)) || (property.Name == "Values" && IsDictionary(type)))
            return Of(reference.Instance);
        if (!IsSteady(property))
            return null;
        return property.IsStatic ? ValuePath.Root(property.OriginalDefinition) : Of(reference.Instance)?.Member(KeyOf(property));
    }

    private bool IsDictionary(ITypeSymbol type) =>
        KnownTypes.SameOrBelow(type, model.Types.DictionaryInterfaceOfT) || KnownTypes.SameOrBelow(type, model.Types.ReadOnlyDictionaryOfT);

    private ValuePath? Indexed(IOperation? collection, params IOperation[] indices)
    {
        var path = Of(collection);
        if (path is null || indices.Length != 1)
            return path?.AtSome();
        var index = indices[0] is IConversionOperation conversion ? conversion.Operand : indices[0];
        return index switch
        {
            { ConstantValue: { HasValue: true, Value: { } constant } } => path.At(constant),
            IUnaryOperation { Operand.ConstantValue: { HasValue: true, Value: { } fromEnd } } => path.At("^" + fromEnd),
            ILocalReferenceOperation local => path.At(local.Local),
            IParameterReferenceOperation parameter => path.At(parameter.Parameter),
            _ => path.AtSome(),
        };
    }

    /// <summary>Whether a property gives the same value until somebody sets it, as far as its getter tells; those of other assemblies and interfaces are taken to.</summary>
    private bool IsSteady(IPropertySymbol property) => steady.GetOrAdd(property.OriginalDefinition, static key =>
        key.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() switch
        {
            PropertyDeclarationSyntax { ExpressionBody: { } arrow } => GivesTheSame(arrow),
            PropertyDeclarationSyntax { AccessorList: { } accessors } => accessors.Accessors
                .Where(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration))
                .All(accessor => GivesTheSame((SyntaxNode?)accessor.Body ?? accessor.ExpressionBody)),
            _ => true,
        }));

    private static bool GivesTheSame(SyntaxNode? getter) =>
        getter is null
        || !getter.DescendantNodes().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
        || getter.DescendantNodes().Any(node => node is AssignmentExpressionSyntax);

    private static IOperation? ReceiverOf(IConditionalAccessInstanceOperation instance)
    {
        IOperation child = instance;
        for (var parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access.Operation;
        }

        return null;
    }
}
