using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using AsyncPitfalls.Baselines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>Makes solutions of the files of tests, and runs analyzers over them.</summary>
public static class Workspaces
{
    // Fixing and Fix All in three scopes ask for the findings of the same project again and again, and a project never changes.
    private static readonly ConditionalWeakTable<Project, ConcurrentDictionary<object, Task<ImmutableArray<Diagnostic>>>> Known = new();

    /// <summary>The question for the errors of the compiler.</summary>
    private static readonly object Errors = new();

    /// <summary>A solution with a project per first folder of the files; each references those before it.</summary>
    public static Solution Create(IReadOnlyList<SourceFile> files, Setup setup)
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        var projects = new List<ProjectId>();
        foreach (var group in files.GroupBy(file => file.Project))
        {
            var project = ProjectId.CreateNewId(group.Key);
            solution = solution.AddProject(ProjectInfo.Create(
                project, VersionStamp.Default, group.Key, group.Key, LanguageNames.CSharp,
                filePath: $"/{group.Key}/{group.Key}.csproj",
                compilationOptions: CompilationOptions(group, setup),
                parseOptions: ParseOptions(setup),
                projectReferences: projects.Select(earlier => new ProjectReference(earlier)),
                metadataReferences: ReferenceSets.Load(setup.References)));
            if (UsesImplicitUsings(setup))
                solution = solution.AddDocument(DocumentId.CreateNewId(project), ImplicitUsings.Path, SourceText.From(ImplicitUsings.Text, Encoding.UTF8), filePath: $"/{group.Key}/{ImplicitUsings.Path}");
            foreach (var file in group)
                solution = solution.AddDocument(DocumentId.CreateNewId(project), file.Path[(group.Key.Length + 1)..], SourceText.From(file.Text, Encoding.UTF8), filePath: "/" + file.Path);
            if (setup.EditorConfig.Length > 0)
                solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(project), ".editorconfig", SourceText.From("root = true\n[*.cs]\n" + setup.EditorConfig + "\n", Encoding.UTF8), filePath: "/.editorconfig");
            if (setup.Baseline is { } baseline)
                solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(project), BaselineFile.Name, SourceText.From(baseline, Encoding.UTF8), filePath: $"/{group.Key}/{BaselineFile.Name}");
            projects.Add(project);
        }

        return solution;
    }

    public static CSharpParseOptions ParseOptions(Setup setup) => new(setup.Language, DocumentationMode.Diagnose);

    public static bool UsesImplicitUsings(Setup setup) =>
        setup.ImplicitUsings && setup.References != References.None
        && setup.Language.MapSpecifiedToEffectiveVersion() >= LanguageVersion.CSharp10;

    /// <summary>What an analyzer and the compiler say of a whole solution: errors of the compiler, all findings of the analyzers.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Solution solution, params IReadOnlyList<DiagnosticAnalyzer> analyzers)
    {
        var all = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in solution.Projects)
            all.AddRange(await DiagnosticsAsync(project, analyzers));
        return all.ToImmutable();
    }

    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project, IReadOnlyList<DiagnosticAnalyzer> analyzers) =>
        [.. await KnownAsync(project, Errors, () => ErrorsAsync(project)), .. await FindingsAsync(project, analyzers)];

    /// <summary>What analyzers say of a project, without what the compiler says.</summary>
    public static Task<ImmutableArray<Diagnostic>> FindingsAsync(Project project, IReadOnlyList<DiagnosticAnalyzer> analyzers) => analyzers.Count == 0
        ? Task.FromResult(ImmutableArray<Diagnostic>.Empty)
        : KnownAsync(project, analyzers.Count == 1 ? analyzers[0] : analyzers, () => AnalyzeAsync(project, analyzers));

    private static async Task<ImmutableArray<Diagnostic>> ErrorsAsync(Project project) =>
        [.. (await project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Project project, IReadOnlyList<DiagnosticAnalyzer> analyzers)
    {
        var compilation = WithAllOn((await project.GetCompilationAsync())!, analyzers);
        var found = await FindingsAsync(compilation.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false)));
        return [.. found.Where(diagnostic => !diagnostic.IsSuppressed)];
    }

    private static Task<ImmutableArray<Diagnostic>> KnownAsync(Project project, object question, Func<Task<ImmutableArray<Diagnostic>>> answer) =>
        Known.GetOrCreateValue(project).GetOrAdd(question, _ => answer());

    /// <summary>
    /// What analyzers say, all of which must be seen while somebody types: an IDE does not underline what is reported outside
    /// the code that an action was called for, nor what is reported when everything has been compiled.
    /// </summary>
    public static async Task<ImmutableArray<Diagnostic>> FindingsAsync(CompilationWithAnalyzers analysis, CancellationToken cancellation = default)
    {
        var result = await analysis.GetAnalysisResultAsync(cancellation);
        var unseen = result.CompilationDiagnostics.Values.SelectMany(findings => findings).Where(finding => finding.Location.IsInSource).ToList();
        return unseen.Count == 0 ? result.GetAllDiagnostics() : throw new InvalidOperationException($"Found in builds, but not underlined in an IDE:\n  {string.Join("\n  ", unseen)}");
    }

    /// <summary>A compilation for which the rules speak that are off by default, in files whose configuration does not name them.</summary>
    public static Compilation WithAllOn(Compilation compilation, IReadOnlyList<DiagnosticAnalyzer> analyzers)
    {
        var off = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => !rule.IsEnabledByDefault).Select(rule => rule.Id).ToImmutableHashSet();
        return off.IsEmpty
            ? compilation
            : compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new RulesSwitchedOn(compilation.Options.SyntaxTreeOptionsProvider, off)));
    }

    /// <summary>What keeps a solution from being built, with what the compiler finds out only when it makes code, such as a span that lives across an await.</summary>
    public static async Task<ImmutableArray<Diagnostic>> BuildErrorsAsync(Solution solution)
    {
        var errors = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var project in solution.Projects)
            errors.AddRange(await BuildErrorsAsync(project));
        return errors.ToImmutable();
    }

    public static async Task<IEnumerable<Diagnostic>> BuildErrorsAsync(Project project) =>
        (await project.GetCompilationAsync())!.Emit(Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    public static CSharpCompilationOptions CompilationOptions(IEnumerable<SourceFile> files, Setup setup) =>
        new(setup.Output ?? (files.Any(file => IsProgram(file, setup)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary),
            allowUnsafe: true, nullableContextOptions: HasNullable(setup) ? NullableContextOptions.Enable : NullableContextOptions.Disable);

    private static bool HasNullable(Setup setup) => setup.Language.MapSpecifiedToEffectiveVersion() >= LanguageVersion.CSharp8;

    private static bool IsProgram(SourceFile file, Setup setup)
    {
        var root = CSharpSyntaxTree.ParseText(file.Text, ParseOptions(setup)).GetCompilationUnitRoot();
        return root.Members.Any(member => member is GlobalStatementSyntax)
            || root.DescendantNodes().OfType<MethodDeclarationSyntax>().Any(method =>
                method.Identifier.Text == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword));
    }
}
