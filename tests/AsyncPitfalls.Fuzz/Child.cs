using System.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>This program once more, in a process of its own: hostile code may end one by overflowing the compiler's stack.</summary>
internal static class Child
{
    /// <summary>The exit code of a run with some arguments; null where it has not ended in time and was stopped.</summary>
    public static int? Run(TimeSpan longest, params string[] arguments)
    {
        var self = new ProcessStartInfo(Environment.ProcessPath!, [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? new[] { Environment.GetCommandLineArgs()[0] } : [], .. arguments]);
        // What is compiled again in the background would count as time of the rule.
        self.Environment["DOTNET_TieredCompilation"] = "0";
        using var process = Process.Start(self)!;
        if (process.WaitForExit(longest))
            return process.ExitCode;
        process.Kill();
        return null;
    }
}
