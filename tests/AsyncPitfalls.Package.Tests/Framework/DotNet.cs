using System.Diagnostics;

namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>What a run of <c>dotnet</c> came to.</summary>
public sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>This result, or a failed test that shows the whole output.</summary>
    public CommandResult MustSucceed()
    {
        Assert.True(ExitCode == 0, $"{Command} exited with {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>This result, or a failed test that shows the whole output.</summary>
    public CommandResult MustFail()
    {
        Assert.True(ExitCode != 0, $"{Command} succeeded:\n{Output}");
        return this;
    }

    public CommandResult MustSay(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"{Command} does not say '{text}':\n{Output}");
        return this;
    }

    public CommandResult MustNotSay(string text)
    {
        Assert.False(Output.Contains(text, StringComparison.Ordinal), $"{Command} says '{text}':\n{Output}");
        return this;
    }
}

/// <summary>Runs the <c>dotnet</c> command as a developer would, in a folder, with all it prints.</summary>
public static class DotNet
{
    public static Task<CommandResult> RunAsync(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        LeaveTheTestRunBehind(start.Environment);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Command.RunAsync(start);
    }

    // A build server that outlives the command would keep its output open, and would hold the analyzers of one test for the next.
    private static void LeaveTheTestRunBehind(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsSetByTheCommandLine).ToList())
            environment.Remove(name);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["UseSharedCompilation"] = "false";
        environment["UseRazorBuildServer"] = "false";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
    }

    private static bool IsSetByTheCommandLine(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "VSLANG" or "PreferredUILang";
}
