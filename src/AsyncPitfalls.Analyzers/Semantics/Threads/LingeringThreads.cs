using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Threads that run a dispatcher and keep the process alive, since they are neither background threads nor told to end. See
/// https://learn.microsoft.com/dotnet/api/system.threading.thread.isbackground: "background threads do not prevent a process from terminating".
/// </summary>
internal sealed class LingeringThreads(AsyncModel model)
{
    private readonly LoopThreads loops = new(model);

    /// <summary>Whether the creation of a thread makes one whose procedure ends in <c>Dispatcher.Run()</c>, and that nobody makes a background thread or shuts down.</summary>
    public bool Is(IObjectCreationOperation creation, CancellationToken cancellation) =>
        KnownTypes.Same(creation.Type, model.Types.Thread)
        && loops.LoopOf(creation, cancellation) is { } loop && RunsDispatcher(loop)
        && !SetsBackground(creation.Initializer)
        && !IsMadeBackground(creation, cancellation)
        && !IsShutDown(creation, cancellation)
        && !model.Unexecuted.Holds(creation);

    /// <summary>The assignment of <c>false</c> to <c>IsBackground</c> of the thread that a creation makes; null where there is none.</summary>
    public IAssignmentOperation? MadeForeground(IObjectCreationOperation creation, CancellationToken cancellation) =>
        Settings(creation, cancellation).Concat(creation.Initializer?.Initializers.OfType<IAssignmentOperation>().Where(IsOfBackground) ?? [])
            .FirstOrDefault(assignment => assignment.Value.ConstantValue is { HasValue: true, Value: false });

    private bool RunsDispatcher(IOperation loop) => loop switch
    {
        IInvocationOperation { TargetMethod: { Name: "Run", ContainingType: var type } } => KnownTypes.Same(type, model.Types.WpfDispatcher),
        IMethodReferenceOperation { Method: { Name: "Run", ContainingType: var type } } => KnownTypes.Same(type, model.Types.WpfDispatcher),
        _ => false,
    };

    private bool SetsBackground(IObjectOrCollectionInitializerOperation? initializer) =>
        initializer?.Initializers.OfType<IAssignmentOperation>().Any(assignment => IsOfBackground(assignment) && IsNotFalse(assignment)) == true;

    /// <summary>Whether somebody makes it a background thread later, or may do so: it is given to somebody else.</summary>
    private bool IsMadeBackground(IObjectCreationOperation creation, CancellationToken cancellation) =>
        Settings(creation, cancellation).Any(IsNotFalse)
        || IsGivenAway(creation)
        || HolderOf(creation) is ILocalSymbol local && MentionsOf(local, creation).Any(IsGivenAway);

    private IEnumerable<IAssignmentOperation> Settings(IObjectCreationOperation creation, CancellationToken cancellation) => OperationsAround(creation, cancellation)
        .OfType<IAssignmentOperation>()
        .Where(IsOfBackground)
        .Where(assignment => assignment.Target is IPropertyReferenceOperation { Instance: { } instance }
            && (IsCurrentThread(instance) || HolderOf(creation) is { } holder && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(instance), holder)));

    private bool IsOfBackground(IAssignmentOperation assignment) =>
        assignment.Target is IPropertyReferenceOperation { Property: { Name: "IsBackground", ContainingType: var type } } && KnownTypes.Same(type, model.Types.Thread);

    private static bool IsNotFalse(IAssignmentOperation assignment) => assignment.Value.ConstantValue is not { HasValue: true, Value: false };

    private bool IsCurrentThread(IOperation instance) =>
        instance is IPropertyReferenceOperation { Property: { Name: "CurrentThread", ContainingType: var type } } && KnownTypes.Same(type, model.Types.Thread);

    /// <summary>The variable that holds a new thread; null where none does.</summary>
    private static ISymbol? HolderOf(IOperation creation)
    {
        while (creation.Parent is IConversionOperation)
            creation = creation.Parent;
        return creation.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            IFieldInitializerOperation { InitializedFields: { IsEmpty: false } fields } => fields[0],
            IPropertyInitializerOperation { InitializedProperties: { IsEmpty: false } properties } => properties[0],
            ISimpleAssignmentOperation assignment => Variables.SymbolOf(assignment.Target),
            _ => null,
        };
    }

    private static IEnumerable<IOperation> MentionsOf(ISymbol local, IOperation place) => OwnOperations.RootOf(place).Descendants()
        .Where(operation => operation is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, local));

    private static bool IsGivenAway(IOperation thread)
    {
        while (thread.Parent is IConversionOperation)
            thread = thread.Parent;
        return thread.Parent is IArgumentOperation or IReturnOperation or IArrayInitializerOperation;
    }

    /// <summary>Whether a dispatcher is told to end: anywhere in the type that makes the thread, or in the whole compilation where the type gives the dispatcher away.</summary>
    private bool IsShutDown(IObjectCreationOperation creation, CancellationToken cancellation)
    {
        if (OperationsAround(creation, cancellation).Any(EndsDispatcher))
            return true;
        return creation.SemanticModel?.GetEnclosingSymbol(creation.Syntax.SpanStart, cancellation)?.ContainingType is { } type
            && type.GetMembers().Any(member => member.DeclaredAccessibility != Accessibility.Private && KnownTypes.SameOrBelow(TypeOf(member), model.Types.WpfDispatcher))
            && model.Compilation.SyntaxTrees.Any(tree => EndsDispatcherIn(tree.GetRoot(cancellation), cancellation));
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member is IMethodSymbol method ? method.ReturnType : Variables.TypeOf(member);

    private bool EndsDispatcherIn(SyntaxNode root, CancellationToken cancellation) => root.DescendantNodes().OfType<SimpleNameSyntax>()
        .Where(name => name.Identifier.ValueText is "InvokeShutdown" or "BeginInvokeShutdown" or "ExitAllFrames")
        .Any(name => model.Bodies.SemanticsOf(root.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol is IMethodSymbol method && KnownTypes.SameOrBelow(method.ContainingType, model.Types.WpfDispatcher));

    private bool EndsDispatcher(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "InvokeShutdown" or "BeginInvokeShutdown" or "ExitAllFrames", ContainingType: var type } } && KnownTypes.SameOrBelow(type, model.Types.WpfDispatcher)
        || operation is IMethodReferenceOperation { Method: { Name: "InvokeShutdown", ContainingType: var referred } } && KnownTypes.SameOrBelow(referred, model.Types.WpfDispatcher);

    /// <summary>All that the type around an operation does.</summary>
    private IEnumerable<IOperation> OperationsAround(IOperation place, CancellationToken cancellation)
    {
        var type = place.Syntax.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault();
        var semantics = model.Bodies.SemanticsOf(place.Syntax.SyntaxTree);
        if (type is null)
            return OwnOperations.RootOf(place).DescendantsAndSelf();
        return type.DescendantNodes(node => node is TypeDeclarationSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax or AccessorListSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax)
            .Where(node => Functions.IsFunction(node) || node is EqualsValueClauseSyntax)
            .Select(node => semantics.GetOperation(node, cancellation))
            .OfType<IOperation>()
            .SelectMany(operation => operation.DescendantsAndSelf());
    }
}
