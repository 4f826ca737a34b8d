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
internal sealed class DeclaredTypes
{
    private readonly ConcurrentDictionary<SyntaxNode, Dictionary<string, string?>> ofTypes = new();
    private readonly ConcurrentDictionary<SyntaxNode, Dictionary<string, string?>> ofMembers = new();

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
            MemberBindingExpressionSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax => null,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment when assignment.Left == name => null,
            _ => OwnType(type),
        };
    }

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
    public bool IsLocal(IdentifierNameSyntax name) => LocalsAround(name).ContainsKey(name.Identifier.ValueText);

    private static TypeDeclarationSyntax? TypeAround(SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>(IsNamedType);

    // What a nested type names without an object may be a member of the types around it.
    private static string? OwnType(TypeDeclarationSyntax type) =>
        type.Identifier.ValueText is { Length: > 0 } name && (type.Parent is null || TypeAround(type.Parent) is null) ? name : null;

    private string? TypeOf(ExpressionSyntax receiver, TypeDeclarationSyntax type) => receiver switch
    {
        ThisExpressionSyntax => OwnType(type),
        IdentifierNameSyntax { Identifier.ValueText: var name } => TypeOfLocalOrField(name, receiver, type),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax { Identifier.ValueText: var name } } => TypeOfField(name, type),
        ParenthesizedExpressionSyntax { Expression: var inner } => TypeOf(inner, type),
        PostfixUnaryExpressionSyntax { Operand: var inner } => TypeOf(inner, type),
        _ => null,
    };

    private string? TypeOfLocalOrField(string name, SyntaxNode place, TypeDeclarationSyntax type)
    {
        if (!LocalsAround(place).TryGetValue(name, out var local))
            return TypeOfField(name, type);
        // The local may be that of a lambda further up.
        return MembersOf(type).TryGetValue(name, out var field) && field != local ? null : local;
    }

    private string? TypeOfField(string name, TypeDeclarationSyntax type) => MembersOf(type).TryGetValue(name, out var told) ? told : null;

    private Dictionary<string, string?> MembersOf(TypeDeclarationSyntax type) => ofTypes.TryGetValue(type, out var known) ? known : ofTypes.GetOrAdd(type, ReadMembers(type));

    private Dictionary<string, string?> LocalsAround(SyntaxNode place)
    {
        // Top-level statements are one body, though each is a member.
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? place.SyntaxTree.GetRoot();
        return ofMembers.TryGetValue(member, out var known) ? known : ofMembers.GetOrAdd(member, ReadLocals(member));
    }

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

    private static Dictionary<string, string?> ReadLocals(SyntaxNode member)
    {
        var locals = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var node in member.DescendantNodes())
        {
            switch (node)
            {
                case ParameterSyntax parameter:
                    Add(locals, parameter.Identifier, parameter.Type);
                    break;
                case VariableDeclarationSyntax declaration:
                    foreach (var variable in declaration.Variables)
                        Add(locals, variable.Identifier, declaration.Type);
                    break;
                case ForEachStatementSyntax loop:
                    Add(locals, loop.Identifier, loop.Type);
                    break;
                case CatchDeclarationSyntax caught:
                    Add(locals, caught.Identifier, caught.Type);
                    break;
                case SingleVariableDesignationSyntax designation:
                    Add(locals, designation.Identifier, null);
                    break;
                case FromClauseSyntax clause:
                    Add(locals, clause.Identifier, null);
                    break;
                case LetClauseSyntax clause:
                    Add(locals, clause.Identifier, null);
                    break;
                case JoinClauseSyntax clause:
                    Add(locals, clause.Identifier, null);
                    break;
                case JoinIntoClauseSyntax clause:
                    Add(locals, clause.Identifier, null);
                    break;
                case QueryContinuationSyntax continuation:
                    Add(locals, continuation.Identifier, null);
                    break;
            }
        }

        return locals;
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

    private static string? NameOf(TypeSyntax? type) => type switch
    {
        IdentifierNameSyntax { IsVar: false, Identifier.ValueText: var name } => IsTypeParameter(name, type) ? null : name,
        GenericNameSyntax generic => generic.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => null,
    };

    /// <summary>Whether a name is that of a type parameter, whose values may have any type.</summary>
    private static bool IsTypeParameter(string name, SyntaxNode place)
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
