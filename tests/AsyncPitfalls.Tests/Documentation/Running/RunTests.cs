using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>
/// The programs of a page do what it says: the pitfall's and the mended one are run, and print what is shown. What they print
/// does not depend on the compiler, so this runs with the newest one only.
/// </summary>
public sealed class RunTests
{
    // Most of them wait most of the time.
    private static readonly SemaphoreSlim Gate = new(3 * Environment.ProcessorCount);

    private static readonly ConcurrentDictionary<string, Task<(string Pitfall, string Mended)>> Runs = [];

    public static TheoryData<string> Pages => [.. Page.OfPitfalls];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Both_programs_print_what_the_page_shows(string path)
    {
        var (pitfall, mended) = await OutputsAsync(path);
        foreach (var page in new[] { path, Page.TwinOf(path) })
        {
            GeneratedPart.CheckBlock(page, PagePart.Output, "text", pitfall);
            GeneratedPart.CheckBlock(page, PagePart.MendedOutput, "text", mended);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_output_shows_the_pitfall_or_the_page_says_why_not(string path)
    {
        var (pitfall, mended) = await OutputsAsync(path);
        foreach (var page in new[] { path, Page.TwinOf(path) }.Select(Page.Read))
        {
            if (SilentPitfalls.ReasonOf(page) is { } reason)
                Assert.Contains(WithoutBlanks(reason), WithoutBlanks(page.SectionOf(PagePart.Output).Text), StringComparison.Ordinal);
            Assert.Equal(SilentPitfalls.ReasonOf(page) is not null, pitfall == mended);
        }
    }

    /// <summary>The outputs of a page's programs; the first question starts the programs of all pages, so that they wait side by side.</summary>
    private static async Task<(string Pitfall, string Mended)> OutputsAsync(string path)
    {
        lock (Runs)
        {
            foreach (var page in Page.OfPitfalls)
                Runs.GetOrAdd(page, StartAsync);
        }

        return await Runs[path];
    }

    private static Task<(string Pitfall, string Mended)> StartAsync(string path) => Task.Run(async () =>
    {
        var page = Page.Read(path);
        var program = PitfallProgram.Of(path);
        var mended = await program.MendedAsync() ?? program.SolutionOf(page.SectionOf(PagePart.Mended).Blocks[0].Text);
        var outputs = await Task.WhenAll(
            RunAsync(program.Solution, Shown(page, PagePart.Output)),
            RunAsync(mended, Shown(page, PagePart.MendedOutput)));
        return (outputs[0], outputs[1]);
    });

    private static async Task<string> RunAsync(Solution solution, string expected)
    {
        await Gate.WaitAsync();
        try
        {
            return await ProgramRun.OutputAsync(solution, expected);
        }
        finally
        {
            Gate.Release();
        }
    }

    // Where a line of the page ends says nothing.
    private static string WithoutBlanks(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Shown(Page page, PagePart part) => page.SectionOf(part).Blocks.FirstOrDefault()?.Text ?? "";
}
