using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace AsyncPitfalls.Package.Tests;

/// <summary>Whoever packs a commit gets the package that is published, byte for byte.</summary>
[Collection(RepositoryBuilds.Name)]
public sealed class ReproducibilityTests
{
    /// <summary>Another folder, later, in another time zone and language, on a build server, from a fork.</summary>
    [Fact]
    public async Task Two_builds_have_the_same_bytes()
    {
        var one = await PackedPackage.GetAsync();
        var copy = RepositoryCopy.Create(CommitOf(one));
        var packed = await DotNet.RunAsync(copy.Path, ["pack", "nuget/AsyncPitfalls.Package.csproj"], ("CI", "true"), ("TZ", "Asia/Shanghai"), ("DOTNET_CLI_UI_LANGUAGE", "zh-Hans"));
        packed.MustSucceed();
        var other = PackedPackage.In(Path.Combine(copy.Path, "artifacts"));

        foreach (var (name, bytes) in one.Entries)
            Assert.True(bytes.AsSpan().SequenceEqual(other.Entries[name]), name + " differs");
        Assert.Equal(SumOf(one), SumOf(other));
        Assert.True(File.GetLastWriteTimeUtc(one.File) < File.GetLastWriteTimeUtc(other.File));
    }

    private static string SumOf(PackedPackage package) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(package.File)));

    private static string? CommitOf(PackedPackage package) => XElement.Parse(Encoding.UTF8.GetString(package.Entries["AsyncPitfalls.nuspec"]).TrimStart('\uFEFF'))
        .Descendants().Single(element => element.Name.LocalName == "repository").Attribute("commit")?.Value;
}
