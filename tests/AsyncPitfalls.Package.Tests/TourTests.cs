namespace AsyncPitfalls.Package.Tests;

/// <summary>The program under <c>docs/tour</c>, in which a newcomer sees each pitfall.</summary>
[Collection(RepositoryBuilds.Name)]
public sealed class TourTests
{
    private static readonly string[] Rules = ["AP0002"];

    [Fact]
    public async Task A_build_warns_of_each_pitfall_where_its_comment_stands_and_nowhere_else()
    {
        var tour = Repository.PathOf("docs", "tour");
        var log = Path.Combine(TemporaryFolder.Create("tour"), "tour.sarif");
        var artifacts = (await PackedPackage.GetAsync()).Artifacts;

        var build = await DotNet.RunAsync(Repository.Root,
            ["build", "docs/tour", "-c", "Release", "-p:ArtifactsPath=" + artifacts, $"-p:ErrorLog={log}%2Cversion=2.1"]);

        build.MustSucceed();
        var marked = Marks.In(tour);
        Assert.All(Rules, rule => build.MustSay($"warning {rule}: "));
        Assert.Equal(marked.Where(mark => Rules.Contains(mark.Id)), Marks.Of(Sarif.FindingsIn(log)));
    }
}
