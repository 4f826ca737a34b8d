using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Rules;

/// <summary>AP0025: a synchronization context stays on a thread that others use too, or a dispatcher's thread keeps the process alive.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0025LoopNotRestoredAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0025)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model)
    {
        context.RegisterOperationAction(operation => AnalyzeCall(operation, model), OperationKind.Invocation);
        if (model.Types.WpfDispatcher is not null)
            context.RegisterOperationAction(operation => AnalyzeThread(operation, model), OperationKind.ObjectCreation);
    }

    private void AnalyzeCall(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.InstalledLoops.IsLeft((IInvocationOperation)context.Operation, context.CancellationToken))
            context.ReportDiagnostic(Finding.Of(Rule, context.Operation.Syntax.GetLocation(), RuleText.Of("AP0025_MessageContext")));
    }

    private void AnalyzeThread(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.LingeringThreads.Is((IObjectCreationOperation)context.Operation, context.CancellationToken))
            context.ReportDiagnostic(Finding.Of(Rule, HeadOf(context.Operation.Syntax), RuleText.Of("AP0025_MessageThread")));
    }

    /// <summary><c>new Thread</c>, without its arguments.</summary>
    private static Location HeadOf(SyntaxNode creation) => creation switch
    {
        ObjectCreationExpressionSyntax { Type: var type } => Location.Create(creation.SyntaxTree, TextSpan.FromBounds(creation.SpanStart, type.Span.End)),
        BaseObjectCreationExpressionSyntax { NewKeyword: var keyword } => keyword.GetLocation(),
        _ => creation.GetLocation(),
    };
}
