using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
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
    IFieldSymbol Field, VariableDeclaratorSyntax Declarator, ImmutableArray<BaseObjectCreationExpressionSyntax> Creations, ImmutableArray<(LockCall Call, ExpressionSyntax Name)> Calls)
{
    /// <summary>The field that holds a lock; null where the lock is no such field, is declared in several files, or is used in another way too.</summary>
    public static LockField? Of(ISymbol? holder, FixSite site, CancellationToken cancellation)
    {
        if (PrivateFields.DeclaratorOf(holder, site, cancellation) is not { } declarator || holder is not IFieldSymbol field)
            return null;
        var creations = ImmutableArray.CreateBuilder<BaseObjectCreationExpressionSyntax>();
        if (declarator.Initializer is { Value: var value })
        {
            if (!IsNewLock(value, site, cancellation))
                return null;
            creations.Add((BaseObjectCreationExpressionSyntax)value);
        }

        var calls = ImmutableArray.CreateBuilder<(LockCall, ExpressionSyntax)>();
        foreach (var name in PrivateFields.UsesOf(field, site, cancellation))
        {
            if (name.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment && assignment.Left == name && IsNewLock(assignment.Right, site, cancellation))
                creations.Add((BaseObjectCreationExpressionSyntax)assignment.Right);
            else if (CallAround(name, site, cancellation) is { } call)
                calls.Add((call, name));
            else if (!IsDisposed(name))
                return null;
        }

        return creations.Count > 0 || field.Type.IsValueType ? new LockField(field, declarator, creations.ToImmutable(), calls.ToImmutable()) : null;
    }

    /// <summary>Whether a value is a new lock that nobody holds and no other program can name.</summary>
    private static bool IsNewLock(ExpressionSyntax value, FixSite site, CancellationToken cancellation) =>
        value is BaseObjectCreationExpressionSyntax { Initializer: null }
        && site.Semantics.GetOperation(value, cancellation) is IObjectCreationOperation { Type: { } type } creation
        && (type.SpecialType == SpecialType.System_Object
            || KnownTypes.Same(type, site.Model.Types.Mutex) || KnownTypes.Same(type, site.Model.Types.ReaderWriterLockSlim)
            || KnownTypes.Same(type, site.Model.Types.Lock) || KnownTypes.Same(type, site.Model.Types.SpinLock))
        && creation.Arguments.All(argument => argument.Value.ConstantValue is { HasValue: true, Value: bool } told && (type.IsValueType || told.Value is false));

    /// <summary>The call that takes or releases the lock which a name stands for, without conversions.</summary>
    private static LockCall? CallAround(ExpressionSyntax name, FixSite site, CancellationToken cancellation)
    {
        var invocation = name.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => call,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == name && call.Expression == access => call,
            _ => null,
        };
        return invocation is not null
            && site.Semantics.GetOperation(invocation, cancellation) is IInvocationOperation operation
            && site.Model.HeldLocks.Calls.Of(operation, cancellation) is { } found
            && found.Lock.Syntax == name
                ? found
                : null;
    }

    private static bool IsDisposed(ExpressionSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax } } access && access.Expression == name;
}
