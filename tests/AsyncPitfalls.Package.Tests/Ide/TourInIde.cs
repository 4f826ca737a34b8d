using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Package.Tests.Ide;

/// <summary>A finding of ours that an IDE underlines.</summary>
public sealed record Squiggle(string Rule, Document Document, Diagnostic Finding)
{
    /// <summary>The document by its project and folders, which says where the finding is after an edit too.</summary>
    public string Place { get; } = string.Join('/', [Document.Project.Name, .. Document.Folders, Document.Name]);

    public int Line => Finding.Location.GetLineSpan().StartLinePosition.Line + 1;
}

/// <summary>
/// The tour as its readers would have it at work: it installs the package, its sources are there a second time in a folder
/// and a namespace of their own, and the same project is there a second time, so that a document, a project and a solution differ.
/// </summary>
public sealed class TourInIde
{
    public const string Project = "OrderService";

    private static readonly string Tour = Repository.PathOf("docs", "tour");

    private static readonly Lazy<Task<TourInIde>> Opened = new(OpenAsync);

    private TourInIde(FreshFolder folder, IdeEngine engine, Solution solution, IReadOnlyList<Squiggle> squiggles, IReadOnlyDictionary<Squiggle, IReadOnlyList<Offer>> lightBulbs) =>
        (Folder, Engine, Solution, Squiggles, LightBulbs) = (folder, engine, solution, squiggles, lightBulbs);

    public FreshFolder Folder { get; }

    public IdeEngine Engine { get; }

    public Solution Solution { get; }

    /// <summary>What is underlined in the whole solution, in the order of its documents.</summary>
    public IReadOnlyList<Squiggle> Squiggles { get; }

    /// <summary>What the light bulb offers of ours at each of them.</summary>
    public IReadOnlyDictionary<Squiggle, IReadOnlyList<Offer>> LightBulbs { get; }

    /// <summary>The findings of the tour itself, without the copies.</summary>
    public IEnumerable<Squiggle> Once => Squiggles.Where(squiggle => squiggle.Place == $"{Project}/{squiggle.Document.Name}");

    public static Task<TourInIde> GetAsync() => Opened.Value;

    /// <summary>What is underlined of ours in the documents.</summary>
    public static async Task<IReadOnlyList<Squiggle>> SquigglesAsync(IdeEngine engine, IEnumerable<Document> documents)
    {
        List<Squiggle> squiggles = [];
        foreach (var document in documents)
        {
            squiggles.AddRange((await engine.SquigglesAsync(document))
                .Where(finding => finding.Id.StartsWith("AP", StringComparison.Ordinal))
                .OrderBy(finding => finding.Location.SourceSpan.Start)
                .Select(finding => new Squiggle(finding.Id, document, finding)));
        }

        return [.. squiggles.OrderBy(squiggle => squiggle.Place, StringComparer.Ordinal)];
    }

    /// <summary>What the light bulb offers of ours at a place.</summary>
    public static async Task<IReadOnlyList<Offer>> LightBulbAsync(IdeEngine engine, Document document, TextSpan place) =>
        [.. (await engine.LightBulbAsync(document, place)).Where(offer => offer.Provider.GetType().Namespace!.StartsWith("AsyncPitfalls", StringComparison.Ordinal))];

    private static async Task<TourInIde> OpenAsync()
    {
        var folder = await FreshFolder.CreateAsync("tour");
        folder.Write("OrderService.slnx", $"""<Solution><Project Path="{Project}/{Project}.csproj" /><Project Path="{Project}.Second/{Project}.Second.csproj" /></Solution>""");
        folder.Write(".editorconfig", File.ReadAllText(Path.Combine(Tour, ".editorconfig")));
        foreach (var project in new[] { Project, Project + ".Second" })
        {
            folder.Write($"{project}/{project}.csproj", Installing(Path.Combine(Tour, "OrderService.csproj")));
            foreach (var source in Directory.GetFiles(Tour, "*.cs"))
                folder.Write($"{project}/{Path.GetFileName(source)}", File.ReadAllText(source));
        }

        // A program has one entry point, so this file is not there again.
        foreach (var source in Directory.GetFiles(Tour, "*.cs").Where(source => Path.GetFileName(source) != "Program.cs"))
            folder.Write($"{Project}/Again/{Path.GetFileName(source)}", File.ReadAllText(source).Replace("namespace OrderService;", "namespace OrderService.Again;", StringComparison.Ordinal));

        (await folder.RunAsync(["restore"])).MustSucceed();
        var engine = new IdeEngine();
        var solution = OnlyOurs(await engine.OpenAsync(folder.PathOf("OrderService.slnx")));
        var squiggles = await SquigglesAsync(engine, solution.Projects.SelectMany(project => project.Documents));
        var lightBulbs = new Dictionary<Squiggle, IReadOnlyList<Offer>>();
        foreach (var squiggle in squiggles)
            lightBulbs.Add(squiggle, await LightBulbAsync(engine, squiggle.Document, squiggle.Finding.Location.SourceSpan));
        return new(folder, engine, solution, squiggles, lightBulbs);
    }

    // The analyzers and generators of the SDK take most of the time, and nothing that is asked here depends on them.
    private static Solution OnlyOurs(Solution solution) => solution.ProjectIds.Aggregate(solution, (current, id) => current.WithProjectAnalyzerReferences(
        id, current.GetProject(id)!.AnalyzerReferences.Where(reference => reference.Display.StartsWith("AsyncPitfalls", StringComparison.Ordinal))));

    private static string Installing(string projectFile)
    {
        var project = XElement.Load(projectFile);
        project.Elements("ItemGroup").Elements("ProjectReference").Remove();
        project.Add(XElement.Parse("""<ItemGroup><PackageReference Include="AsyncPitfalls" Version="*-*" PrivateAssets="all" /></ItemGroup>"""));
        return project.ToString();
    }
}
