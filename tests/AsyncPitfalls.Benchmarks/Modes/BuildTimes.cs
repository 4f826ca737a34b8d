using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using AsyncPitfalls.Benchmarks.Measuring;
using AsyncPitfalls.Benchmarks.Reports;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Modes;

/// <summary>How much longer a real <c>dotnet build</c> of a generated project takes with each package, as it is installed.</summary>
internal static class BuildTimes
{
    public static async Task RunAsync(Settings settings, CancellationToken cancellation)
    {
        var folder = Path.Combine(ReportFiles.Folder, "build");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var feed = Path.Combine(folder, "feed");
        Console.Error.WriteLine("packing ours");
        await DotNetAsync(Places.Repository, cancellation, "pack", "nuget/AsyncPitfalls.Package.csproj", "-o", feed);
        var corpus = settings.ReadCorpora("generated:50000")[0];
        var projects = BuiltProject.WriteAll(folder, feed, corpus)
            .Where(project => settings.Sets.IsEmpty || project.Key == BuiltProject.None || settings.Sets.Contains(project.Key)).ToList();
        foreach (var project in projects)
            await DotNetAsync(project.Folder, cancellation, "restore");

        var seconds = projects.ToDictionary(project => project, _ => new List<double>());
        // The round before the first one fills the caches of the disk.
        for (var round = -1; round < settings.Rounds; round++)
        {
            foreach (var project in projects)
            {
                var clock = Stopwatch.StartNew();
                await DotNetAsync(project.Folder, cancellation, "build", "--no-restore", "--no-incremental", "-nodeReuse:false", "-p:UseSharedCompilation=false");
                if (round >= 0)
                    seconds[project].Add(clock.Elapsed.TotalSeconds);
            }

            Console.Error.WriteLine($"round {round + 1} of {settings.Rounds}");
        }

        var none = new Series(seconds[projects[0]]);
        var figures = projects.Select(project => FiguresOf(project.Name, new Series(seconds[project]), none)).ToImmutableArray();
        ReportFiles.Write("build", Markdown(figures, corpus, settings.Rounds), figures);
    }

    private static BuildFigures FiguresOf(string name, Series seconds, Series none) =>
        new(name, new Figure(seconds.Median, seconds.Spread), seconds.Minus(none).Median, seconds.By(none).Median - 1);

    private static string Markdown(ImmutableArray<BuildFigures> builds, Corpus corpus, int rounds)
    {
        var text = new StringBuilder();
        text.AppendLine("# `dotnet build` with and without each package").AppendLine();
        text.AppendLine($"{corpus.Name}, rebuilt by itself without a compiler server, each package as it is installed; medians of {rounds} rounds.").AppendLine();
        Table.Row(text, "package", "seconds", "spread", "longer by", "");
        Table.Row(text, "---", "--:", "--:", "--:", "--:");
        foreach (var build in builds)
            Table.Row(text, build.Name, Table.Number(build.Seconds.Median), Table.Percent(build.Seconds.Spread, "±"), Table.Number(build.SecondsLonger), Table.Percent(build.Longer, "+"));
        return text.ToString();
    }

    private static async Task DotNetAsync(string folder, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [.. arguments, "--nologo", "-v:q"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} in {folder}:\n{await output}");
    }
}

/// <summary>How long builds with a package take.</summary>
internal sealed record BuildFigures(string Name, Figure Seconds, double SecondsLonger, double Longer);
