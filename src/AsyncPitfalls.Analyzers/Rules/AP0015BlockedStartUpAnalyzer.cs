using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0015: a hosted service keeps its host from starting.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0015BlockedStartUpAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0015)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model)
    {
        if (model.Types.HostedService is not null)
            context.RegisterOperationBlockAction(blocks => Analyze(blocks, model));
    }

    private void Analyze(OperationBlockAnalysisContext context, AsyncModel model)
    {
        if (context.OwningSymbol is not IMethodSymbol method || model.StartUps.KindOf(method) == StartFunction.No)
            return;
        foreach (var block in context.OperationBlocks)
        {
            foreach (var operation in OwnOperations.Of(block))
            {
                if (model.StartUps.Of(operation, context.CancellationToken) is { } found)
                    context.ReportDiagnostic(Finding.Of(Rule, PlaceOf(found), found.Chain?.Places, MessageOf(found, method)));
            }
        }
    }

    private static Location PlaceOf(StartUpBlock found) => found switch
    {
        { Operation: IAwaitOperation await } => await.Syntax.GetLocation(),
        { Name: var name } when name.AsNode() is { } called => CalledNames.LocationOf(called),
        { Name: var keyword } => keyword.GetLocation()!,
    };

    private static LocalizableString MessageOf(StartUpBlock found, IMethodSymbol method) => found switch
    {
        { Kind: StartUpKind.Loops, Function: StartFunction.StartAsync } => RuleText.Of("AP0015_MessageLoopsInStart", method.ContainingType.Name),
        { Kind: StartUpKind.Loops } => RuleText.Of("AP0015_MessageLoops", method.ContainingType.Name),
        { Kind: StartUpKind.Waits, Call: { } call } => RuleText.Of("AP0015_MessageWaits", CalledNames.TextOf(call.Syntax), method.ContainingType.Name),
        _ => RuleText.Of(
            found.Function == StartFunction.StartAsync ? "AP0015_MessageBlocksInStart" : "AP0015_MessageBlocks",
            found.Chain?.Text ?? CalledNames.TextOf(found.Name.AsNode()!),
            method.ContainingType.Name),
    };
}
