using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>What a function itself closes: by <c>using</c> statements and declarations, and by calls that dispose, close, give back or release, in a <c>finally</c> or plainly.</summary>
internal sealed class Closings(AsyncModel model)
{
    private readonly ConditionalWeakTable<IOperation, IReadOnlyList<Closing>> ofFunctions = new();

    /// <summary>All that a function closes, in source order; a call that only some condition or <c>catch</c> leads to is left out.</summary>
    /// <param name="function">The operation of a function's body, lambda or local function.</param>
    public IReadOnlyList<Closing> Of(IOperation function) =>
        ofFunctions.TryGetValue(function, out var known) ? known : ofFunctions.GetValue(function, key => [.. Find(key)]);

    private IEnumerable<Closing> Find(IOperation function)
    {
        foreach (var operation in OwnOperations.Of(function))
        {
            var found = operation switch
            {
                IUsingOperation { Syntax: UsingStatementSyntax statement } block => OfResources(block.Resources, statement.UsingKeyword, statement.Statement.Span),
                IUsingDeclarationOperation { Syntax: LocalDeclarationStatementSyntax { Parent: { } around } declaration } resource =>
                    OfResources(resource.DeclarationGroup, declaration.UsingKeyword, TextSpan.FromBounds(declaration.SpanStart, EndOf(around))),
                IInvocationOperation call => OfCall(call, function) is { } closing ? [closing] : [],
                _ => [],
            };
            foreach (var closing in found)
                yield return closing;
        }
    }

    /// <summary>The end of the statements that a declaration is one of; those of a program are each a member of its file.</summary>
    private static int EndOf(SyntaxNode around) => around is GlobalStatementSyntax { Parent: { } file } ? file.Span.End : around.Span.End;

    private IEnumerable<Closing> OfResources(IOperation resources, SyntaxToken keyword, TextSpan scope)
    {
        if (resources is not IVariableDeclarationGroupOperation group)
            return OfResource(resources, Variables.SymbolOf(resources), resources, keyword, scope);
        return group.Declarations
            .SelectMany(declaration => declaration.Declarators)
            .SelectMany(declarator => OfResource(declarator, declarator.Symbol, declarator.GetVariableInitializer()?.Value, keyword, scope));
    }

    private IEnumerable<Closing> OfResource(IOperation resource, ISymbol? symbol, IOperation? value, SyntaxToken keyword, TextSpan scope)
    {
        if (LockOf(value) is { } locked)
            return [new Closing(ClosingKind.Unlocking, locked, keyword) { Scope = scope, Closer = resource.Syntax, IsCertain = true }];
        return symbol is null
            ? []
            : [new Closing(KindOf(Variables.TypeOf(symbol)), symbol.Name, keyword) { Resource = symbol, Scope = scope, Closer = resource.Syntax, IsCertain = true }];
    }

    /// <summary>The name of the lock that a call enters until what it returns is disposed; null for all other values.</summary>
    private string? LockOf(IOperation? value)
    {
        while (value is IConversionOperation or IParenthesizedOperation or IAwaitOperation)
            value = value.ChildOperations.First();
        return value is IInvocationOperation { Instance: { } instance, TargetMethod.ContainingType: var type } && model.Types.ScopedLocks.Any(known => KnownTypes.Same(type, known))
            ? instance.Syntax.ToString()
            : null;
    }

    private Closing? OfCall(IInvocationOperation call, IOperation function)
    {
        if (!Closes(call.TargetMethod))
            return null;
        var (kind, closed) = Closed(call);
        if (closed is null || Variables.SymbolOf(closed) is not { } symbol)
            return null;
        var resource = PatternSource(symbol, call) ?? symbol;
        if (kind == ClosingKind.Unlocking && !IsTaken(resource, call, function) || Around(call, resource) is not { } place)
            return null;
        return new Closing(kind, resource.Name, place) { Resource = resource, Closer = call.Syntax, IsCertain = place.IsToken };
    }

