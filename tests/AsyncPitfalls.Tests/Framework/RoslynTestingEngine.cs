#if ROSLYN_TESTING
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>The engine of Microsoft.CodeAnalysis.Testing, given the same cases.</summary>
public sealed class RoslynTestingEngine : IEngine
{
    public Task CheckAsync(Case test)
    {
        var engine = new Test(test);
        Fill(engine.TestState, test.Before, test);
        if (test.After is not null)
            Fill(engine.FixedState, test.After, test);
        return engine.RunAsync();
    }

    private static void Fill(SolutionState solution, Markup markup, Case test)
    {
        // Both states are told everything, so that neither has to inherit from the other.
        solution.InheritanceMode = StateInheritanceMode.Explicit;
        var earlier = new List<string>();
        foreach (var files in markup.Files.GroupBy(file => file.Project))
        {
            // The last project may see all others, so it is the one that the engine calls the test's own.
            var project = files.Key == markup.Files[^1].Project ? solution : solution.AdditionalProjects[files.Key];
            Fill(project, [.. files], test.Setup);
            project.AdditionalProjectReferences.AddRange(earlier);
            earlier.Add(files.Key);
        }

        var own = test.Analyzer.SupportedDiagnostics.Select(rule => rule.Id).ToHashSet();
        solution.ExpectedDiagnostics.AddRange(markup.Expected
            .Where(finding => own.Contains(finding.Id) || IsOfCompiler(finding))
            .Select(finding => Expected(finding, markup)));
    }

    private static void Fill(ProjectState project, IReadOnlyList<SourceFile> files, Setup setup)
    {
        var options = Workspaces.CompilationOptions(files, setup);
        project.OutputKind = options.OutputKind;
        project.AdditionalReferences.AddRange(ReferenceSets.Load(setup.References));
        if (Workspaces.UsesImplicitUsings(setup))
            project.Sources.Add(($"/{files[0].Project}/{ImplicitUsings.Path}", ImplicitUsings.Text));
        foreach (var file in files)
            project.Sources.Add(("/" + file.Path, file.Text));
        if (setup.EditorConfig.Length > 0)
            project.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{setup.EditorConfig}\n"));
    }

    private static DiagnosticResult Expected(ExpectedFinding finding, Markup markup)
    {
        var text = SourceText.From(markup.Files.Single(file => file.Path == finding.Path).Text);
        var (start, end) = (text.Lines.GetLinePosition(finding.Span.Start), text.Lines.GetLinePosition(finding.Span.End));
        return new DiagnosticResult(finding.Id, IsOfCompiler(finding) ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning)
            .WithSpan("/" + finding.Path, start.Line + 1, start.Character + 1, end.Line + 1, end.Character + 1)
            .WithOptions(DiagnosticOptions.IgnoreSeverity | DiagnosticOptions.IgnoreAdditionalLocations);
    }

    private static bool IsOfCompiler(ExpectedFinding finding) => finding.Id.StartsWith("CS", StringComparison.Ordinal);

    private sealed class Test : CodeFixTest<DefaultVerifier>
    {
        private readonly Case test;

        public Test(Case test)
        {
            this.test = test;
            CodeActionEquivalenceKey = test.Idea;
            MarkupOptions = MarkupOptions.None;

            // A set without packages: nothing is downloaded while tests run, and the references are ours.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.MarkupHandling = MarkupMode.None;
            FixedState.MarkupHandling = MarkupMode.None;
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
