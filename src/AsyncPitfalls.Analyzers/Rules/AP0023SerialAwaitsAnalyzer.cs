using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0023: calls that do not need one another's results are awaited one after another.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0023SerialAwaitsAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0023)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model)
    {
        context.RegisterOperationAction(operation => AnalyzeAwait(operation, model), OperationKind.Await);
        context.RegisterOperationAction(operation => AnalyzeLoop(operation, model), OperationKind.Loop);
    }

    private void AnalyzeAwait(OperationAnalysisContext context, AsyncModel model)
    {
        var await = (IAwaitOperation)context.Operation;
        if (model.SerialAwaits.Of(await, context.CancellationToken) is { } serial)
            context.ReportDiagnostic(FindingAt(await.Syntax, serial));
    }

    private Diagnostic FindingAt(SyntaxNode await, SerialAwait serial) => Finding.Of(
        Rule,
        await.GetLocation(),
        serial.Awaits.Where(other => other != await).Select(other => other.GetLocation()),
        RuleText.Of("AP0023_MessageAwaits", NameOf(serial.Calls[1]), NameOf(serial.Calls[0])));

    private void AnalyzeLoop(OperationAnalysisContext context, AsyncModel model)
    {
        if (context.Operation is not IForEachLoopOperation { Syntax: ForEachStatementSyntax syntax } loop || model.SerialAwaits.Of(loop, context.CancellationToken) is not { } serial)
            return;
        context.ReportDiagnostic(Finding.Of(
            Rule, syntax.ForEachKeyword.GetLocation(), [serial.Awaits[0].GetLocation()], RuleText.Of("AP0023_MessageLoop", NameOf(serial.Calls[0]))));
    }

    private static string NameOf(SideBySideCall call) => CalledNames.TextOf(call.Call.Syntax);
}
