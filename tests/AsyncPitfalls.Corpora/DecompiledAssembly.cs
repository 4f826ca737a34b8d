using System.Collections.Immutable;
using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp.ProjectDecompiler;
using ICSharpCode.Decompiler.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Corpora;

/// <summary>
/// The C# of an assembly, as far as it compiles back. A folder holds its files, and a list of those that are left out;
/// it is there wholly or not at all, also when two programs make it at once.
/// </summary>
internal sealed record DecompiledAssembly(CorpusProject Project, ImmutableArray<string> LeftOut)
{
    private const string LeftOutList = "left-out.txt";

    // Uses of what is "for evaluation purposes only" are errors where a project does not say that it knows.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> Evaluating = new[] { "ASP0029", "SYSLIB5001", "SYSLIB5002", "SYSLIB5003", "SYSLIB5004", "SYSLIB5005", "SYSLIB5006" }
        .ToImmutableDictionary(id => id, _ => ReportDiagnostic.Suppress);

    public static DecompiledAssembly Read(FrameworkAssembly assembly, string folder, IEnumerable<MetadataReference> references, Action<string> progress)
    {
        if (!Directory.Exists(folder))
        {
            progress($"decompiling {assembly.Name}");
            Make(assembly, folder, [.. references]);
        }

        var leftOut = File.ReadAllLines(Path.Combine(folder, LeftOutList));
        var all = ProjectOf(assembly, folder, references);
        var kept = all.Without(leftOut.Select(file => Path.Combine(folder, file)).ToHashSet());
        return new DecompiledAssembly(kept, leftOut.Length == 0 ? [] : [$"{assembly.Name}: {leftOut.Length} files with {all.Lines - kept.Lines} of {all.Lines} lines do not compile back"]);
    }

    private static void Make(FrameworkAssembly assembly, string folder, ImmutableArray<MetadataReference> references)
    {
        var unfinished = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);
        Decompile(assembly, unfinished);
        File.WriteAllLines(Path.Combine(unfinished, LeftOutList), FilesInError(ProjectOf(assembly, unfinished, references)).Select(file => Path.GetRelativePath(unfinished, file)));
        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    private static void Decompile(FrameworkAssembly assembly, string folder)
    {
        using var module = new PEFile(assembly.Path);
        var resolver = new UniversalAssemblyResolver(assembly.Path, throwOnError: false, module.DetectTargetFrameworkId());
        resolver.AddSearchDirectory(SharedFrameworks.AspNetCore);
        resolver.AddSearchDirectory(SharedFrameworks.Net);
        var settings = new DecompilerSettings(ICSharpCode.Decompiler.CSharp.LanguageVersion.Latest) { ThrowOnAssemblyResolveErrors = false, UseSdkStyleProjectFormat = true };
        new SourcesOnly(settings, resolver).DecompileProject(module, folder);
    }

    /// <summary>The files to leave out so that the rest compiles: what one of them declares may be missing in others, so it is asked again and again.</summary>
    private static IEnumerable<string> FilesInError(CorpusProject project)
    {
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        for (var compilation = project.Parse(); ; )
        {
            var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            if (errors.Count == 0)
                return leftOut;
            var trees = errors.Select(error => error.Location.SourceTree).OfType<SyntaxTree>().Distinct().ToList();
            if (trees.Count == 0)
                throw new InvalidOperationException($"{project.Name}: {errors[0]}");
            leftOut.UnionWith(trees.Select(tree => tree.FilePath));
            compilation = compilation.RemoveSyntaxTrees(trees);
        }
    }

    private static CorpusProject ProjectOf(FrameworkAssembly assembly, string folder, IEnumerable<MetadataReference> references) => new(
        assembly.Name,
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            // Its attributes name resources and keys that are not here.
            .Where(file => Path.GetFileName(file) != "AssemblyInfo.cs")
            .Order(StringComparer.Ordinal)
            .Select(CorpusFile.Read),
        // The key opens the internals of the assemblies that name this one as their friend.
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, specificDiagnosticOptions: Evaluating)
            .WithCryptoPublicKey(assembly.PublicKey).WithPublicSign(true),
        references);

    private sealed class SourcesOnly(DecompilerSettings settings, IAssemblyResolver resolver)
        : WholeProjectDecompiler(settings, resolver, projectWriter: null, assemblyReferenceClassifier: null, debugInfoProvider: null)
    {
        protected override IEnumerable<ProjectItemInfo> WriteResourceFilesInProject(MetadataFile module) => [];
    }
}
