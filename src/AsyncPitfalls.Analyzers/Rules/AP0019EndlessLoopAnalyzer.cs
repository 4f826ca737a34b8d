using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0019: an asynchronous loop goes on for ever, and nothing can stop it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0019EndlessLoopAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0019)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model)
    {
        if (model.Types.CancellationToken is not null)
            context.RegisterOperationAction(operation => Analyze(operation, model), EndlessLoops.Kinds);
    }

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.EndlessLoops.Of(context.Operation, context.CancellationToken) is not { } loop)
            return;
        var semantics = context.Operation.SemanticModel!;
        var nearest = model.CancellationTokens.At(loop.First, semantics);
        var isTokenInScope = nearest is not null || model.CancellationTokens.IsAnyAt(loop.First, semantics);
        var message = nearest is { } token
            ? RuleText.Of("AP0019_MessageToken", token.Name)
            : RuleText.Of(isTokenInScope ? "AP0019_MessageTokens" : "AP0019_MessageNoToken");
        context.ReportDiagnostic(Finding.Of(
            Rule, loop.Keyword.GetLocation(), isTokenInScope ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info, related: null, message));
    }
}