    /// <summary>Whether a method may be one that closes its object, by its name.</summary>
    public static bool Closes(IMethodSymbol method) =>
        method.Name is "Dispose" or "DisposeAsync" or "Close" or "CloseAsync" or "Return" or "Release" or "ReleaseMutex"
        || method.Name.StartsWith("Exit", StringComparison.Ordinal);

    private (ClosingKind Kind, IOperation? Closed) Closed(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        switch (call.TargetMethod.Name)
        {
            case "Dispose" or "DisposeAsync" or "Close" or "CloseAsync"
                when call.Instance is { } instance && (IsDisposable(instance.Type) || IsDisposable(type)):
                return (KindOf(instance.Type), instance);
            case "Return" when KnownTypes.SameOrBelow(type, model.Types.ArrayPoolOfT) && call.Arguments.Length > 0:
                return (ClosingKind.GivenBack, call.Arguments[0].Value);
            case "Dispose" or "DisposeAsync" or "Close" or "CloseAsync" or "Return":
                return default;
            default:
                return IsLock(type) ? (ClosingKind.Unlocking, call.Instance ?? call.Arguments.FirstOrDefault()?.Value) : default;
        }
    }

    private bool IsDisposable(ITypeSymbol? type) =>
        KnownTypes.SameOrBelow(type, model.Types.Disposable) || KnownTypes.SameOrBelow(type, model.Types.AsyncDisposable);

    private bool IsLock(ITypeSymbol type) =>
        KnownTypes.SameOrBelow(type, model.Types.Semaphores) || KnownTypes.SameOrBelow(type, model.Types.ThreadBoundLocks);

    private ClosingKind KindOf(ITypeSymbol? type) =>
        KnownTypes.SameOrBelow(type, model.Types.CancellationTokenSource) ? ClosingKind.SourceDisposal : ClosingKind.Disposal;

    /// <summary>Whether a function has taken a lock before it releases it: a release alone may be a signal to others.</summary>
    private bool IsTaken(ISymbol resource, IInvocationOperation release, IOperation function) =>
        OwnOperations.Of(function).OfType<IInvocationOperation>().Any(call =>
            call.Syntax.SpanStart < release.Syntax.SpanStart
            && (call.TargetMethod.Name.StartsWith("Wait", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("Enter", StringComparison.Ordinal))
            && IsLock(call.Instance?.Type ?? call.TargetMethod.ContainingType)
            && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(call.Instance ?? call.Arguments.FirstOrDefault()?.Value), resource));

    /// <summary>What <c>d</c> stands for in <c>if (x is IDisposable d) d.Dispose();</c>; null for variables that no pattern declares.</summary>
    private static ISymbol? PatternSource(ISymbol symbol, IOperation call)
    {
        for (var current = call.Parent; current is not null; current = current.Parent)
        {
            if (current is IConditionalOperation { Condition: IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: { } declared } } test }
                && SymbolEqualityComparer.Default.Equals(declared, symbol))
                return Variables.SymbolOf(test.Value);
        }

        return null;
    }

    /// <summary>The <c>finally</c> in which a call always runs, or the call itself where it always runs outside; null where a condition other than that there is something to close, a loop or a <c>catch</c> decides.</summary>
    private static SyntaxNodeOrToken? Around(IOperation call, ISymbol resource)
    {
        foreach (var (outer, inner) in OwnOperations.Around(call))
        {
            switch (outer)
            {
                case ITryOperation { Syntax: TryStatementSyntax { Finally: { } cleanup } } attempt when attempt.Finally == inner:
                    return cleanup.FinallyKeyword;
                case IConditionalOperation choice when choice.Condition != inner && !Mentions(choice.Condition, resource):
                case ILoopOperation or ISwitchOperation or ICatchClauseOperation:
                    return null;
            }
        }

        return call.Syntax;
    }

    private static bool Mentions(IOperation condition, ISymbol resource) =>
        condition.DescendantsAndSelf().Any(operation => SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(operation), resource));
}
