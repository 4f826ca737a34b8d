using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0003: a loop runner is called by code that a loop runs, and blocks it until the inner loop ends.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0003NestedLoopAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0003)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        var call = (IInvocationOperation)context.Operation;
        var cancellation = context.CancellationToken;
        // Asked first: it is cheap, and nearly every call is none.
        if (model.LoopRunners.KindOf(call, cancellation) is not { } kind
            || Functions.Around(call.Syntax) is not { } function
            || call.SemanticModel is not { } semantics)
            return;
        var part = model.Surroundings.Of(function, semantics, cancellation);
        var outer = model.LoopRunners.RunnerOf(function, semantics, cancellation);
        if (!IsRunByLoop(function, part, outer))
            return;

        // No loop runs yet where a program starts, and the program's own is meant to be started there.
        if (kind == LoopRunnerKind.Program && part == Surrounding.EntryPoint)
            return;
        if (model.Unexecuted.Holds(call) || model.BlockingDefects.HasBefore(call, BlockingDefect.NestedLoop, cancellation))
            return;
        context.ReportDiagnostic(Finding.Of(
            Rule, CalledNames.LocationOf(call.Syntax), RelatedPlaces(call, outer),
            CalledNames.Of(call.TargetMethod), Place(function, part, outer, semantics), Effect(part, outer), Instead(call, kind)));
    }

    private static bool IsRunByLoop(SyntaxNode function, Surrounding part, IInvocationOperation? outer) =>
        Functions.IsAsync(function)
        || outer is not null
        || part is Surrounding.UserInterfaceHandler or Surrounding.RequestHandler or Surrounding.HostedService or Surrounding.LoopDelegate;

    /// <summary>The runner around the function, and the runner that is called, where this compilation declares it.</summary>
    private static IEnumerable<Location> RelatedPlaces(IInvocationOperation call, IInvocationOperation? outer) =>
        call.TargetMethod.Locations.Where(location => location.IsInSource)
            .Concat(outer is null ? [] : [CalledNames.LocationOf(outer.Syntax)]);

    private static LocalizableString Place(SyntaxNode function, Surrounding part, IInvocationOperation? outer, SemanticModel semantics)
    {
        if (outer is not null)
            return RuleText.Of("AP0003_In_LoopDelegate", CalledNames.Of(outer.TargetMethod));
        if (part is Surrounding.UserInterfaceHandler or Surrounding.RequestHandler or Surrounding.HostedService)
            return RuleText.Of("AP0003_In_" + part);
        if (function is AnonymousFunctionExpressionSyntax)
            return RuleText.Of("AP0003_In_AsyncLambda");
        return function is CompilationUnitSyntax
            ? RuleText.Of("AP0003_In_TopLevel")
            : RuleText.Of("AP0003_In_Async", Functions.SymbolOf(function, semantics)?.Name ?? "");
    }

    private static LocalizableString Effect(Surrounding part, IInvocationOperation? outer) => RuleText.Of(
        outer is not null ? "AP0003_Blocks_Loop" : part == Surrounding.UserInterfaceHandler ? "AP0003_Blocks_Ui" : "AP0003_Blocks_Thread");

    private static LocalizableString Instead(IInvocationOperation call, LoopRunnerKind kind) => kind switch
    {
        LoopRunnerKind.Work => RuleText.Of("AP0003_Instead_Work"),
        LoopRunnerKind.Pump => RuleText.Of("AP0003_Instead_Yield"),
        _ when call.TargetMethod.ContainingType.GetMembers(call.TargetMethod.Name + "Async").FirstOrDefault() is { } sibling =>
            RuleText.Of("AP0003_Instead_Sibling", sibling.Name),
        _ => RuleText.Of("AP0003_Instead_Elsewhere"),
    };
}
