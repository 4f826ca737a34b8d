using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0024: a thread of the pool is taken to start asynchronous work, or to answer a request that already has one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0024NeedlessThreadAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0024)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.NeedlessThreads.Of((IInvocationOperation)context.Operation, context.CancellationToken) is not { Offload.Syntax: InvocationExpressionSyntax call } found)
            return;
        context.ReportDiagnostic(Finding.Of(Rule, call.Expression.GetLocation(), Message(found, call)));
    }

    private static LocalizableString Message(NeedlessThread found, InvocationExpressionSyntax call)
    {
        var name = CalledNames.Of(found.Offload.TargetMethod);
        return found.Start switch
        {
            null => RuleText.Of("AP0024_MessageHandler", name),
            IMethodReferenceOperation group => RuleText.Of("AP0024_MessageStart", name, group.Method.Name),
            { Syntax: var start } => RuleText.Of("AP0024_MessageStart", name, CalledNames.TextOf(start)),
        };
    }
}
