using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Corpora;

/// <summary>What this repository ships, as two compilations: the analyzers with their code fixes, and the build tasks.</summary>
internal static class OwnSourcesReader
{
    private const string Analyzers = "src/AsyncPitfalls.Analyzers";

    public static Corpus Read() => new("Our own sources",
    [
        Project("AsyncPitfalls", [.. FilesOf(Analyzers), .. FilesOf("src/AsyncPitfalls.CodeFixes")]),
        // The build tasks compile these files of the analyzers too.
        Project("AsyncPitfalls.Build",
        [
            .. FilesOf("src/AsyncPitfalls.Build"),
            .. FilesOf(Analyzers + "/Baselines").Where(file => !file.EndsWith("BaselineText.cs", StringComparison.Ordinal)),
            .. FilesOf(Analyzers + "/Framework").Where(file => file.EndsWith("IsExternalInit.cs", StringComparison.Ordinal)),
        ]),
    ]);

    private static CorpusProject Project(string name, IEnumerable<string> files) =>
        new(name, files.Select(CorpusFile.Read), CorpusProject.Library, [.. SharedFrameworks.NetReferences, .. ReferencesOfThisProgram()]);

    private static IEnumerable<string> FilesOf(string folder) => FolderReader.Files(Path.Combine(Places.Repository, folder));

    private static IEnumerable<MetadataReference> ReferencesOfThisProgram() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(file => IsReferenced(Path.GetFileName(file)))
        .Select(file => MetadataReference.CreateFromFile(file));

    private static bool IsReferenced(string assembly) =>
        assembly.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
        || assembly.StartsWith("System.Composition", StringComparison.Ordinal)
        || assembly == "Microsoft.Build.Framework.dll";
}
