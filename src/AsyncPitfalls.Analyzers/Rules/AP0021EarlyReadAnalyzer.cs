using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Rules;

/// <summary>AP0021: a variable is read before the task that assigns it has completed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0021EarlyReadAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0021)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), OperationKind.AnonymousFunction, OperationKind.LocalFunction);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        foreach (var read in model.EarlyReads.Of(context.Operation, context.CancellationToken))
        {
            if (!model.Unexecuted.Holds(read.Read))
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule, read.Read.Syntax.GetLocation(), [CalledNames.WholeOf(read.Start.Syntax)], read.Variable.Name, CalledNames.TextOf(read.Start.Syntax)));
        }
    }
}
