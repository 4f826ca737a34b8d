using AsyncPitfalls.Fuzz;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>The short form of the fuzzing that <c>tests/AsyncPitfalls.Fuzz</c> does at length, and what that has found.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20_260;
    private const int LettersOfBatch = 5_000;

    public static TheoryData<int> Batches => [.. Enumerable.Range(Seed, 10)];

    /// <summary>What once was wrong, as small as it could be made.</summary>
    public static TheoryData<string> Kept => [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(ReferenceSets.BuildFact("RepositoryRoot"), "tests", "AsyncPitfalls.Tests", "FuzzedCode");

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task Broken_code_has_the_same_findings_however_it_is_analyzed(int seed)
    {
        var code = TestCode.Read();
        await PassesAsync(Batch.Of(code[seed % code.Count], seed, LettersOfBatch));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public Task What_fuzzing_has_found_stays_mended(string file) => PassesAsync(KeptBatch.Read(File.ReadAllText(Path.Combine(Folder, file))));

    [Fact]
    public async Task What_fails_is_made_as_small_as_it_can_be()
    {
        var files = TestCode.Read().SelectMany(code => code.Files).Where(file => file.Text.Contains(".Result", StringComparison.Ordinal)).Take(20).ToList();
        var smallest = await Minimizer.MinimizeAsync(
            new Batch("test:1", files, "Net", Trouble.None),
            smaller => Task.FromResult(smaller.Files.Any(file => file.Text.Contains(".Result", StringComparison.Ordinal))));
        Assert.Equal(".Result", Assert.Single(smallest.Files).Text.Trim());
    }

    [Fact]
    public async Task What_is_kept_is_tried_as_it_was()
    {
        var batch = Batch.Of(TestCode.Read()[0], Seed, LettersOfBatch);
        var kept = KeptBatch.Read(KeptBatch.Write(batch));
        Assert.Equal((batch.Libraries, batch.Trouble), (kept.Libraries, kept.Trouble));
        Assert.Equal(batch.Files.Select(file => (file.Path, file.Text.TrimEnd())), kept.Files.Select(file => (file.Path, file.Text.TrimEnd())));
        await PassesAsync(kept);
    }

    private static async Task PassesAsync(Batch batch)
    {
        if (await Trial.RunAsync(batch) is { } fault)
            Assert.Fail($"{batch.Name}: {fault.Kind}\n{fault.Detail}");
    }
}
