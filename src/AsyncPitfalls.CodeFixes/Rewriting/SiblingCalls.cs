using System;
using System.Collections.Generic;
using System.Linq;
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

/// <summary>Makes the call of an awaitable sibling from a synchronous call: its name, its arguments, and the token in scope.</summary>
internal static class SiblingCalls
{
    private const string Disposal = "DisposeAsync";

    /// <summary>The await of a sibling in the place of a call, with the token in scope; null where no sibling takes what the call passes.</summary>
    /// <param name="site">The finding that is mended.</param>
    /// <param name="call">The call, as it is before any edit.</param>
    /// <param name="siblings">The siblings, of which at least one is there: where a token is in scope, the first that takes it is called.</param>
    public static BlockingAwait? Await(FixSite site, IInvocationOperation call, IReadOnlyList<AsyncSibling> siblings)
    {
        var token = TokensInScope.NameAt(call.Syntax, site.Semantics, site.Model);
        var sibling = siblings.FirstOrDefault(sibling => sibling.Token is not null == token is not null) ?? siblings[0];
        return Of(site, call, sibling, token) is { } awaited ? Await(site, call, sibling.Name, awaited, sibling.Method, sibling.Token is null ? null : token) : null;
    }

    /// <summary>The await of <c>DisposeAsync</c> in the place of a call that closes.</summary>
    public static BlockingAwait? AwaitDisposal(FixSite site, IInvocationOperation call) =>
        Await(site, call, Disposal, (current, _) => RenamedCalls.To((InvocationExpressionSyntax)current, Disposal), DisposalOf(call.Instance?.Type), token: null);

