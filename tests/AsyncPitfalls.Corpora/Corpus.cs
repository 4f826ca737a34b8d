using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Corpora;

/// <summary>A body of code that compiles without errors, in one compilation or several.</summary>
public sealed class Corpus
{
    private readonly ImmutableArray<CorpusProject> projects;

    internal Corpus(string name, IEnumerable<CorpusProject> projects, IEnumerable<string>? leftOut = null)
    {
        Name = name;
        this.projects = [.. projects];
        LeftOut = [.. leftOut ?? []];
        Lines = this.projects.Sum(project => project.Lines);
    }

    public string Name { get; }

    /// <summary>Lines of C# that are compiled, empty ones and comments among them.</summary>
    public int Lines { get; }

    /// <summary>What is not part of it because it does not compile, in words.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>The compilations, parsed anew by each call: nothing that an earlier run has bound or cached is in them.</summary>
    public IReadOnlyList<CSharpCompilation> Parse() => [.. projects.Select(project => project.Parse())];

    /// <summary>
    /// At least 100,000 lines of ASP.NET Core, decompiled from the shared framework of the SDK that runs this: the assemblies
    /// with the most async functions. The first call takes a minute; the C# is kept under <c>artifacts/corpora</c>.
    /// </summary>
    public static Corpus AspNetCore(Action<string>? progress = null) => DecompiledFramework.Read(progress ?? (_ => { }));

    /// <summary>What this repository ships: analyzers, code fixes and build tasks.</summary>
    public static Corpus OwnSources() => OwnSourcesReader.Read();

    /// <summary>A generated project of at least so many lines, rich in async code; the same size gives the same text.</summary>
    public static Corpus Generated(int lines) => new($"Generated, {lines / 1000} kLOC",
    [
        new CorpusProject(
            "Generated",
            GeneratedProject.OfLines(lines).Files.Select((text, index) => new CorpusFile($"File{index}.cs", text)),
            CorpusProject.Library,
            SharedFrameworks.NetReferences),
    ]);

    /// <summary>
    /// All C# of a folder, as one compilation that references the shared frameworks. Whatever else it needs is missing, so
    /// this one may have errors.
    /// </summary>
    public static Corpus Folder(string path) => FolderReader.Read(path);
}
