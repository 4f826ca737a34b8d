using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Fuzz;

/// <summary>The code of the corpora.</summary>
public static class CorpusCode
{
    private const int GeneratedLines = 3_000;

    /// <summary>All code to break: that of the tests, of the corpora, and of more folders.</summary>
    public static IReadOnlyList<CodeBase> Read(IEnumerable<string> folders) =>
    [
        .. TestCode.Read(),
        Of("own", Corpus.OwnSources(), CodeBase.OwnLibraries),
        Of("generated", Corpus.Generated(GeneratedLines), "Net"),
        Of("aspnet", Corpus.AspNetCore(Console.Error.WriteLine), "AspNet"),
        .. folders.Select(folder => Of(Path.GetFileName(folder.TrimEnd('/')), Corpus.Folder(folder), "AspNet")),
    ];

    private static CodeBase Of(string name, Corpus corpus, string libraries) => new(
        name,
        [.. corpus.Parse().SelectMany(compilation => compilation.SyntaxTrees).Select(tree => new CodeFile(tree.FilePath, tree.GetText().ToString())).Where(file => file.Text.Length > 0)],
        libraries);
}
