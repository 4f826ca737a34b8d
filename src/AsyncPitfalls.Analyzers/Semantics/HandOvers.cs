using System;
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

/// <summary>A place where a function is handed to somebody as a delegate.</summary>
/// <param name="Receiver">Who gets it: an invocation, an object creation, the subscription of an event; else what holds it, such as an assignment or a return.</param>
/// <param name="Parameter">The parameter that takes it; null where there is none.</param>
/// <param name="Delegate">The type of the delegate that is made of it; null where the code around is not resolved.</param>
internal sealed record HandOver(IOperation Receiver, IParameterSymbol? Parameter, ITypeSymbol? Delegate);

/// <summary>
/// To whom functions are handed as delegates: lambdas where they stand, methods and local functions wherever the
/// compilation names them as an argument or subscribes them to an event.
/// </summary>
internal sealed class HandOvers(AsyncModel model)
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<HandOver>> ofMethods = new(SymbolEqualityComparer.Default);

    // A hundred types may have a method of the same name.
    private readonly ConcurrentDictionary<string, ImmutableArray<SimpleNameSyntax>> groups = new(StringComparer.Ordinal);

    /// <summary>Every place where a function is handed over; empty where it is only called.</summary>
    public ImmutableArray<HandOver> Of(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation)
    {
        if (function is AnonymousFunctionExpressionSyntax)
            return semantics.GetOperation(function, cancellation) is { } lambda && At(lambda) is { } own ? ImmutableArray.Create(own) : ImmutableArray<HandOver>.Empty;
        return function is MethodDeclarationSyntax or LocalFunctionStatementSyntax && Functions.SymbolOf(function, semantics) is { } method
            ? ofMethods.TryGetValue(method, out var known) ? known : ofMethods.GetOrAdd(method, FindAll(method, function, semantics, cancellation).ToImmutableArray())
            : ImmutableArray<HandOver>.Empty;
    }

    /// <summary>Every place where a delegate is made of a method or local function, also where it is not handed over but kept, as by an initializer. It binds all that is named so: ask it of few.</summary>
    public IEnumerable<HandOver> Made(SyntaxNode function, IMethodSymbol method, SemanticModel own, CancellationToken cancellation)
    {
        var definition = (method.PartialDefinitionPart ?? method).OriginalDefinition;
        var names = method.MethodKind == MethodKind.LocalFunction
            ? NamedBodies.In(function.SyntaxTree, cancellation).NamesOf(method.Name)
            : model.NamedFiles.Using(method.Name, cancellation).SelectMany(file => file.NamesOf(method.Name));
        foreach (var name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            var whole = WholeOf(name);
            if (whole.Parent is InvocationExpressionSyntax)
                continue;
            var semantics = name.SyntaxTree == own.SyntaxTree ? own : model.Bodies.SemanticsOf(name.SyntaxTree);
            if (semantics.GetOperation(whole, cancellation) is IMethodReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, definition)
                && At(reference) is { } made)
                yield return made;
        }
    }

    /// <summary>The place where a lambda or method group is handed over; null where no delegate is made of it.</summary>
    public static HandOver? At(IOperation function)
    {
        ITypeSymbol? type = null;
        for (var current = function.Parent; ; current = current.Parent)
        {
            switch (current)
            {
                case IDelegateCreationOperation creation:
                    type = creation.Type;
                    break;
                case IConversionOperation or IParenthesizedOperation:
                    break;
                case IArgumentOperation { Parent: { } receiver } argument:
                    return new HandOver(receiver, argument.Parameter, type);
                case IEventAssignmentOperation { Adds: true } subscription:
                    return new HandOver(subscription, null, type);
                default:
                    return current is null || type is null ? null : new HandOver(current, null, type);
            }
        }
    }

    private IEnumerable<HandOver> FindAll(IMethodSymbol method, SyntaxNode function, SemanticModel own, CancellationToken cancellation)
    {
        var definition = (method.PartialDefinitionPart ?? method).OriginalDefinition;
        IEnumerable<SimpleNameSyntax> names = method.MethodKind == MethodKind.LocalFunction
            ? NamedBodies.In(function.SyntaxTree, cancellation).HandedOver(method.Name)
            : GroupsNamed(method.Name, cancellation);
        foreach (var name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            var semantics = name.SyntaxTree == own.SyntaxTree ? own : model.Bodies.SemanticsOf(name.SyntaxTree);
            if (GroupOf(name) is { } use && At(use, definition, semantics, cancellation) is { } handOver)
                yield return handOver;
        }
    }

    /// <summary>Where the compilation hands over something of a name.</summary>
    private ImmutableArray<SimpleNameSyntax> GroupsNamed(string name, CancellationToken cancellation)
    {
        if (groups.TryGetValue(name, out var known))
            return known;
        var found = ImmutableArray.CreateBuilder<SimpleNameSyntax>();
        foreach (var file in model.NamedFiles.Using(name, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            found.AddRange(file.HandedOver(name));
        }

        return groups.GetOrAdd(name, found.ToImmutable());
    }

    private static HandOver? At(ExpressionSyntax use, IMethodSymbol definition, SemanticModel semantics, CancellationToken cancellation)
    {
        var operation = semantics.GetOperation(use, cancellation);
        if (operation is IMethodReferenceOperation reference)
            return SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, definition) ? At(reference) : null;
        return operation is { Parent: not INameOfOperation } && semantics.GetMemberGroup(use, cancellation).Any(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, definition))
            ? new HandOver(operation.Parent ?? operation, null, null)
            : null;
    }

    private static bool IsSubscribing(AssignmentExpressionSyntax assignment) =>
        assignment.IsKind(SyntaxKind.AddAssignmentExpression) || assignment.IsKind(SyntaxKind.SubtractAssignmentExpression);

    /// <summary>The method group that ends in a name, where it is an argument or subscribed to an event; else null.</summary>
    public static ExpressionSyntax? GroupOf(SimpleNameSyntax name)
    {
        var whole = WholeOf(name);
        SyntaxNode outer = whole;
        while (outer.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
            outer = outer.Parent;
        return outer.Parent switch
        {
            ArgumentSyntax { Parent: ArgumentListSyntax } => whole,
            AssignmentExpressionSyntax assignment when assignment.Right == outer && IsSubscribing(assignment) => whole,
            _ => null,
        };
    }

    private static ExpressionSyntax WholeOf(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
}
