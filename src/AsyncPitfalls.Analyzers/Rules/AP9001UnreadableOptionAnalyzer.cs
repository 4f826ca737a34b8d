using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>
/// AP9001: an option does not exist, or has a value that cannot be read. It is no place in the code that is wrong, so the
/// location is in the configuration file, where that is known.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP9001UnreadableOptionAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP9001)
{
    /// <summary>How much of a text is told in a message: more than any option has that somebody wrote.</summary>
    private const int MostShown = 300;

#pragma warning disable RS1013 // the start action is the one of all rules
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterCompilationEndAction(Analyze);
#pragma warning restore RS1013

    private void Analyze(CompilationAnalysisContext context)
    {
        var places = new OptionPlaces(context.Options.AdditionalFiles, context.CancellationToken);
        foreach (var setting in OptionSettings.Of(context.Compilation, context.Options.AnalyzerConfigOptionsProvider, context.CancellationToken))
        {
            foreach (var fault in FaultsOf(setting, context.Compilation))
            {
                var found = places.Of(setting, fault.Text);
                context.ReportDiagnostic(Finding.Of(
                    Rule, found.FirstOrDefault() ?? Location.None, found.Skip(1), RuleText.Of(fault.Sentence, Shown(setting.Key), Shown(fault.Text), fault.Detail)));
            }
        }
    }

    private static string Shown(string text) => text.Length <= MostShown ? text : text.Substring(0, MostShown) + "…";

    private static IEnumerable<OptionFault> FaultsOf(OptionSetting setting, Compilation compilation) =>
        OptionKeys.OptionOf(setting.Key) is { } option
            ? option.FaultsOf(setting.Value, compilation)
            : [new OptionFault("AP9001_Key", OptionKeys.NearestTo(setting.Key))];
}
