using AsyncPitfalls.Tests.Framework;

namespace AsyncPitfalls.FixTrials;

/// <summary>What fixes are tried on.</summary>
internal static class Subjects
{
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
    }

    private static IEnumerable<Subject> Programs() => Corpus.Programs.Select(path => new Subject(path, Corpus.Solution(path)));

    private static async Task<IReadOnlyList<Subject>> CommentedAsync(IEnumerable<Subject> subjects, int seed)
    {
        var commented = new List<Subject>();
        foreach (var subject in subjects)
            commented.Add(await CommentedSubject.OfAsync(subject, seed));
        return commented;
    }
}
