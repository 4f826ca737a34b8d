using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>Reads what the bodies of a file do with names: each name by itself, from where it stands outwards.</summary>
internal sealed class NameUseReader(DeclaredTypes declared)
{
    private readonly ConcurrentDictionary<SyntaxNode, NamedBody> bodies = new();

    /// <summary>What is done with a name; null where it is none of a body, such as in an attribute, or names a type.</summary>
    public NameUse? Of(SimpleNameSyntax name)
    {
        if (IsOfBase(name))
            return Use(name, NameUseKind.Creation, null, null, null, -1);
        ExpressionSyntax whole = name;
        string? receiver = null;
        if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            (whole, receiver) = (access, LastNameOf(access.Expression) ?? "");
        else if (name.Parent is MemberBindingExpressionSyntax binding)
            (whole, receiver) = (binding, "");
        else if (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name)
            whole = qualified;
        else if (name.Parent is AliasQualifiedNameSyntax aliased)
            whole = aliased;
        return whole.Parent switch
        {
            InvocationExpressionSyntax call when call.Expression == whole => Use(name, NameUseKind.Call, receiver, declared.TypeOfMember(name), call.ArgumentList),
            ObjectCreationExpressionSyntax creation when creation.Type == whole => Creation(name, creation.ArgumentList),
            _ => SyntaxFacts.IsInTypeOnlyContext(whole) ? null : Use(name, NameUseKind.Read, receiver, declared.TypeOfMember(name), null),
        };
    }

    /// <summary>What is done by an access to an element; null where it is none of a body.</summary>
    public NameUse? Element(BracketedArgumentListSyntax brackets) => brackets.Parent switch
    {
        ElementAccessExpressionSyntax access => Use(brackets, NameUseKind.Element, null, declared.TypeOf(access.Expression), null),
        ElementBindingExpressionSyntax or ImplicitElementAccessSyntax => Use(brackets, NameUseKind.Element, null, null, null),
        _ => null,
    };

