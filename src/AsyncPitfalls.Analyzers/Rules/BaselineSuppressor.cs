using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AsyncPitfalls.Baselines;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>
/// Takes back the findings that the baseline of the project knows. While a baseline is written it takes back all, so that
/// no build fails for what is about to be accepted; the compiler's log still has them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaselineSuppressor : DiagnosticSuppressor
{
    /// <summary>What the build is for, from <c>AsyncPitfalls.Baseline.targets</c>.</summary>
    private const string RunProperty = "build_property._AsyncPitfallsBaselineRun";

    // What is said of the configuration has no line of code by which it could be known again.
    private static readonly ImmutableDictionary<string, SuppressionDescriptor> ByRule = RuleCatalog.All
        .Where(rule => rule.Category != Category.Configuration)
        .ToImmutableDictionary(rule => rule.Id, rule => new SuppressionDescriptor(rule.Id.Replace("AP", "APB"), rule.Id, RuleText.Of("APB_Justification")));

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        ByRule.Values.OrderBy(suppression => suppression.Id, StringComparer.Ordinal).ToImmutableArray();

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var finding in IsWritingBaseline(context) ? context.ReportedDiagnostics : KnownIn(context))
            context.ReportSuppression(Suppression.Create(ByRule[finding.Id], finding));
    }

    private static bool IsWritingBaseline(SuppressionAnalysisContext context) =>
        context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(RunProperty, out var run) && run == "write";

    private static IEnumerable<Diagnostic> KnownIn(SuppressionAnalysisContext context) => context.Options.AdditionalFiles
        .Where(file => BaselineFile.IsNameOfOne(file.Path))
        .GroupBy(file => file.Path, (_, same) => BaselineText.Of(same.First(), context.CancellationToken))
        .SelectMany(baseline => baseline.Known is { } known ? KnownIn(known, baseline.Folder, context) : [])
        .Distinct();

    private static IEnumerable<Diagnostic> KnownIn(BaselineFile baseline, string folder, SuppressionAnalysisContext context)
    {
        var reported = context.ReportedDiagnostics
            .Where(diagnostic => diagnostic.Properties.ContainsKey(FindingProperties.Line))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan)
            .ToList();
        if (reported.Count == 0)
            return [];
        var present = new HashSet<string>(context.Compilation.SyntaxTrees.Select(file => RelativePath.Of(folder, file.FilePath)), StringComparer.Ordinal);
        var twins = new BaselineMatch(baseline, present).TwinsOf([.. reported.Select(diagnostic => FindingOf(diagnostic, folder))]);
        return reported.Where((_, index) => twins[index] is not null);
    }

    private static KnownFinding FindingOf(Diagnostic diagnostic, string folder) => new(
        diagnostic.Id,
        RelativePath.Of(folder, diagnostic.Location.GetMappedLineSpan().Path),
        diagnostic.Properties[FindingProperties.Member]!,
        diagnostic.Properties[FindingProperties.Line]!);
}
