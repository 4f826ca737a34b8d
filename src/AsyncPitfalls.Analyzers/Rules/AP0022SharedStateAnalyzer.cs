using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0022: tasks that run at the same time change the same variable or collection, and nothing keeps them apart.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0022SharedStateAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0022)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), SharedChanges.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.SharedChanges.Of(context.Operation, context.CancellationToken) is not { } shared)
            return;
        context.ReportDiagnostic(Finding.Of(
            Rule, CalledNames.WholeOf(shared.Change.Syntax), [CalledNames.LocationOf(shared.Run.Start.Syntax)], Message(shared)));
    }

    private static LocalizableString Message(SharedChange shared)
    {
        var (target, start) = (shared.Target.Syntax.ToString(), CalledNames.Of(shared.Run.Start.TargetMethod));
        return shared.IsCollection
            ? RuleText.Of("AP0022_MessageCollection", target, start, shared.Target.Type!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))
            : RuleText.Of("AP0022_MessageValue", target, start);
    }
}
