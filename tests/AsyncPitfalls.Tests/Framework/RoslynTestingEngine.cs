#if ROSLYN_TESTING
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>The engine of Microsoft.CodeAnalysis.Testing, given the same cases.</summary>
public sealed class RoslynTestingEngine : IEngine
{
    public Task CheckAsync(Case test)
    {
        var engine = new Test(test);
        Fill(engine.TestState, test.Before, test.Setup);
        if (test.After is not null)
            Fill(engine.FixedState, test.After, test.Setup);
        return engine.RunAsync();
    }

    private static void Fill(SolutionState state, Markup markup, Setup setup)
    {
        foreach (var file in markup.Files)
            ProjectOf(state, markup, file).Sources.Add(("/" + file.Path, file.Text));
        foreach (var finding in markup.Expected)
        {
            var text = Microsoft.CodeAnalysis.Text.SourceText.From(markup.Files.Single(file => file.Path == finding.Path).Text);
            var lines = text.Lines.GetLinePositionSpan(finding.Span);
            state.ExpectedDiagnostics.Add(new DiagnosticResult(finding.Id, finding.Id.StartsWith("CS", StringComparison.Ordinal) ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning)
                .WithSpan("/" + finding.Path, lines.Start.Line + 1, lines.Start.Character + 1, lines.End.Line + 1, lines.End.Character + 1)
                .WithOptions(DiagnosticOptions.IgnoreSeverity | DiagnosticOptions.IgnoreAdditionalLocations));
        }

        if (setup.EditorConfig.Length > 0)
            state.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + setup.EditorConfig + "\n"));
    }

    private static ProjectState ProjectOf(SolutionState state, Markup markup, SourceFile file)
    {
        var names = markup.Files.Select(source => source.Project).Distinct().ToList();
        if (file.Project == names[^1])
        {
            foreach (var earlier in names[..^1].Where(earlier => !state.AdditionalProjectReferences.Contains(earlier)))
                state.AdditionalProjectReferences.Add(earlier);
            return state;
        }

        var project = state.AdditionalProjects[file.Project];
        foreach (var earlier in names[..names.IndexOf(file.Project)].Where(earlier => !project.AdditionalProjectReferences.Contains(earlier)))
            project.AdditionalProjectReferences.Add(earlier);
        return project;
    }

    private sealed class Test : CodeFixTest<DefaultVerifier>
    {
        private readonly Case test;

        public Test(Case test)
        {
            this.test = test;
            CodeActionEquivalenceKey = test.Idea;
            MarkupOptions = MarkupOptions.None;
            SolutionTransforms.Add((solution, project) => solution
                .WithProjectMetadataReferences(project, ReferenceSets.Load(test.Setup.References)));
        }

        public override string Language => LanguageNames.CSharp;

        public override Type SyntaxKindType => typeof(SyntaxKind);

        protected override string DefaultFileExt => "cs";

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [test.Analyzer];

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => test.CodeFix is null ? [] : [test.CodeFix];

        protected override ParseOptions CreateParseOptions() => Workspaces.ParseOptions(test.Setup);

        protected override CompilationOptions CreateCompilationOptions() => Workspaces.CompilationOptions(test.Before.Files, test.Setup);
    }
}
#endif
