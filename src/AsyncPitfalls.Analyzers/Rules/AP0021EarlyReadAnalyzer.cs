using System.Collections.Generic;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0021: a variable is read before the task that assigns it has completed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0021EarlyReadAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0021)
{
    // An IDE underlines nothing outside the code that an action is called for, and the read is outside the function: so the end of the member reports.
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationBlockStartAction(member =>
        {
            IOperation? function = null;
            member.RegisterOperationAction(
                found => function = model.EarlyReads.MayBeOf(found.Operation, found.CancellationToken) ? found.Operation : function,
                OperationKind.AnonymousFunction, OperationKind.LocalFunction);
            member.RegisterOperationBlockEndAction(end =>
            {
                if (function is not null)
                    Analyze(end, model.EarlyReads.In(function, end.CancellationToken), model);
            });
        });

    private void Analyze(OperationBlockAnalysisContext context, IEnumerable<EarlyRead> reads, AsyncModel model)
    {
        foreach (var read in reads)
        {
            if (!model.Unexecuted.Holds(read.Read))
                context.ReportDiagnostic(Finding.Of(
                    Rule, read.Read.Syntax.GetLocation(), [CalledNames.WholeOf(read.Start.Syntax)], read.Variable.Name, CalledNames.TextOf(read.Start.Syntax)));
        }
    }
}
