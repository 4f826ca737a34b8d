using AsyncPitfalls.Tests.Framework;

namespace AsyncPitfalls.Corpora;

/// <summary>The sources of any folder, without its projects: they are not restored, built or changed.</summary>
internal static class FolderReader
{
    private static readonly string[] Skipped = ["bin", "obj", "artifacts", "node_modules"];

    /// <summary>What a project imports by itself; web projects import more.</summary>
    public static readonly CorpusFile Imports = new(ImplicitUsings.Path, ImplicitUsings.Text);

    public static Corpus Read(string path) => Directory.Exists(path)
        ? new(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), [new CorpusProject("Folder", [Imports, .. Files(path).Select(CorpusFile.Read)], CorpusProject.Library, SharedFrameworks.AllReferences)])
        : throw new DirectoryNotFoundException($"There is no folder '{path}'.");

    /// <summary>The C# below a folder, without what tools put there.</summary>
    public static IEnumerable<string> Files(string folder) => Directory
        .GetFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(Skipped.Contains))
        .Order(StringComparer.Ordinal);
}
