using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <content>What the file declares, on which the names that follow may be used.</content>
internal sealed partial class NamedBodyReader
{
    private readonly DeclaredTypes declared = new();

    public override void VisitParameter(ParameterSyntax node)
    {
        declared.Add(node.Identifier, node.Type);
        base.VisitParameter(node);
    }

    public override void VisitVariableDeclaration(VariableDeclarationSyntax node)
    {
        foreach (var variable in node.Variables)
            declared.Add(variable.Identifier, node.Type);
        base.VisitVariableDeclaration(node);
    }

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        declared.Add(node.Identifier, node.Type);
        base.VisitForEachStatement(node);
    }

    public override void VisitCatchDeclaration(CatchDeclarationSyntax node)
    {
        declared.Add(node.Identifier, node.Type);
        base.VisitCatchDeclaration(node);
    }

    public override void VisitSingleVariableDesignation(SingleVariableDesignationSyntax node) => declared.Add(node.Identifier, null);

    public override void VisitFromClause(FromClauseSyntax node)
    {
        declared.Add(node.Identifier, null);
        base.VisitFromClause(node);
    }

    public override void VisitLetClause(LetClauseSyntax node)
    {
        declared.Add(node.Identifier, null);
        base.VisitLetClause(node);
    }

    public override void VisitJoinClause(JoinClauseSyntax node)
    {
        declared.Add(node.Identifier, null);
        base.VisitJoinClause(node);
    }

    public override void VisitJoinIntoClause(JoinIntoClauseSyntax node) => declared.Add(node.Identifier, null);

    public override void VisitQueryContinuation(QueryContinuationSyntax node)
    {
        declared.Add(node.Identifier, null);
        base.VisitQueryContinuation(node);
    }

    public override void VisitTypeParameter(TypeParameterSyntax node) => declared.AddTypeParameter(node.Identifier.ValueText);
}
