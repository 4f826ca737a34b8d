using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0008: a started task is observed on one path, and left alone where another one fails or the function is left early.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0008LeftTaskAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0008)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.LeftTasks.Of((IInvocationOperation)context.Operation, context.CancellationToken) is not { } left)
            return;
        var place = left.Failing.FirstOrDefault() ?? left.Fate.Loss;
        context.ReportDiagnostic(Finding.Of(
            Rule,
            CalledNames.WholeOf(left.Call.Syntax),
            left.Failing.IsEmpty && !left.Fate.IsOnlyThrown ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            related: place is null ? null : [place.GetLocation()],
            Message(left)));
    }

    private static LocalizableString Message(LeftTask left)
    {
        var name = CalledNames.TextOf(left.Call.Syntax);
        return left.Failing.IsEmpty
            ? RuleText.Of("AP0008_MessagePath", name, left.Local.Name)
            : RuleText.Of("AP0008_MessageFails", name, left.Local.Name, TextOf(left.Failing[0].Expression));
    }

    /// <summary>What is awaited, in few words: the name of the local, or of what is called.</summary>
    private static string TextOf(ExpressionSyntax awaited) => awaited switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        ParenthesizedExpressionSyntax { Expression: var inner } => TextOf(inner),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var task } } => TextOf(task),
        var other => CalledNames.TextOf(other),
    };
}
