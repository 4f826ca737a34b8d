using System;
using System.Globalization;
using AsyncPitfalls.Baselines;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Rules;

/// <summary>AP9003: a baseline is damaged or of another tool, and suppresses nothing. It is reported in the baseline itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP9003UnreadableBaselineAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP9003)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterAdditionalFileAction(Analyze);

    private void Analyze(AdditionalFileAnalysisContext context)
    {
        var file = context.AdditionalFile;
        if (!BaselineFile.IsNameOfOne(file.Path) || BaselineText.Of(file, context.CancellationToken).Fault is not { } fault)
            return;
        var reason = RuleText.Of("AP9003_Reason_" + fault.Kind, fault.Line.ToString(CultureInfo.InvariantCulture), fault.Tool);
        context.ReportDiagnostic(Finding.Of(Rule, PlaceOf(fault, file, file.GetText(context.CancellationToken)), RelativePath.NameOf(file.Path), reason));
    }

    private static Location PlaceOf(BaselineFault fault, AdditionalText file, SourceText? text)
    {
        if (text is null)
            return Location.Create(file.Path, default, default);
        var line = text.Lines[Math.Min(fault.Line, text.Lines.Count) - 1].Span;
        return Location.Create(file.Path, line, text.Lines.GetLinePositionSpan(line));
    }
}
