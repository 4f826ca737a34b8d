using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary>A private field that is nothing but a lock: every use of it takes or releases it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Declarator">Its only declaration.</param>
/// <param name="Creations">What makes the lock: the field's initializer, assignments in constructors.</param>
/// <param name="Calls">Each call that takes or releases it, with the name by which it stands there.</param>
internal sealed record LockField(
    IFieldSymbol Field, CodePlace Declarator, ImmutableArray<CodePlace> Creations, ImmutableArray<(LockCall Call, CodePlace Name)> Calls)
{
    /// <summary>The field that holds a lock; null where the lock is no such field, or is used in another way too.</summary>
    public static LockField? Of(ISymbol? holder, FixSite site, CancellationToken cancellation)
    {
        if (PrivateFields.DeclaratorOf(holder, site, cancellation) is not { } declarator || holder is not IFieldSymbol field)
            return null;
        var creations = ImmutableArray.CreateBuilder<CodePlace>();
        if (((VariableDeclaratorSyntax)declarator.Node).Initializer is { Value: var value })
        {
            if (!IsNewLock(declarator.At(value), cancellation))
                return null;
            creations.Add(declarator.At(value));
        }

        var calls = ImmutableArray.CreateBuilder<(LockCall, CodePlace)>();
        foreach (var name in PrivateFields.UsesOf(field, site, cancellation))
        {
            if (name.Node.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment && assignment.Left == name.Node && IsNewLock(name.At(assignment.Right), cancellation))
                creations.Add(name.At(assignment.Right));
            else if (CallAround(name, cancellation) is { } call)
                calls.Add((call, name));
            else if (!IsDisposed(name.Node))
                return null;
        }

        return creations.Count > 0 || field.Type.IsValueType ? new LockField(field, declarator, creations.ToImmutable(), calls.ToImmutable()) : null;
    }

    /// <summary>Whether a value is a new lock that nobody holds and no other program can name.</summary>
    private static bool IsNewLock(CodePlace value, CancellationToken cancellation) =>
        value.Node is BaseObjectCreationExpressionSyntax { Initializer: null }
        && value.Semantics.GetOperation(value.Node, cancellation) is IObjectCreationOperation { Type: { } type } creation
        && (type.SpecialType == SpecialType.System_Object
            || KnownTypes.Same(type, value.Model.Types.Mutex) || KnownTypes.Same(type, value.Model.Types.ReaderWriterLockSlim)
            || KnownTypes.Same(type, value.Model.Types.Lock) || KnownTypes.Same(type, value.Model.Types.SpinLock))
        && creation.Arguments.All(argument => argument.Value.ConstantValue is { HasValue: true, Value: bool } told && (type.IsValueType || told.Value is false));

    /// <summary>The call that takes or releases the lock which a name stands for, without conversions.</summary>
    private static LockCall? CallAround(CodePlace name, CancellationToken cancellation)
    {
        var invocation = name.Node.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => call,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == name.Node && call.Expression == access => call,
            _ => null,
        };
        return invocation is not null
            && name.Semantics.GetOperation(invocation, cancellation) is IInvocationOperation operation
            && name.Model.HeldLocks.Calls.Of(operation, cancellation) is { } found
            && found.Lock.Syntax == name.Node
                ? found
                : null;
    }

    private static bool IsDisposed(SyntaxNode name) =>
        name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax } } access && access.Expression == name;
}
