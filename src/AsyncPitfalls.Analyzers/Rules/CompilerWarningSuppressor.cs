using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>
/// Takes back what the compiler says of a spot on which a rule of ours speaks: CS1998, an async function without an await,
/// and CS4014, a call that is not awaited. It asks what the rules ask, and only where the rule is on for the file.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CompilerWarningSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor NeverAwaits = new("APS1998", "CS1998", RuleText.Of("APS1998_Justification"));
    private static readonly SuppressionDescriptor NotAwaited = new("APS4014", "CS4014", RuleText.Of("APS4014_Justification"));

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(NeverAwaits, NotAwaited);

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var model = AsyncModel.For(context.Compilation, context.Options);
        if (model.Types.Task is null)
            return;
        foreach (var warning in context.ReportedDiagnostics)
        {
            if (warning.Location.SourceTree is not { } file
                || RuleOn(warning, file, context, model) is not { } rule
                || !RuleActivation.IsOn(rule, file, context.Compilation, context.Options, context.CancellationToken))
                continue;
            var suppression = warning.Id == NeverAwaits.SuppressedDiagnosticId ? NeverAwaits : NotAwaited;
            context.ReportSuppression(Suppression.Create(suppression, warning));
        }
    }

    /// <summary>The rule that speaks where the compiler warns; null where none does.</summary>
    private static DiagnosticDescriptor? RuleOn(Diagnostic warning, SyntaxTree file, SuppressionAnalysisContext context, AsyncModel model)
    {
        var node = file.GetRoot(context.CancellationToken).FindNode(warning.Location.SourceSpan, getInnermostNodeForTie: true);
        var semantics = context.GetSemanticModel(file);
        return warning.Id == NeverAwaits.SuppressedDiagnosticId
            ? RuleOnFunction(node, semantics, model, context.CancellationToken)
            : RuleOnCall(semantics.GetOperation(node, context.CancellationToken), model, context.CancellationToken);
    }

    private static DiagnosticDescriptor? RuleOnFunction(SyntaxNode node, SemanticModel semantics, AsyncModel model, CancellationToken cancellation) =>
        node.AncestorsAndSelf().FirstOrDefault(Functions.IsFunction) is { } function
        && model.NeverAwaits.Of(function, semantics, cancellation) is { } found
            ? found.IsDictated ? RuleCatalog.AP0026 : RuleCatalog.AP0001
            : null;

    private static DiagnosticDescriptor? RuleOnCall(IOperation? dropped, AsyncModel model, CancellationToken cancellation)
    {
        while (dropped is IConditionalAccessOperation access)
            dropped = access.WhenNotNull;
        if (dropped is null || model.Awaitables.Behind(dropped) is not IInvocationOperation call)
            return null;
        if (model.NestedTasks.Of(call, cancellation) is not null)
            return RuleCatalog.AP0011;
        if (model.UnawaitedCallbacks.HasTask(call, cancellation))
            return RuleCatalog.AP0010;
        if (NeedlessLogging.Of(call, model, cancellation) is not null)
            return RuleCatalog.AP0005;
        if (model.ClosedTasks.Of(call, cancellation) is not null)
            return RuleCatalog.AP0020;
        if (model.LostTasks.Of(call, cancellation) is not null)
            return RuleCatalog.AP0006;
        return model.UnobservedTasks.Of(call, cancellation) is not null ? RuleCatalog.AP0007 : null;
    }
}
