using AsyncPitfalls.Tests.Framework;

namespace AsyncPitfalls.FixTrials;

/// <summary>What fixes are tried on.</summary>
internal static class Subjects
{
    private const int GeneratedLines = 200_000;

    private static (string, Func<AsyncPitfalls.Corpora.Corpus>)[] LargeOnes =>
    [
        ("own sources", AsyncPitfalls.Corpora.Corpus.OwnSources),
        ("generated", () => AsyncPitfalls.Corpora.Corpus.Generated(GeneratedLines)),
        ("ASP.NET Core", () => AsyncPitfalls.Corpora.Corpus.AspNetCore()),
    ];

    /// <summary>The subjects that the command line asks for: a name, and how to load them.</summary>
    public static IEnumerable<(string Name, Func<Task<IReadOnlyList<Subject>>> LoadAsync)> Of(Options options)
    {
        if (options.Folders.Count > 0)
        {
            foreach (var folder in options.Folders)
            {
                yield return (folder, () => Task.FromResult<IReadOnlyList<Subject>>([FolderSubject.Load(folder)]));
                yield return (folder + ", with comments", async () => [await CommentedSubject.OfAsync(FolderSubject.Load(folder), options.Seed)]);
                yield return (folder + ", with pitfalls", async () => [await SeededSubject.OfAsync(FolderSubject.Load(folder), options.Seeds, options.Seed)]);
            }

            yield break;
        }

        yield return ("programs", () => Task.FromResult<IReadOnlyList<Subject>>([.. Programs()]));
        yield return ("programs, with comments", () => CommentedAsync(Programs(), options.Seed));
        foreach (var file in RuleSnippets.Files)
        {
            yield return (Path.GetFileName(file), () => RuleSnippets.OfAsync(file));
            yield return (Path.GetFileName(file) + ", with comments", async () => await CommentedAsync(await RuleSnippets.OfAsync(file), options.Seed));
        }

        foreach (var (name, corpus) in LargeOnes)
        {
            yield return (name, () => Task.FromResult<IReadOnlyList<Subject>>([CorpusSubject.Of(corpus())]));
            yield return (name + ", with pitfalls", async () => [await SeededSubject.OfAsync(CorpusSubject.Of(corpus()), options.Seeds, options.Seed)]);
            yield return (name + ", with pitfalls and comments", async () => [await CommentedSubject.OfAsync(await SeededSubject.OfAsync(CorpusSubject.Of(corpus()), options.Seeds, options.Seed + 1), options.Seed)]);
        }
    }

    private static IEnumerable<Subject> Programs() => Corpus.Programs.Select(path => new Subject(path, Corpus.Solution(path)));

    private static async Task<IReadOnlyList<Subject>> CommentedAsync(IEnumerable<Subject> subjects, int seed)
    {
        var commented = subjects.ToArray();
        await Parallel.ForAsync(0, commented.Length, async (index, _) => commented[index] = await CommentedSubject.OfAsync(commented[index], seed));
        return commented;
    }
}
