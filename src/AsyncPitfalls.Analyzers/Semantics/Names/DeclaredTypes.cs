using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which type a name's value has, as far as the declarations of the same file say so. Whatever syntax cannot tell for
/// certain has no answer.
/// </summary>
/// <param name="locals">The locals and parameters of the file.</param>
internal sealed class DeclaredTypes(DeclaredLocals locals)
{
    /// <summary>Stands for the type of every array; no type has this name.</summary>
    public const string Array = "[]";

    private readonly ConcurrentDictionary<SyntaxNode, Dictionary<string, string?>> ofTypes = new();

    /// <summary>Whether a node declares a type whose members are named on it.</summary>
    public static bool IsNamedType(SyntaxNode node) => node is ClassDeclarationSyntax or StructDeclarationSyntax or InterfaceDeclarationSyntax or RecordDeclarationSyntax;

    /// <summary>The type whose member a body is; null where it can be named without one.</summary>
    public static string? TypeOf(SyntaxNode body, ParameterListSyntax? parameters) =>
        body is LocalFunctionStatementSyntax
        || parameters is { Parameters: { Count: > 0 } list } && list[0].Modifiers.Any(SyntaxKind.ThisKeyword)
        // An extension block is a type without a name, which this version of the syntax does not know.
        || body.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null or { Identifier.ValueText: "" }
            ? null
            : TypeAround(body)?.Identifier.ValueText;

    /// <summary>The type as whose member a name is used; null where that cannot be told.</summary>
    public string? TypeOfMember(SimpleNameSyntax name)
    {
        if (TypeAround(name) is not { } type || IsOfPattern(name))
            return null;
        return name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => TypeOf(access.Expression, type),
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access ? TypeOf(access.Expression, type) : null,
            QualifiedNameSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax => null,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment when assignment.Left == name => null,
            _ => OwnType(type),
        };
    }

    /// <summary>The type of an expression before a dot or bracket; null where that cannot be told.</summary>
    public string? TypeOf(ExpressionSyntax receiver) => TypeAround(receiver) is { } type ? TypeOf(receiver, type) : null;

    /// <summary>Whether a name is that of a local, or of a field or property of this part of the type around it.</summary>
    public bool IsDeclared(IdentifierNameSyntax name) =>
        IsLocal(name) || TypeAround(name) is { } type && MembersOf(type).ContainsKey(name.Identifier.ValueText);

    /// <summary>The type of which <c>new(…)</c> makes an object; null where the place does not tell.</summary>
    public string? TypeOfNew(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => NameOf(declaration.Type),
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => NameOf(property.Type),
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => NameOf(property.Type),
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } => NameOf(method.ReturnType),
        AssignmentExpressionSyntax assignment when assignment.Right == creation && TypeAround(creation) is { } type => TypeOf(assignment.Left, type),
        _ => null,
    };

    /// <summary>Whether a name is that of a local or parameter of the member around it.</summary>
    public bool IsLocal(IdentifierNameSyntax name) => locals.Have(name.Identifier.ValueText, name, out _);

    private static TypeDeclarationSyntax? TypeAround(SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>(IsNamedType);

    // What a nested type names without an object may be a member of the types around it.
    private static string? OwnType(TypeDeclarationSyntax type) =>
        type.Identifier.ValueText is { Length: > 0 } name && (type.Parent is null || TypeAround(type.Parent) is null) ? name : null;

    private string? TypeOf(ExpressionSyntax receiver, TypeDeclarationSyntax type) => receiver switch
    {
        ThisExpressionSyntax or BaseExpressionSyntax => OwnType(type),
        IdentifierNameSyntax { Identifier.ValueText: var name } => TypeOfLocalOrField(name, receiver, type),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax { Identifier.ValueText: var name } } => TypeOfField(name, type),
        ParenthesizedExpressionSyntax { Expression: var inner } => TypeOf(inner, type),
        PostfixUnaryExpressionSyntax { Operand: var inner } => TypeOf(inner, type),
        ObjectCreationExpressionSyntax { Type: var made } => NameOf(made),
        CastExpressionSyntax { Type: var cast } => NameOf(cast),
        PredefinedTypeSyntax keyword => NameOf(keyword),
        _ => null,
    };

    private string? TypeOfLocalOrField(string name, SyntaxNode place, TypeDeclarationSyntax type)
    {
        if (!locals.Have(name, place, out var local))
            return TypeOfField(name, type);
        // The local may be that of a lambda further up.
        return MembersOf(type).TryGetValue(name, out var field) && field != local ? null : local;
    }

    private string? TypeOfField(string name, TypeDeclarationSyntax type) => MembersOf(type).TryGetValue(name, out var told) ? told : null;

    private Dictionary<string, string?> MembersOf(TypeDeclarationSyntax type) => ofTypes.TryGetValue(type, out var known) ? known : ofTypes.GetOrAdd(type, ReadMembers(type));

    private static Dictionary<string, string?> ReadMembers(TypeDeclarationSyntax type)
    {
        var members = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in type.Members)
        {
            if (member is FieldDeclarationSyntax field)
            {
                foreach (var variable in field.Declaration.Variables)
                    Add(members, variable.Identifier, field.Declaration.Type);
            }
            else if (member is PropertyDeclarationSyntax property)
            {
                Add(members, property.Identifier, property.Type);
            }
        }

        foreach (var parameter in type.ChildNodes().OfType<ParameterListSyntax>().SelectMany(list => list.Parameters))
            Add(members, parameter.Identifier, parameter.Type);
        return members;
    }

    private static bool IsOfPattern(SimpleNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is MemberAccessExpressionSyntax)
            whole = whole.Parent;
        return whole.Parent is ExpressionColonSyntax;
    }

    /// <summary>Adds a name; one that is declared twice with different types has none that is certain.</summary>
    private static void Add(Dictionary<string, string?> names, SyntaxToken name, TypeSyntax? type)
    {
        var told = NameOf(type);
        names[name.ValueText] = names.TryGetValue(name.ValueText, out var other) && other != told ? null : told;
    }

    /// <summary>The last name of a type as it is written, its keyword, or <see cref="Array"/>; null for what has none, such as <c>var</c>, <c>object</c> or a type parameter.</summary>
    public static string? NameOf(TypeSyntax? type) => type switch
    {
        IdentifierNameSyntax { IsVar: false, Identifier.ValueText: var name } => IsTypeParameter(name, type) ? null : name,
        GenericNameSyntax generic => generic.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        ArrayTypeSyntax => Array,
        // Whatever is called on an object may be a member of any type.
        PredefinedTypeSyntax { Keyword: var keyword } => keyword.IsKind(SyntaxKind.ObjectKeyword) ? null : keyword.ValueText,
        _ => null,
    };

    /// <summary>Whether a name is that of a type parameter, whose values may have any type.</summary>
    public static bool IsTypeParameter(string name, SyntaxNode place)
    {
        for (var node = place; node is not null; node = node.Parent)
        {
            var parameters = node switch
            {
                MethodDeclarationSyntax method => method.TypeParameterList,
                LocalFunctionStatementSyntax function => function.TypeParameterList,
                TypeDeclarationSyntax type => type.TypeParameterList,
                _ => null,
            };
            foreach (var parameter in parameters?.Parameters ?? default)
            {
                if (parameter.Identifier.ValueText == name)
                    return true;
            }
        }

        return false;
    }
}
