using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>Starts the calls of several awaits before the first of them, and awaits their tasks together: <c>var aTask = A(); var bTask = B(); await Task.WhenAll(aTask, bTask);</c>.</summary>
/// <param name="Names">The new locals.</param>
/// <param name="Edits">The edits.</param>
internal sealed record StartedTogether(IReadOnlyList<string> Names, IReadOnlyList<NodeEdit> Edits)
{
    private const string Stem = "task";

    /// <summary>The edits; null where no statement can stand before the first await, or something runs before it in its own statement.</summary>
    public static StartedTogether? Of(FixSite site, SerialAwait serial)
    {
        if (AdjacentAwaits.StatementOf(serial.Awaits[0]) is not { } first
            || serial.Awaits.Any(await => AdjacentAwaits.StatementOf(await) is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
            || HasEffectBefore(first, serial.Awaits[0])
            || serial.Calls.Any(call => call.Call.Syntax is not InvocationExpressionSyntax || call.Call.Syntax.ContainsDirectives))
            return null;

        var names = new List<string>();
        foreach (var await in serial.Awaits)
            names.Add(FreshNames.Series(StemOf(await), first, site.Semantics).First(name => !names.Contains(name)));
        var starts = serial.Calls.Select((call, index) => PendingTask.Declaration(names[index], Started((ExpressionSyntax)call.Call.Syntax, site))).ToList();
        var edits = serial.Calls.Select((call, index) =>
            new NodeEdit(site.Document.Id, call.Call.Syntax, "start before", (current, _) => IdentifierName(names[index]).WithTriviaFrom(current)));
        var isConfigured = serial.Awaits.All(ConfiguredAwaits.Are);
        return new StartedTogether(names,
        [
            .. edits,
            .. StatementLists.InsertBefore(site.Document, first, generator =>
            [
                .. starts,
                ExpressionStatement(AwaitExpression(
                    Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space),
                    ConfiguredAwaits.Configured(PendingAwaits.WhenAll(names, site.Model.Types, generator), isConfigured))),
            ]),
        ]);
    }

    private static ExpressionSyntax Started(ExpressionSyntax call, FixSite site) =>
        site.Model.Awaitables.IsValueTask(site.Semantics.GetTypeInfo(call).Type) ? ValueTasks.AsTask(call.WithoutTrivia()) : call.WithoutTrivia();

    /// <summary>A name like that of the variable which gets the result.</summary>
    private static string StemOf(AwaitExpressionSyntax await)
    {
        var name = await.FirstAncestorOrSelf<SyntaxNode>(node => node is VariableDeclaratorSyntax or AssignmentExpressionSyntax or ArgumentSyntax or StatementSyntax) switch
        {
            VariableDeclaratorSyntax declarator => declarator.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } => target.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name: var target } } => target.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax target } } => target.Identifier.ValueText,
            _ => "",
        };
        name = name.TrimStart('_');
        return name.Length == 0 ? Stem : char.ToLowerInvariant(name[0]) + name.Substring(1) + "Task";
    }

    /// <summary>Whether a statement calls or changes something before it comes to its first await.</summary>
    private static bool HasEffectBefore(StatementSyntax statement, AwaitExpressionSyntax first) => statement.DescendantNodes(node => !Functions.IsFunction(node)).Any(node =>
        node.Span.End <= first.SpanStart
        && node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or ElementAccessExpressionSyntax or AwaitExpressionSyntax);
}
