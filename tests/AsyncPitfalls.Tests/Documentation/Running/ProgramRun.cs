using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>Runs a program of a page in a process of its own, and tells what a reader who starts it sees.</summary>
public static class ProgramRun
{
    /// <summary>The last line of the output of a program that stands still.</summary>
    public const string Hangs = "(hangs)";

    /// <summary>The last line of the output of a program that is not to end.</summary>
    public const string GoesOn = "(goes on)";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // A program of which nothing is known yet is taken to hang after this time.
    private static readonly TimeSpan LimitOfUpdate = TimeSpan.FromSeconds(20);

    // How long a program that hangs is watched after its last line.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private const string RuntimeConfig =
        """
        {
          "runtimeOptions": {
            "rollForward": "Major",
            "frameworks": [
              { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
              { "name": "Microsoft.AspNetCore.App", "version": "10.0.0" }
            ],
            "configProperties": { "System.Globalization.Invariant": true }
          }
        }
        """;

    /// <summary>What a program prints, its unhandled exception without the stack, and whether it hangs.</summary>
    public static async Task<string> OutputAsync(Solution solution, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("pitfall");
        try
        {
            await BuildAsync(solution, folder.FullName);
            return await WatchAsync(folder.FullName, expected);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task BuildAsync(Solution solution, string folder)
    {
        var compilation = (await solution.Projects.Single().GetCompilationAsync())!;
        var result = compilation.Emit(Path.Combine(folder, "Program.dll"));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.runtimeconfig.json"), RuntimeConfig);
    }

    private static async Task<string> WatchAsync(string folder, string expected)
    {
        using var process = new Process { StartInfo = StartInfo(folder) };
        var (output, errors) = (new Lines(), new Lines());
        process.OutputDataReceived += (_, e) => output.Add(e.Data);
        process.ErrorDataReceived += (_, e) => errors.Add(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.StandardInput.DisposeAsync();
        var hasEnded = await HasEndedAsync(process, output, expected);
        if (!hasEnded)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        var last = hasEnded ? "" : expected.EndsWith($"{GoesOn}\n", StringComparison.Ordinal) ? $"{GoesOn}\n" : $"{Hangs}\n";
        return output.Text + errors.WithoutStacks + last;
    }

    private static ProcessStartInfo StartInfo(string folder) => new(Host, "Program.dll")
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        UseShellExecute = false,
    };

    /// <summary>
    /// Whether a program ends. One that is expected to hang gets all the time that a busy machine needs to print its lines,
    /// and is then watched for a while.
    /// </summary>
    private static async Task<bool> HasEndedAsync(Process process, Lines output, string expected)
    {
        var lines = expected.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (GeneratedPart.Update || lines is not [.. var printed, Hangs or GoesOn])
            return await EndsWithinAsync(process, GeneratedPart.Update ? LimitOfUpdate : Limit);
        var time = Stopwatch.StartNew();
        while (!process.HasExited && output.Count < printed.Length && time.Elapsed < Limit)
            await Task.Delay(50);
        return await EndsWithinAsync(process, Silence);
    }

    private static async Task<bool> EndsWithinAsync(Process process, TimeSpan limit)
    {
        using var source = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(source.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The host of the runtime that these tests run on, three folders above its libraries.</summary>
    private static string Host => Path.GetFullPath(Path.Combine(
        System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>The lines of a stream, which arrive on a thread of their own.</summary>
    private sealed class Lines
    {
        private readonly List<string> lines = [];

        public int Count
        {
            get
            {
                lock (lines)
                    return lines.Count;
            }
        }

        public string Text => Join(_ => true);

        public string WithoutStacks => Join(line =>
            line.Length > 0 && !line.StartsWith("   at ", StringComparison.Ordinal) && !line.StartsWith("--- End of", StringComparison.Ordinal));

        public void Add(string? line)
        {
            if (line is null)
                return;
            lock (lines)
                lines.Add(line);
        }

        private string Join(Func<string, bool> isShown)
        {
            lock (lines)
                return string.Concat(lines.Where(isShown).Select(line => line + "\n"));
        }
    }
}
