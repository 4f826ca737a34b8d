using System.Text.RegularExpressions;

namespace AsyncPitfalls.Package.Tests;

/// <summary>What must not be used in <c>src</c> stops the build there, with the reason.</summary>
[Collection(RepositoryBuilds.Name)]
public sealed partial class BannedApiTests
{
    [Fact]
    public async Task What_opens_files_sockets_or_processes_or_loads_code_does_not_build()
    {
        var uses = File.ReadAllLines(Repository.PathOf("tests", "AsyncPitfalls.Package.Tests", "Banned", "Uses.cs"));
        var copy = RepositoryCopy.Create(commit: null);
        copy.Write("src/Banned/Banned.csproj", File.ReadAllText(Repository.PathOf("tests", "AsyncPitfalls.Package.Tests", "Banned", "Banned.csproj")));
        copy.Write("src/Banned/Uses.cs", string.Join('\n', uses));

        var built = await DotNet.RunAsync(copy.Path, ["build", "src/Banned"]);

        built.MustFail();
        var stopped = Error().Matches(built.Output).Select(error => int.Parse(error.Groups["line"].Value)).Distinct().Order().Select(line => uses[line - 1].Trim());
        Assert.Equal(uses.Select(line => line.Trim()).Where(line => line.StartsWith("public static", StringComparison.Ordinal)).SkipLast(2), stopped);
    }

    [GeneratedRegex(@"Uses\.cs\((?<line>\d+),\d+\): error RS0030: ")]
    private static partial Regex Error();
}
