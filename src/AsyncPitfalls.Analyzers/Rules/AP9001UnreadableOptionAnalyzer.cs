using System.Collections.Generic;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP9001: an option has a value that cannot be read. It is no place in the code that is wrong, so there is no location.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP9001UnreadableOptionAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP9001)
{
#pragma warning disable RS1013 // the start action is the one of all rules
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterCompilationEndAction(Analyze);
#pragma warning restore RS1013

    private void Analyze(CompilationAnalysisContext context)
    {
        // Files of one folder mostly share one set of options, and one value is told of once.
        var sets = new HashSet<AnalyzerConfigOptions>();
        var values = new HashSet<(string Key, string Value)>();
        foreach (var file in context.Compilation.SyntaxTrees)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(file);
            if (sets.Add(options))
                Analyze(context, options, values);
        }
    }

    private void Analyze(CompilationAnalysisContext context, AnalyzerConfigOptions options, HashSet<(string Key, string Value)> values)
    {
        foreach (var option in RuleOption.All)
        {
            foreach (var key in option.Keys)
            {
                if (!options.TryGetValue(key, out var value) || !values.Add((key, value)))
                    continue;
                foreach (var fault in option.FaultsOf(value, context.Compilation))
                    context.ReportDiagnostic(Diagnostic.Create(Rule, Location.None, key, fault.Text, fault.Expected));
            }
        }
    }
}
