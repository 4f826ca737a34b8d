using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Rules;

/// <summary>AP0010: an asynchronous function is handed over as a callback that is to be synchronous, so nobody awaits it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AP0010AsyncCallbackAnalyzer() : AsyncPitfallAnalyzer(RuleCatalog.AP0010)
{
    protected override void Register(CompilationStartAnalysisContext context, AsyncModel model) =>
        context.RegisterOperationAction(
            operation => Analyze(operation, model), OperationKind.AnonymousFunction, OperationKind.MethodReference);

    private void Analyze(OperationAnalysisContext context, AsyncModel model)
    {
        if (model.UnawaitedCallbacks.Of(context.Operation, context.CancellationToken) is { } found)
            context.ReportDiagnostic(Finding.Of(Rule, PlaceOf(found.Function.Syntax), Message(found)));
    }

    /// <summary>The head of a lambda or anonymous method, without its body; a method group as it is.</summary>
    private static Location PlaceOf(SyntaxNode function)
    {
        var end = function switch
        {
            LambdaExpressionSyntax lambda => lambda.ArrowToken.Span.End,
            AnonymousMethodExpressionSyntax method => method.ParameterList?.Span.End ?? method.DelegateKeyword.Span.End,
            _ => function.Span.End,
        };
        return Location.Create(function.SyntaxTree, TextSpan.FromBounds(function.SpanStart, end));
    }

    private static LocalizableString Message(UnawaitedCallback found)
    {
        var wanted = found.Delegate.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        var name = found.Function is IMethodReferenceOperation group ? group.Method.Name : found.Task is { } task ? CalledNames.TextOf(task.Syntax) : null;
        return found.Kind switch
        {
            UnawaitedCallbackKind.AsyncVoidLambda => RuleText.Of("AP0010_MessageLambda", wanted),
            UnawaitedCallbackKind.AsyncVoidMethod => RuleText.Of("AP0010_MessageMethod", wanted, name!),
            UnawaitedCallbackKind.DroppedTask => RuleText.Of("AP0010_MessageDropped", wanted, name!),
            _ when name is null => RuleText.Of("AP0010_MessageHiddenLambda"),
            _ => RuleText.Of("AP0010_MessageHidden", name),
        };
    }
}
