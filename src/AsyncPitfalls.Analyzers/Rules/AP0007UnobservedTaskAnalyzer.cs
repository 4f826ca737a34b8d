using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0007: nobody observes a task, or it is used as if it were its result.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0007UnobservedTaskAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0007)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), UnobservedTasks.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.UnobservedTasks.Of(context.Operation, context.CancellationToken) is { } task)
            context.ReportDiagnostic(Finding.Of(Rule, CalledNames.WholeOf(task.Maker.Syntax), MessageOf(task)));
    }

    private static LocalizableString MessageOf(UnobservedTask task) => task switch
    {
        { Meant: { } meant } => RuleText.Of("AP0007_Meant_" + meant, task.Name),
        { Form: UnobservedForm.InQuery } => RuleText.Of("AP0007_MessageInQuery"),
        { Form: UnobservedForm.InCollection or UnobservedForm.AddedToCollection, Variable: { } variable } => RuleText.Of("AP0007_MessageInCollectionOf", variable.Name),
        { Form: UnobservedForm.InCollection } => RuleText.Of("AP0007_MessageInCollection"),
        { Form: UnobservedForm.Unread, Variable: { } variable } => RuleText.Of("AP0007_MessageUnread", task.Name, variable.Name),
        _ => RuleText.Of("AP0007_MessageDropped", task.Name),
    };
}
