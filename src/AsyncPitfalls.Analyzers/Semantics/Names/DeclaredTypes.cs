using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Which type a name's value has, as far as the declarations of the same file say so, while the file is read from top to
/// bottom. Whatever syntax cannot tell for certain has no answer.
/// </summary>
internal sealed class DeclaredTypes
{
    private readonly HashSet<string> typeParameters = new(StringComparer.Ordinal);
    private readonly Stack<(string Name, Dictionary<string, string?> Members, Dictionary<string, string?>? Outer)> types = new();
    private Dictionary<string, string?>? locals;

    /// <summary>Begins to read a type.</summary>
    public void EnterType(TypeDeclarationSyntax type)
    {
        foreach (var parameter in type.TypeParameterList?.Parameters ?? default)
            AddTypeParameter(parameter.Identifier.ValueText);
        var members = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in type.Members)
        {
            if (member is FieldDeclarationSyntax field)
            {
                foreach (var variable in field.Declaration.Variables)
                    Add(members, variable.Identifier.ValueText, field.Declaration.Type);
            }
            else if (member is PropertyDeclarationSyntax property)
            {
                Add(members, property.Identifier.ValueText, property.Type);
            }
        }

        foreach (var parameter in type.ChildNodes().OfType<ParameterListSyntax>().SelectMany(list => list.Parameters))
            Add(members, parameter.Identifier.ValueText, parameter.Type);
        types.Push((type.Identifier.ValueText, members, locals));
        // Lambdas in initializers declare names too.
        locals = new(StringComparer.Ordinal);
    }

    /// <summary>Ends reading a type.</summary>
    public void LeaveType() => locals = types.Pop().Outer;

    /// <summary>Reads a member with the names that it declares.</summary>
    public void InMember<T>(T member, Action<T> visit)
    {
        var outer = locals;
        locals = new(StringComparer.Ordinal);
        visit(member);
        locals = outer;
    }

    /// <summary>Adds a name of the member that is read.</summary>
    public void Add(SyntaxToken name, TypeSyntax? type)
    {
        if (locals is not null)
            Add(locals, name.ValueText, type);
    }

    /// <summary>Adds the name of a type parameter, whose values may have any type.</summary>
    public void AddTypeParameter(string name) => typeParameters.Add(name);

    /// <summary>The type whose member a body is; null where it can be named without one.</summary>
    public string? TypeOf(SyntaxNode body, ParameterListSyntax? parameters) =>
        body is LocalFunctionStatementSyntax
        || parameters is { Parameters: { Count: > 0 } list } && list[0].Modifiers.Any(modifier => modifier.ValueText == "this")
        // An extension block is a type without a name, which this version of the syntax does not know.
        || body.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null or { Identifier.ValueText: "" }
        || types.Count == 0
            ? null
            : types.Peek().Name;

    /// <summary>The type as whose member a name is used; null where that cannot be told.</summary>
    public string? TypeOfMember(SimpleNameSyntax name)
    {
        if (types.Count == 0 || IsOfPattern(name))
            return null;
        return name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => TypeOf(access.Expression),
            MemberBindingExpressionSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax => null,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment when assignment.Left == name => null,
            _ => OwnType,
        };
    }

    // What a nested type names without an object may be a member of the types around it.
    private string? OwnType => types.Count == 1 && types.Peek().Name.Length > 0 ? types.Peek().Name : null;

    private string? TypeOf(ExpressionSyntax receiver) => receiver switch
    {
        ThisExpressionSyntax => OwnType,
        IdentifierNameSyntax { Identifier.ValueText: var name } => TypeOfLocalOrField(name),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax { Identifier.ValueText: var name } } => TypeOfField(name),
        ParenthesizedExpressionSyntax { Expression: var inner } => TypeOf(inner),
        PostfixUnaryExpressionSyntax { Operand: var inner } => TypeOf(inner),
        _ => null,
    };

    private string? TypeOfLocalOrField(string name)
    {
        if (locals is null || !locals.TryGetValue(name, out var local))
            return TypeOfField(name);
        // The local may be that of a lambda further up.
        return types.Peek().Members.TryGetValue(name, out var field) && field != local ? null : local;
    }

    private string? TypeOfField(string name) => types.Peek().Members.TryGetValue(name, out var type) ? type : null;

    private static bool IsOfPattern(SimpleNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is MemberAccessExpressionSyntax)
            whole = whole.Parent;
        return whole.Parent is ExpressionColonSyntax;
    }

    /// <summary>Adds a name; one that is declared twice with different types has none that is certain.</summary>
    private void Add(Dictionary<string, string?> names, string name, TypeSyntax? type)
    {
        var told = NameOf(type);
        names[name] = names.TryGetValue(name, out var other) && other != told ? null : told;
    }

    private string? NameOf(TypeSyntax? type) => type switch
    {
        IdentifierNameSyntax { IsVar: false, Identifier.ValueText: var name } => typeParameters.Contains(name) ? null : name,
        GenericNameSyntax generic => generic.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => null,
    };
}
