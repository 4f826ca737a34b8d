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

/// <summary>Makes a value that each thread has its own of one that goes with the asynchronous work: an <c>AsyncLocal</c>.</summary>
internal static class AsyncLocalField
{
    private const string Purpose = "async local";

    /// <summary>The edits for the private field that holds the value, and its uses; null where it is used in a way that an <c>AsyncLocal</c> does not know, or begins with a value of its own on each thread.</summary>
    public static IReadOnlyList<NodeEdit>? Plan(FixSite site, IFieldSymbol field, CancellationToken cancellation)
    {
        if (site.Model.Types.AsyncLocalOfT is not { } asyncLocal || PrivateFields.DeclaratorOf(field, site, cancellation) is not { } declarator)
            return null;
        var uses = PrivateFields.UsesOf(field, site, cancellation).ToList();
        return KnownTypes.Same(field.Type, site.Model.Types.ThreadLocalOfT)
            ? OfThreadLocal(declarator, uses, asyncLocal)
            : OfThreadStatic(field, declarator, uses, asyncLocal, cancellation);
    }

    private static IReadOnlyList<NodeEdit>? OfThreadLocal(CodePlace declarator, IReadOnlyList<CodePlace> uses, INamedTypeSymbol asyncLocal)
    {
        if (((VariableDeclaratorSyntax)declarator.Node).Initializer?.Value is not BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null } creation
            || !uses.All(use => use.Node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } access && access.Expression == use.Node))
            return null;
        var types = new List<TypeSyntax> { ((VariableDeclarationSyntax)declarator.Node.Parent!).Type };
        if (creation is ObjectCreationExpressionSyntax { Type: var created })
            types.Add(created);
        if (types.Any(type => ValueTypeIn(type) is null))
            return null;
        return [.. types.Select(type => new NodeEdit(declarator.Document.Id, type, Purpose, (current, generator) => Written(asyncLocal, ValueTypeIn((TypeSyntax)current)!, generator).WithTriviaFrom(current)))];
    }

    /// <summary>The type argument of <c>ThreadLocal&lt;T&gt;</c> as it is written; null where another name stands for the whole.</summary>
    private static TypeSyntax? ValueTypeIn(TypeSyntax type) => type switch
    {
        GenericNameSyntax { TypeArgumentList.Arguments.Count: 1 } generic => generic.TypeArgumentList.Arguments[0],
        QualifiedNameSyntax qualified => ValueTypeIn(qualified.Right),
        AliasQualifiedNameSyntax qualified => ValueTypeIn(qualified.Name),
        NullableTypeSyntax => null,
        _ => null,
    };

    private static IReadOnlyList<NodeEdit>? OfThreadStatic(
        IFieldSymbol field, CodePlace declarator, IReadOnlyList<CodePlace> uses, INamedTypeSymbol asyncLocal, CancellationToken cancellation)
    {
        var member = (FieldDeclarationSyntax)declarator.Node.Parent!.Parent!;
        if (((VariableDeclaratorSyntax)declarator.Node).Initializer is not null
            || !uses.All(use => IsRead(use, field, cancellation))
            || AttributeOf(declarator.At(member), cancellation) is not { } attribute
            || KeptComments.Has(attribute.Parent!) || attribute.Parent!.GetTrailingTrivia().Any(KeptComments.IsComment))
            return null;
        var isShort = declarator.Language >= LanguageVersion.CSharp9;
        return
        [
            .. uses.Select(use => new NodeEdit(use.Document.Id, use.Node, Purpose, (current, _) =>
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, ((ExpressionSyntax)current).WithoutTrivia(), IdentifierName("Value")).WithTriviaFrom(current))),
            new NodeEdit(declarator.Document.Id, member, Purpose, (current, generator) => Declared((FieldDeclarationSyntax)current, member, attribute, asyncLocal, isShort, generator)),
        ];
    }

    /// <summary>Whether a use reads or writes the field as a whole; what is passed by reference, and a member of a struct in it, has no counterpart.</summary>
    private static bool IsRead(CodePlace use, IFieldSymbol field, CancellationToken cancellation) =>
        use.Node.Parent is not (ArgumentSyntax { RefOrOutKeyword.RawKind: not 0 } or RefExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression })
        && !(use.Node.Parent is MemberAccessExpressionSyntax access && access.Expression == use.Node && field.Type is { IsValueType: true, IsReadOnly: false, SpecialType: SpecialType.None, TypeKind: not TypeKind.Enum })
        && use.Semantics.GetOperation(use.Node, cancellation) is not null;

    private static AttributeSyntax? AttributeOf(CodePlace member, CancellationToken cancellation) => ((FieldDeclarationSyntax)member.Node).AttributeLists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => KnownTypes.Same(member.Semantics.GetTypeInfo(attribute, cancellation).Type, member.Model.Types.ThreadStaticAttribute));

    private static FieldDeclarationSyntax Declared(
        FieldDeclarationSyntax current, FieldDeclarationSyntax original, AttributeSyntax attribute, INamedTypeSymbol asyncLocal, bool isShort, SyntaxGenerator generator)
    {
        var leading = current.GetLeadingTrivia();
        var lists = original.AttributeLists.Select((list, index) => list.Attributes.Contains(attribute)
                ? list.Attributes.Count == 1 ? null : current.AttributeLists[index].WithAttributes(current.AttributeLists[index].Attributes.RemoveAt(list.Attributes.IndexOf(attribute)))
                : current.AttributeLists[index])
            .OfType<AttributeListSyntax>();
        var declaration = current.Declaration;
        var type = Written(asyncLocal, declaration.Type.WithoutTrivia(), generator);
        ExpressionSyntax made = isShort
            ? ImplicitObjectCreationExpression()
            : ObjectCreationExpression(Token(SyntaxKind.NewKeyword).WithTrailingTrivia(Space), type, ArgumentList(), null);
        var changed = current
            .WithAttributeLists(List(lists))
            .WithDeclaration(declaration
                .WithType(type.WithTriviaFrom(declaration.Type))
                .WithVariables(SingletonSeparatedList(declaration.Variables[0].WithInitializer(
                    EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), made).WithLeadingTrivia(Space)))));
        if (!changed.Modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            changed = changed.AddModifiers(Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(Space));
        return changed.WithLeadingTrivia(leading);
    }

    private static TypeSyntax Written(INamedTypeSymbol generic, TypeSyntax argument, SyntaxGenerator generator)
    {
        var written = (TypeSyntax)generator.TypeExpression(generic).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        var parameter = ((GenericNameSyntax)((QualifiedNameSyntax)written).Right).TypeArgumentList.Arguments[0];
        return written.ReplaceNode(parameter, argument.WithoutTrivia());
    }
}