    /// <summary>The <c>DisposeAsync</c> of a type or a base of it; null where an interface declares it.</summary>
    private static IMethodSymbol? DisposalOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(Disposal).OfType<IMethodSymbol>().FirstOrDefault() is { } method)
                return method;
        }

        return null;
    }

    private static BlockingAwait? Await(FixSite site, IInvocationOperation call, string name, AwaitedMaker awaited, IMethodSymbol? started, string? token) =>
        call.Syntax is InvocationExpressionSyntax place
        && AwaitEdits.Of(site.Document, site.Semantics, site.Model, place, awaited, started?.ReturnType ?? site.Model.Types.ValueTask) is { } edits
            ? new BlockingAwait(place, started is null ? edits : [.. DirectTasks.Around(site, place, started, token), .. edits], name)
            : null;

    /// <summary>What makes the sibling's call from the current form of a call; null where an argument has no form that the sibling takes.</summary>
    /// <param name="site">The finding that is mended.</param>
    /// <param name="call">The call, as it is before any edit.</param>
    /// <param name="sibling">The sibling.</param>
    /// <param name="token">The name of the token in scope; null where there is none.</param>
    private static AwaitedMaker? Of(FixSite site, IInvocationOperation call, AsyncSibling sibling, string? token)
    {
        if (call.Syntax is not InvocationExpressionSyntax { ArgumentList.Arguments: var written } syntax || sibling.Owner is not null && !CanName(syntax, call))
            return null;
        var changes = new List<(int Index, Func<ArgumentSyntax, ArgumentSyntax> Change)>();
        foreach (var argument in call.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit))
        {
            if (argument.Syntax is not ArgumentSyntax { Parent: ArgumentListSyntax } given || argument.Parameter is not { } parameter || TakerOf(parameter, call, sibling) is not { } taker)
                continue;
            if (ChangeOf(given, parameter, taker, site) is not { } change)
                return null;
            changes.Add((written.IndexOf(given), change));
        }

        var added = TokenFor(written, sibling, token);
        return (current, generator) =>
        {
            var made = (InvocationExpressionSyntax)current;
            var arguments = made.ArgumentList.Arguments;
            foreach (var (index, change) in changes)
                arguments = arguments.Replace(arguments[index], change(arguments[index]));
            var list = made.ArgumentList.WithArguments(arguments);
            made = made.WithArgumentList(added is null ? list : TokensInScope.With(list, added));
            return sibling.Owner is { } owner ? Named(made, owner, sibling, generator) : RenamedCalls.To(made, sibling.Name);
        };
    }

    private static IParameterSymbol? TakerOf(IParameterSymbol parameter, IInvocationOperation call, AsyncSibling sibling)
    {
        var index = parameter.Ordinal - (call.TargetMethod.Parameters.Length - sibling.Taken.Length);
        return index < 0 ? null : sibling.Taken[index];
    }

    /// <summary>How an argument is given to the sibling: under its parameter's name, as a memory for a span; null where it cannot be.</summary>
    private static Func<ArgumentSyntax, ArgumentSyntax>? ChangeOf(ArgumentSyntax given, IParameterSymbol parameter, IParameterSymbol taker, FixSite site)
    {
        var types = site.Model.Types;
        var becomesMemory = IsSpan(parameter.Type, types) && !IsSpan(taker.Type, types);
        if (becomesMemory && !MemoryForms.Exist(given.Expression, site.Semantics, site.Model))
            return null;
        return current =>
        {
            if (current.NameColon is { } name && name.Name.Identifier.ValueText != taker.Name)
                current = current.WithNameColon(name.WithName(IdentifierName(taker.Name).WithTriviaFrom(name.Name)));
            if (taker.RefKind == RefKind.None && current.RefKindKeyword != default)
                current = current.WithRefKindKeyword(default);
            return becomesMemory ? current.WithExpression(MemoryForms.Of(current.Expression, given.Expression, site.Semantics)) : current;
        };
    }

    /// <summary>The argument that passes the token; null where the sibling takes none, or needs none and there is none.</summary>
    private static ArgumentSyntax? TokenFor(SeparatedSyntaxList<ArgumentSyntax> written, AsyncSibling sibling, string? token)
    {
        if (sibling.Token is not { } parameter || token is null && parameter.IsOptional)
            return null;
        ExpressionSyntax value = token is null ? LiteralExpression(SyntaxKind.DefaultLiteralExpression) : IdentifierName(token);
        var before = parameter.Ordinal - (sibling.Method.IsExtensionMethod && sibling.Taken.Length < sibling.Method.Parameters.Length && IsObject(sibling) ? 1 : 0);
        var isNext = written.Count == before && written.All(argument => argument.NameColon is null);
        return isNext ? Argument(value) : Argument(value).WithNameColon(NameColon(IdentifierName(parameter.Name), Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space)));
    }

    /// <summary>Whether the first parameter of an extension method is what it is called on, not what the call passes.</summary>
    private static bool IsObject(AsyncSibling sibling) =>
        !sibling.Taken.Any(taken => taken is { Ordinal: 0 });

    private static bool IsSpan(ITypeSymbol type, KnownTypes types) => KnownTypes.Same(type, types.SpanOfT) || KnownTypes.Same(type, types.ReadOnlySpanOfT);

    /// <summary>Whether the type that declares the sibling can be named in its call: there is no <c>?.</c> before it.</summary>
    private static bool CanName(InvocationExpressionSyntax syntax, IInvocationOperation call) =>
        call.TargetMethod is { IsStatic: true, IsExtensionMethod: false } || syntax.Expression is MemberAccessExpressionSyntax && !syntax.Ancestors().TakeWhile(node => node is ExpressionSyntax).Any(node => node is ConditionalAccessExpressionSyntax);

    /// <summary>The call of a sibling by the name of the type that declares it: <c>AsyncFile.ReadAsync(path)</c>, <c>DbExtensions.LoadAsync(db, 1)</c>.</summary>
    private static ExpressionSyntax Named(InvocationExpressionSyntax call, INamedTypeSymbol owner, AsyncSibling sibling, SyntaxGenerator generator)
    {
        var name = RenamedCalls.To(call, sibling.Name);
        var type = (ExpressionSyntax)generator.TypeExpression(owner).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        var method = (SimpleNameSyntax)BlockingWaits.NameOf(name);
        var named = name.WithExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type, method.WithoutTrivia())).WithTriviaFrom(call);
        if (!sibling.Method.IsExtensionMethod || call.Expression is not MemberAccessExpressionSyntax access)
            return named;
        var arguments = named.ArgumentList.Arguments;
        var extended = Argument(access.Expression.WithoutTrivia());
        return named.WithArgumentList(named.ArgumentList.WithArguments(SeparatedList(
            arguments.Prepend(extended),
            Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), arguments.Count == 0 ? 0 : 1).Concat(arguments.GetSeparators()))));
    }
}
