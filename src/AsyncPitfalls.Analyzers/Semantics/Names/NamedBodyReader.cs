using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>Reads which bodies a file has, and which names they use.</summary>
/// <param name="found">What is read into.</param>
internal sealed partial class NamedBodyReader(NamedBodies found) : CSharpSyntaxWalker
{
    private int current;
    private int loops;

    /// <summary>Reads a file.</summary>
    public void Read(SyntaxNode root) => ReadAside(root, Visit);

    public override void VisitAttributeList(AttributeListSyntax node)
    {
    }

    public override void VisitUsingDirective(UsingDirectiveSyntax node)
    {
        if (node.Name is not { } name)
            return;
        if (node.Alias is { } alias)
            found.AddAlias(alias.Name.Identifier.ValueText, LastNameOf(name) ?? "");
        else if (node.StaticKeyword != default && LastNameOf(name) is { } type)
            found.AddStaticUsing(type);
    }

    public override void VisitClassDeclaration(ClassDeclarationSyntax node) => ReadType(node, base.VisitClassDeclaration);

    public override void VisitStructDeclaration(StructDeclarationSyntax node) => ReadType(node, base.VisitStructDeclaration);

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node) => ReadType(node, base.VisitInterfaceDeclaration);

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node) => ReadType(node, base.VisitRecordDeclaration);

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node) =>
        ReadBody(node, NamedBodyKind.Method, node.Identifier.ValueText, node.ParameterList, IsAsync(node), base.VisitMethodDeclaration);

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) =>
        ReadBody(node, NamedBodyKind.Method, node.Identifier.ValueText, node.ParameterList, IsAsync(node), base.VisitLocalFunctionStatement);

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        if (node.Modifiers.Any(SyntaxKind.StaticKeyword))
            ReadAside(node, base.VisitConstructorDeclaration);
        else
            ReadBody(node, NamedBodyKind.Constructor, node.Identifier.ValueText, node.ParameterList, false, base.VisitConstructorDeclaration);
    }

    public override void VisitConstructorInitializer(ConstructorInitializerSyntax node)
    {
        if (node.IsKind(SyntaxKind.ThisConstructorInitializer) && node.Parent is ConstructorDeclarationSyntax constructor)
            Use(constructor.Identifier.ValueText, NameUseKind.Creation, null, null, node.ArgumentList.Arguments);
        base.VisitConstructorInitializer(node);
    }

    public override void VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        switch (node.Parent?.Parent)
        {
            case PropertyDeclarationSyntax property:
                ReadBody(node, NamedBodyKind.Property, property.Identifier.ValueText, null, false, base.VisitAccessorDeclaration);
                break;
            case IndexerDeclarationSyntax:
                ReadBody(node, NamedBodyKind.Indexer, NamedBodies.Indexer, null, false, base.VisitAccessorDeclaration);
                break;
            default:
                ReadAside(node, base.VisitAccessorDeclaration);
                break;
        }
    }

    public override void VisitArrowExpressionClause(ArrowExpressionClauseSyntax node)
    {
        switch (node.Parent)
        {
            case PropertyDeclarationSyntax property:
                ReadBody(node, NamedBodyKind.Property, property.Identifier.ValueText, null, false, base.VisitArrowExpressionClause);
                break;
            case IndexerDeclarationSyntax:
                ReadBody(node, NamedBodyKind.Indexer, NamedBodies.Indexer, null, false, base.VisitArrowExpressionClause);
                break;
            default:
                base.VisitArrowExpressionClause(node);
                break;
        }
    }

    public override void VisitOperatorDeclaration(OperatorDeclarationSyntax node) => ReadAside(node, base.VisitOperatorDeclaration);

    public override void VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node) => ReadAside(node, base.VisitConversionOperatorDeclaration);

    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node) => ReadAside(node, base.VisitDestructorDeclaration);

    public override void VisitGlobalStatement(GlobalStatementSyntax node) => ReadAside(node, base.VisitGlobalStatement);

    public override void VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        if (node.Modifiers.Any(SyntaxKind.StaticKeyword) || node.Modifiers.Any(SyntaxKind.ConstKeyword))
            ReadAside(node, base.VisitFieldDeclaration);
        else
            base.VisitFieldDeclaration(node);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node) => ReadLoop(node, base.VisitWhileStatement);

    public override void VisitDoStatement(DoStatementSyntax node) => ReadLoop(node, base.VisitDoStatement);

    public override void VisitForStatement(ForStatementSyntax node) => ReadLoop(node, base.VisitForStatement);

    public override void VisitGotoStatement(GotoStatementSyntax node)
    {
        NoteEndless(node);
        base.VisitGotoStatement(node);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        NoteEndless(node);
        base.VisitInvocationExpression(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        // A text that is put together of a thousand parts is a tree as deep.
        ExpressionSyntax left = node;
        for (; left is BinaryExpressionSyntax binary; left = binary.Left)
            Visit(binary.Right);
        Visit(left);
    }

    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        Use(NamedBodies.Indexer, NameUseKind.Element, null, null, default);
        base.VisitElementAccessExpression(node);
    }

    public override void VisitElementBindingExpression(ElementBindingExpressionSyntax node)
    {
        Use(NamedBodies.Indexer, NameUseKind.Element, null, null, default);
        base.VisitElementBindingExpression(node);
    }

    public override void VisitImplicitElementAccess(ImplicitElementAccessSyntax node)
    {
        Use(NamedBodies.Indexer, NameUseKind.Element, null, null, default);
        base.VisitImplicitElementAccess(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        Use(NamedBodies.Untold, NameUseKind.Creation, null, null, node.ArgumentList.Arguments);
        base.VisitImplicitObjectCreationExpression(node);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node) => Use(node);

    public override void VisitGenericName(GenericNameSyntax node)
    {
        Use(node);
        base.VisitGenericName(node);
    }

    private void Use(SimpleNameSyntax name)
    {
        if (HandOvers.GroupOf(name) is not null)
            found.AddHandOver(name.Identifier.ValueText, name.SpanStart);
        ExpressionSyntax whole = name;
        string? receiver = null;
        var on = declared.TypeOfMember(name);
        if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            (whole, receiver) = (access, LastNameOf(access.Expression) ?? "");
        else if (name.Parent is MemberBindingExpressionSyntax binding)
            (whole, receiver) = (binding, "");
        else if (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name)
            whole = qualified;
        else if (name.Parent is AliasQualifiedNameSyntax aliased)
            whole = aliased;
        switch (whole.Parent)
        {
            case InvocationExpressionSyntax call when call.Expression == whole:
                Use(name.Identifier.ValueText, NameUseKind.Call, receiver, on, call.ArgumentList.Arguments);
                if (IsEnd(name.Identifier.ValueText))
                    Use(NamedBodies.EndOfPair, NameUseKind.Call, receiver, null, call.ArgumentList.Arguments);
                break;
            case ObjectCreationExpressionSyntax creation when creation.Type == whole:
                Use(name.Identifier.ValueText, NameUseKind.Creation, null, null, creation.ArgumentList?.Arguments ?? default);
                break;
            default:
                Use(name.Identifier.ValueText, NameUseKind.Read, receiver, on, default);
                break;
        }
    }

    private void Use(string name, NameUseKind kind, string? receiver, string? on, SeparatedSyntaxList<ArgumentSyntax> arguments) => found.Add(
        name,
        new NameUse(current, kind, receiver, on, arguments.Count, loops > 0, arguments.Count > 0 && arguments[0].Expression is ThisExpressionSyntax, -1));

    private void ReadType<T>(T node, Action<T> visit)
        where T : TypeDeclarationSyntax
    {
        var (outer, outerLoops) = (current, loops);
        current = found.Add(new NamedBody(node, NamedBodyKind.Constructor, node.Identifier.ValueText, 0, int.MaxValue, null, false));
        foreach (var based in node.BaseList?.Types ?? default)
        {
            if (LastNameOf(based.Type) is not { } name)
                continue;
            found.Add(name, new NameUse(current, NameUseKind.Creation, null, null, -1, false, false, -1));
            found.AddBase(node.Identifier.ValueText, name);
        }

        declared.EnterType(node);
        visit(node);
        declared.LeaveType();
        (current, loops) = (outer, outerLoops);
    }

    private void ReadBody<T>(T node, NamedBodyKind kind, string name, ParameterListSyntax? parameters, bool isAsync, Action<T> visit)
        where T : SyntaxNode
    {
        var (outer, outerLoops) = (current, loops);
        var (fewest, most) = parameters is null ? (0, int.MaxValue) : Range(parameters);
        (current, loops) = (found.Add(new NamedBody(node, kind, name, fewest, most, declared.TypeOf(node, parameters), isAsync)), 0);
        if (node is LocalFunctionStatementSyntax)
            visit(node);
        else
            declared.InMember(node, visit);
        (current, loops) = (outer, outerLoops);
    }

    private void ReadAside<T>(T node, Action<T> visit)
        where T : SyntaxNode
    {
        var (outer, outerLoops) = (current, loops);
        (current, loops) = (found.Add(new NamedBody(node, NamedBodyKind.None, "", 0, 0, null, false)), 0);
        visit(node);
        (current, loops) = (outer, outerLoops);
    }

    private void ReadLoop<T>(T node, Action<T> visit)
        where T : SyntaxNode
    {
        NoteEndless(node);
        loops++;
        visit(node);
        loops--;
    }

    private void NoteEndless(SyntaxNode node)
    {
        if (EndlessSyntax.Looks(node))
            found.AddEndless(current);
    }

    private static bool IsEnd(string name) => name.Length > 3 && char.IsUpper(name[3]) && name.StartsWith("End", StringComparison.Ordinal);

    private static bool IsAsync(SyntaxNode function) => Functions.AsyncKeyword(function) != default;

    private static (int Fewest, int Most) Range(ParameterListSyntax list)
    {
        var (fewest, most) = (0, list.Parameters.Count);
        foreach (var parameter in list.Parameters)
        {
            if (parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
                most = int.MaxValue;
            // The receiver of an extension method stands before the dot.
            else if (parameter.Default is null && !parameter.Modifiers.Any(SyntaxKind.ThisKeyword))
                fewest++;
        }

        return (fewest, most);
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
}