    /// <summary>The name before the dot of a use where that is a name alone which the file declares neither in the member nor in the type around it; null for all others.</summary>
    public string? UndeclaredReceiver(NameUse use) =>
        use.Place is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } access } name && access.Name == name && !declared.IsDeclared(receiver)
            ? receiver.Identifier.ValueText
            : null;

    /// <summary>What is done where an object is made; null where that is in no body.</summary>
    public NameUse? Creation(SyntaxNode place, ArgumentListSyntax? arguments) => Use(place, NameUseKind.Creation, null, null, arguments);

    /// <summary>What is done by <c>new(…)</c>; null where that is in no body.</summary>
    public NameUse? Untold(ImplicitObjectCreationExpressionSyntax creation) =>
        Use(creation, NameUseKind.Creation, null, declared.TypeOfNew(creation), creation.ArgumentList);

    /// <summary>The body that holds a node; null for attributes and imports.</summary>
    public NamedBody? BodyAround(SyntaxNode place) => BodyAround(place, out _);

    /// <summary>Whether a node is part of what <c>Task.Run</c> or <c>StartNew</c> is given, where the task goes to nobody or into a field.</summary>
    public bool IsLeftToPool(SyntaxNode place)
    {
        for (var node = place; node is not null && !IsBody(node); node = node.Parent)
        {
            if (node is ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Run" or "StartNew" } starter } call }
                && LastNameOf(starter.Expression) is "Task" or "Factory"
                && IsThrownAway(call))
                return true;
        }

        return false;
    }

    /// <summary>The last name of a type or expression; null where it does not end in a name.</summary>
    public static string? LastNameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        PredefinedTypeSyntax predefined => predefined.Keyword.ValueText,
        PostfixUnaryExpressionSyntax suppressed => LastNameOf(suppressed.Operand),
        ParenthesizedExpressionSyntax parenthesized => LastNameOf(parenthesized.Expression),
        _ => null,
    };

    private NameUse? Use(SyntaxNode place, NameUseKind kind, string? receiver, string? on, ArgumentListSyntax? arguments, int count = 0) =>
        BodyAround(place, out var isInLoop) is { } body
            ? new NameUse(
                body, place, kind, receiver, on, arguments?.Arguments.Count ?? count, isInLoop,
                arguments is { Arguments: { Count: > 0 } given } && given[0].Expression is ThisExpressionSyntax, PassesZero(arguments),
                arguments?.Parent is InvocationExpressionSyntax call && IsThrownAway(call), IsLeftToPool(place))
            : null;

    private static bool PassesZero(ArgumentListSyntax? arguments)
    {
        foreach (var argument in arguments?.Arguments ?? default)
        {
            if (argument.Expression is LiteralExpressionSyntax { Token.Value: 0 } or MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "TimeSpan" }, Name.Identifier.ValueText: "Zero" })
                return true;
        }

        return false;
    }

    private bool IsThrownAway(InvocationExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax => true,
        AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment => assignment.Right == call && assignment.Left switch
        {
            IdentifierNameSyntax name => !declared.IsLocal(name),
            MemberAccessExpressionSyntax => true,
            _ => false,
        },
        _ => false,
    };

    private static bool IsOfBase(SimpleNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is QualifiedNameSyntax qualified && qualified.Right == whole || whole.Parent is AliasQualifiedNameSyntax)
            whole = whole.Parent;
        return whole.Parent is BaseTypeSyntax { Parent.Parent: TypeDeclarationSyntax };
    }

    private NamedBody? BodyAround(SyntaxNode place, out bool isInLoop)
    {
        isInLoop = false;
        for (var node = place; node is not null; node = node.Parent)
        {
            if (node is AttributeListSyntax or UsingDirectiveSyntax)
                return null;
            if (node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)
                isInLoop = true;
            else if (IsBody(node))
                return bodies.TryGetValue(node, out var body) ? body : bodies.GetOrAdd(node, Read(node));
        }

        return null;
    }

    private static bool IsBody(SyntaxNode node) => node switch
    {
        // What is declared static, or beside all types, nobody runs who could be found.
        FieldDeclarationSyntax field => IsStatic(field.Modifiers) || field.Modifiers.Any(SyntaxKind.ConstKeyword),
        ArrowExpressionClauseSyntax arrow => arrow.Parent is PropertyDeclarationSyntax or IndexerDeclarationSyntax,
        TypeDeclarationSyntax => DeclaredTypes.IsNamedType(node),
        _ => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or GlobalStatementSyntax or CompilationUnitSyntax,
    };

    private NamedBody Read(SyntaxNode node)
    {
        switch (node)
        {
            case MethodDeclarationSyntax method:
                return Function(method, NamedBodyKind.Method, method.Identifier, method.ParameterList, IsStatic(method.Modifiers));
            case LocalFunctionStatementSyntax function:
                return Function(function, NamedBodyKind.Method, function.Identifier, function.ParameterList);
            case ConstructorDeclarationSyntax constructor when !IsStatic(constructor.Modifiers):
                return Function(constructor, NamedBodyKind.Constructor, constructor.Identifier, constructor.ParameterList);
            case AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property }:
                return Accessor(node, NamedBodyKind.Property, property.Identifier.ValueText, IsStatic(property.Modifiers));
            case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property }:
                return Accessor(node, NamedBodyKind.Property, property.Identifier.ValueText, IsStatic(property.Modifiers));
            case AccessorDeclarationSyntax { Parent.Parent: IndexerDeclarationSyntax } or ArrowExpressionClauseSyntax:
                return Accessor(node, NamedBodyKind.Indexer, WrittenWords.Indexer);
            case TypeDeclarationSyntax type:
                return new NamedBody(type, NamedBodyKind.Constructor, type.Identifier.ValueText, 0, int.MaxValue, null, false, false);
            default:
                return new NamedBody(node, NamedBodyKind.None, "", 0, 0, null, false, false);
        }
    }

    private static NamedBody Accessor(SyntaxNode node, NamedBodyKind kind, string name, bool isStatic = false) =>
        new(node, kind, name, 0, int.MaxValue, DeclaredTypes.TypeOf(node, null), isStatic, false);

    private static NamedBody Function(SyntaxNode node, NamedBodyKind kind, SyntaxToken name, ParameterListSyntax parameters, bool isStatic = false)
    {
        var (fewest, most) = (0, parameters.Parameters.Count);
        foreach (var parameter in parameters.Parameters)
        {
            if (parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
                most = int.MaxValue;
            // The receiver of an extension method stands before the dot.
            else if (parameter.Default is null && !parameter.Modifiers.Any(SyntaxKind.ThisKeyword))
                fewest++;
        }

        return new NamedBody(node, kind, name.ValueText, fewest, most, DeclaredTypes.TypeOf(node, parameters), isStatic, Functions.AsyncKeyword(node) != default);
    }

    private static bool IsStatic(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.StaticKeyword);
}
