using System.Diagnostics;
using System.Text;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>Runs a program to its end, with all it prints.</summary>
public static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<CommandResult> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.StandardOutputEncoding) = (true, true, Encoding.UTF8);
        var shown = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{shown} took more than {Patience}:\n{await output}{await error}");
        }

        return new(shown, process.ExitCode, await output + await error);
    }
}
