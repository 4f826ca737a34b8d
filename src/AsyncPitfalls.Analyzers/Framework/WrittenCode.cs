using System;
using System.Collections.Immutable;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Framework;

/// <summary>
/// A compilation's code as far as people write it: actions are not called for what tools generate. The compiler leaves most
/// of that out by itself, but not what a source generator adds without a mark in its name or at its top.
/// </summary>
#pragma warning disable RS1012 // This hands the rules' registrations on; it has none of its own.
internal sealed class WrittenCode(CompilationStartAnalysisContext start, AsyncModel model) : CompilationStartAnalysisContext(start.Compilation, start.Options, start.CancellationToken)
#pragma warning restore RS1012
{
    public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => start.RegisterOperationAction(
        context =>
        {
            if (model.Files.Hold(context.Operation.Syntax))
                action(context);
        },
        operationKinds);

    public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => start.RegisterOperationBlockAction(context =>
    {
        if (model.Files.Hold(context.OperationBlocks[0].Syntax))
            action(context);
    });

    public override void RegisterOperationBlockStartAction(Action<OperationBlockStartAnalysisContext> action) => start.RegisterOperationBlockStartAction(context =>
    {
        if (model.Files.Hold(context.OperationBlocks[0].Syntax))
            action(context);
    });

    public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => start.RegisterSyntaxNodeAction(
        context =>
        {
            if (model.Files.Hold(context.Node.SyntaxTree))
                action(context);
        },
        syntaxKinds);

    public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => start.RegisterSyntaxTreeAction(context =>
    {
        if (model.Files.Hold(context.Tree))
            action(context);
    });

    public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => start.RegisterSemanticModelAction(context =>
    {
        if (model.Files.Hold(context.SemanticModel.SyntaxTree))
            action(context);
    });

    public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => start.RegisterCodeBlockAction(context =>
    {
        if (model.Files.Hold(context.CodeBlock.SyntaxTree))
            action(context);
    });

    public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => start.RegisterCodeBlockStartAction<TLanguageKindEnum>(context =>
    {
        if (model.Files.Hold(context.CodeBlock.SyntaxTree))
            action(context);
    });

    public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => start.RegisterSymbolAction(action, symbolKinds);

    public override void RegisterSymbolStartAction(Action<SymbolStartAnalysisContext> action, SymbolKind symbolKind) => start.RegisterSymbolStartAction(action, symbolKind);

    public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => start.RegisterAdditionalFileAction(action);

    public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) => start.RegisterCompilationEndAction(action);
}
