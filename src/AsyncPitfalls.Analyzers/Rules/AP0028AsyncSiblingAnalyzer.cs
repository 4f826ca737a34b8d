using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0028: async code calls the synchronous one of two siblings, or closes synchronously what closes asynchronously.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0028AsyncSiblingAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0028)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model)
    {
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation);
        if (model.Types.AsyncDisposable is not null)
            context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Using, OperationKind.UsingDeclaration);
    }

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.MissedSiblings.Of(context.Operation, context.CancellationToken) is not { } missed)
            return;
        context.ReportDiagnostic(missed.Operation is IInvocationOperation call
            ? Finding.Of(Rule, CalledNames.LocationOf(call.Syntax), RuleText.Of(
                missed.Siblings.Count > 0 ? "AP0028_MessageCall" : "AP0028_MessageClose", CalledNames.Of(call.TargetMethod), missed.Sibling))
            : Finding.Of(Rule, missed.Operation.Syntax.GetFirstToken().GetLocation(), RuleText.Of("AP0028_MessageUsing")));
    }
}
