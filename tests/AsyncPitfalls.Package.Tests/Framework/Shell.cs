using System.Diagnostics;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>Runs a line of a build server's script, in a folder.</summary>
public static class Shell
{
    public static Task<CommandResult> RunAsync(string folder, string line) =>
        Command.RunAsync(new ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = folder });

    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A test that runs scripts which need jq; it is skipped where there is none.</summary>
public sealed class JqFactAttribute : FactAttribute
{
    public JqFactAttribute()
    {
        if (!Shell.Has("sh") || !Shell.Has("jq"))
            Skip = "There is no sh or no jq on this machine.";
    }
}
