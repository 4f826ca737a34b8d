using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0012: a task is made by its constructor, and no path starts it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0012NeverStartedAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0012)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.ObjectCreation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Syntax is BaseObjectCreationExpressionSyntax syntax && model.UnstartedTasks.Is(creation, context.CancellationToken))
            context.ReportDiagnostic(Finding.Of(Rule, syntax.NewKeyword.GetLocation(), Message(creation, model)));
    }

    private static LocalizableString Message(IObjectCreationOperation creation, AsyncModel model)
    {
        var destination = model.TaskFates.DestinationOf(creation);
        var name = destination.Variable?.Name;
        return name is null
            ? RuleText.Of("AP0012_MessageUnnamed", creation.Type!.Name)
            : RuleText.Of("AP0012_MessageNamed", name);
    }
}
