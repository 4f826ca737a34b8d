using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Makes a lock of one thread a <c>SemaphoreSlim</c>: async functions await it, the others wait for it, and it is released in a <c>finally</c> where it was held over an await.</summary>
internal static class SemaphoreForLock
{
    private const string Purpose = "semaphore";

    /// <summary>The edits for the lock's field and all its uses; null where a semaphore would not mean the same, or one use has no counterpart.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(FixSite site, HeldLock held, CancellationToken cancellation)
    {
        if (site.Model.Types.SemaphoreSlim is not { } semaphore
            || LockField.Of(held.Taking.Holder, site, cancellation) is not { } field
            || field.Calls.Any(use => use.Call.Mode is not ("" or "write"))
            || Reentrance.IsPossible(field, cancellation))
            return null;

        var edits = new List<NodeEdit>();
        foreach (var (call, name) in field.Calls)
        {
            if (EditsOf(call, name, cancellation) is not { } own)
                return null;
            edits.AddRange(own);
        }

        var declarator = (VariableDeclaratorSyntax)field.Declarator.Node;
        var declaration = (VariableDeclarationSyntax)declarator.Parent!;
        edits.Add(new NodeEdit(field.Declarator.Document.Id, declaration.Type, Purpose, (current, generator) => Written(semaphore, generator).WithTriviaFrom(current)));
        if (declarator.Initializer is null && field.Creations.IsEmpty)
            edits.Add(new NodeEdit(field.Declarator.Document.Id, declarator, Purpose, (current, generator) => ((VariableDeclaratorSyntax)current).WithInitializer(Initializer(semaphore, generator))));
        edits.AddRange(field.Creations.Select(creation => new NodeEdit(creation.Document.Id, creation.Node, Purpose, (current, generator) => Free((BaseObjectCreationExpressionSyntax)current, semaphore, generator))));
        return edits;
    }

    private static IReadOnlyList<NodeEdit>? EditsOf(LockCall call, CodePlace use, CancellationToken cancellation)
    {
        var name = (ExpressionSyntax)use.Node;
        var invocation = (InvocationExpressionSyntax)call.Call.Syntax;
        if (Functions.Around(invocation) is not { } function || Functions.SymbolOf(function, use.Semantics) is not { } symbol)
            return null;
        if (!call.Takes)
        {
            return IsStatement(invocation)
                ? [.. GuardedRelease.OfRelease(call, use, cancellation), new NodeEdit(use.Document.Id, invocation, Purpose, (current, _) => Called(name, "Release").WithTriviaFrom(current))]
                : null;
        }

        // A wait in a function that returns a task without async would block where nothing may.
        var awaits = Functions.IsAsync(function);
        if (!awaits && use.Model.Awaitables.ResultOf(symbol.ReturnType) is not null)
            return null;
        var timeout = TimeoutOf(call, invocation);
        var flag = call.Taken?.Syntax as ExpressionSyntax;
        var tries = call.MayFail;
        if (!tries && (!IsStatement(invocation) || timeout is not null))
            return null;
        if (flag is null)
        {
            return
            [
                .. tries ? [] : GuardedRelease.OfTaking(call, use, cancellation),
                new NodeEdit(use.Document.Id, invocation, Purpose, (current, _) => Taken(name, tries, timeout, awaits, invocation).WithTriviaFrom(current)),
            ];
        }

        if (invocation.Parent is not ExpressionStatementSyntax statement)
            return null;
        if (tries)
            return [new NodeEdit(use.Document.Id, invocation, Purpose, (current, _) => Assigned(flag, Taken(name, tries, timeout, awaits, null)).WithTriviaFrom(current))];
        return
        [
            .. StatementSplicing.Replace(
                statement,
                use.Document,
                current =>
                [
                    ((ExpressionStatementSyntax)current).WithExpression(Taken(name, tries, timeout, awaits, null)),
                    ExpressionStatement(Assigned(flag, LiteralExpression(SyntaxKind.TrueLiteralExpression))),
                ],
                asBlock: false),
        ];
    }

    private static bool IsStatement(InvocationExpressionSyntax invocation) =>
        invocation.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax } or LocalFunctionStatementSyntax { ReturnType: PredefinedTypeSyntax } };

    /// <summary>The written time-out of a call; null where it has none.</summary>
    private static ExpressionSyntax? TimeoutOf(LockCall call, InvocationExpressionSyntax invocation) => call.Call.Arguments
        .Where(argument => argument is { IsImplicit: false, Parameter: { RefKind: RefKind.None, Ordinal: var ordinal, Type: { SpecialType: not SpecialType.System_Boolean } type } }
            && (type.SpecialType == SpecialType.System_Int32 || type.Name == "TimeSpan") && (ordinal > 0 || call.Call.Instance is not null))
        .Select(argument => (argument.Syntax as ArgumentSyntax)?.Expression)
        .FirstOrDefault(expression => expression is not null && invocation.ArgumentList.Span.Contains(expression.Span));

    /// <summary>What takes the semaphore: at once or not at all where the lock was tried without a time-out.</summary>
    private static ExpressionSyntax Taken(ExpressionSyntax name, bool tries, ExpressionSyntax? timeout, bool awaits, InvocationExpressionSyntax? place)
    {
        var patience = timeout?.WithoutTrivia() ?? (tries ? LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(0)) : null);
        ExpressionSyntax call = patience is null ? Called(name, awaits ? "WaitAsync" : "Wait") : Called(name, awaits ? "WaitAsync" : "Wait", patience);
        return !awaits ? call
            : place is not null ? Awaiting.Await(call, place)
            : AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), call);
    }

    private static InvocationExpressionSyntax Called(ExpressionSyntax name, string method, params ExpressionSyntax[] arguments) => InvocationExpression(
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, name.WithoutTrivia(), IdentifierName(method)),
        ArgumentList(SeparatedList(arguments.Select(Argument))));

    private static AssignmentExpressionSyntax Assigned(ExpressionSyntax flag, ExpressionSyntax value) => AssignmentExpression(
        SyntaxKind.SimpleAssignmentExpression,
        flag.WithoutTrivia().WithTrailingTrivia(Space),
        Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
        value);

    private static EqualsValueClauseSyntax Initializer(INamedTypeSymbol semaphore, SyntaxGenerator generator) => EqualsValueClause(
        Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space),
        ObjectCreationExpression(Token(SyntaxKind.NewKeyword).WithTrailingTrivia(Space), Written(semaphore, generator), One(), null))
        .WithLeadingTrivia(Space);

    /// <summary>A semaphore that lets one in, and is free.</summary>
    private static ExpressionSyntax Free(BaseObjectCreationExpressionSyntax creation, INamedTypeSymbol semaphore, SyntaxGenerator generator) => creation switch
    {
        ObjectCreationExpressionSyntax written => written.WithType(Written(semaphore, generator)).WithArgumentList(One()).WithTriviaFrom(creation),
        ImplicitObjectCreationExpressionSyntax target => target.WithArgumentList(One()).WithTriviaFrom(creation),
        _ => creation,
    };

    private static ArgumentListSyntax One()
    {
        var one = Argument(LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(1)));
        return ArgumentList(SeparatedList([one, one], [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)]));
    }

    private static TypeSyntax Written(INamedTypeSymbol type, SyntaxGenerator generator) =>
        (TypeSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
}
