using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Floors;

/// <summary>Finds out what analyzers register for a compilation, by letting them register it here: nobody keeps a list by hand.</summary>
internal static class RegistrationRecorder
{
    public static IReadOnlyList<Registration> Record(IEnumerable<DiagnosticAnalyzer> analyzers, Compilation compilation)
    {
        var recorded = new List<Registration>();
        foreach (var analyzer in analyzers)
            analyzer.Initialize(new Analysis(recorded, compilation));
        return recorded;
    }

    /// <summary>What an analyzer sees first. What it registers here is registered at the start of the compilation instead, which costs the same.</summary>
    private sealed class Analysis(List<Registration> recorded, Compilation compilation) : AnalysisContext
    {
        private readonly Start start = new(recorded, compilation);

        public override void EnableConcurrentExecution()
        {
        }

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode)
        {
        }

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) => action(start);

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => start.RegisterCompilationEndAction(action);

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => start.RegisterSemanticModelAction(action);

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => start.RegisterSymbolAction(action, symbolKinds);

        public override void RegisterSymbolStartAction(Action<SymbolStartAnalysisContext> action, SymbolKind symbolKind) => start.RegisterSymbolStartAction(action, symbolKind);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => start.RegisterCodeBlockStartAction(action);

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => start.RegisterCodeBlockAction(action);

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => start.RegisterSyntaxTreeAction(action);

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => start.RegisterSyntaxNodeAction(action, syntaxKinds);

        public override void RegisterOperationBlockStartAction(Action<OperationBlockStartAnalysisContext> action) => start.RegisterOperationBlockStartAction(action);

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => start.RegisterOperationBlockAction(action);

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => start.RegisterOperationAction(action, operationKinds);

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => start.RegisterAdditionalFileAction(action);
    }

    private sealed class Start(List<Registration> recorded, Compilation compilation)
        : CompilationStartAnalysisContext(compilation, new AnalyzerOptions([]), CancellationToken.None)
    {
        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) =>
            Add("compilation end", [""], (start, calls) => start.RegisterCompilationEndAction(calls.InsteadOf(action)));

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) =>
            Add("semantic model", [""], (start, calls) => start.RegisterSemanticModelAction(calls.InsteadOf(action)));

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) =>
            Add("symbol", symbolKinds, (start, calls) => start.RegisterSymbolAction(calls.InsteadOf(action), symbolKinds));

        public override void RegisterSymbolStartAction(Action<SymbolStartAnalysisContext> action, SymbolKind symbolKind) =>
            Add("symbol start", [symbolKind], (start, calls) => start.RegisterSymbolStartAction(calls.InsteadOfStart(action), symbolKind));

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) =>
            Add("code block start", [""], (start, calls) => start.RegisterCodeBlockStartAction<TLanguageKindEnum>(calls.InsteadOfStart(action)));

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) =>
            Add("code block", [""], (start, calls) => start.RegisterCodeBlockAction(calls.InsteadOf(action)));

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) =>
            Add("syntax tree", [""], (start, calls) => start.RegisterSyntaxTreeAction(calls.InsteadOf(action)));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) =>
            Add("syntax node", syntaxKinds, (start, calls) => start.RegisterSyntaxNodeAction(calls.InsteadOf(action), syntaxKinds));

        public override void RegisterOperationBlockStartAction(Action<OperationBlockStartAnalysisContext> action) =>
            Add("operation block start", [""], (start, calls) => start.RegisterOperationBlockStartAction(calls.InsteadOfStart(action)));

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) =>
            Add("operation block", [""], (start, calls) => start.RegisterOperationBlockAction(calls.InsteadOf(action)));

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) =>
            recorded.Add(Of("operation", operationKinds, (start, calls) => start.RegisterOperationAction(calls.InsteadOf(action), operationKinds)) with { Operations = operationKinds });

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) =>
            Add("additional file", [""], (start, calls) => start.RegisterAdditionalFileAction(calls.InsteadOf(action)));

        private void Add<T>(string action, IReadOnlyCollection<T> kinds, Action<CompilationStartAnalysisContext, ActionCalls> register) =>
            recorded.Add(Of(action, kinds, register));

        private static Registration Of<T>(string action, IReadOnlyCollection<T> kinds, Action<CompilationStartAnalysisContext, ActionCalls> register) =>
            new(action, string.Join(", ", kinds), register);
    }
}
