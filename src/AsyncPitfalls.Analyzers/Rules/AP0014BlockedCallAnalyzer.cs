using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>AP0014: async code runs a synchronous member that blocks further down.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0014BlockedCallAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0014)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(operation => Analyze(operation, model), BlockedCalls.Kinds);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        var operation = context.Operation;
        if (model.BlockedCalls.Of(operation, context.CancellationToken) is not { } chain
            || model.BlockingDefects.HasBefore(operation, BlockingDefect.BlocksFurtherDown, context.CancellationToken))
            return;
        context.ReportDiagnostic(Finding.Of(Rule, PlaceOf(operation), chain.Places, chain.Steps[0].Text, chain.Text, Instead(operation)));
    }

    /// <summary>The called name: that of the type for a constructor, <c>new</c> where it is not written.</summary>
    private static Location PlaceOf(IOperation operation) => operation.Syntax switch
    {
        ObjectCreationExpressionSyntax creation => CalledNames.LocationOf(creation.Type),
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
        var syntax => CalledNames.LocationOf(syntax),
    };

    private static LocalizableString Instead(IOperation operation) => RuleText.Of(operation switch
    {
        IObjectCreationOperation => "AP0014_Instead_Constructor",
        IPropertyReferenceOperation => "AP0014_Instead_Property",
        _ => "AP0014_Instead_Method",
    });
}
