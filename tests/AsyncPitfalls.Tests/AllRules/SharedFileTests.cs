using AsyncPitfalls.Rules;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Files that several projects compile, or one project for several target frameworks.</summary>
public sealed class SharedFileTests
{
    private static readonly Setup Explicit = new() { ImplicitUsings = false };

    private static readonly SourceFile Archive = new("Shop/Archive.cs",
        """
        using System.IO;
        using System.Threading.Tasks;

        class Archive
        {
            async Task KeepAsync(string path)
            {
                await Task.Delay(1);
                File.WriteAllText(path, "");
            }
        }
        """);

    private static readonly SourceFile Prices = new("Shop/Prices.cs",
        """
        using System.Threading.Tasks;

        public class Prices
        {
            public int Of() => AskAsync().Result;

            private async Task<int> AskAsync()
            {
                await Task.Delay(1);
                return 1;
            }
        }
        """);

    private static readonly SourceFile Program = new("App/Program.cs", "System.Console.WriteLine(new Prices().Of());\n");

    [Fact]
    public async Task A_fix_is_offered_where_every_target_framework_can_compile_it()
    {
        var modern = Workspaces.Create([Archive], Explicit);
        Assert.Single(await OwnEngine.ActionsAsync(modern, new AP0028AsyncSiblingAnalyzer(), new AP0028AsyncSiblingCodeFix()));

        // .NET Framework has no File.WriteAllTextAsync.
        var both = WithSharedFile(modern, Archive.Text, References.Desktop);
        Assert.Empty(await OwnEngine.ActionsAsync(both, new AP0028AsyncSiblingAnalyzer(), new AP0028AsyncSiblingCodeFix()));
    }

    [Fact]
    public async Task A_call_from_another_project_is_awaited_whichever_target_framework_is_asked()
    {
        var solution = WithSharedFile(Workspaces.Create([Prices, Program], Explicit), Prices.Text, References.Desktop);
        var actions = await OwnEngine.ActionsAsync(solution, new AP0002BlockingWaitAnalyzer(), new AP0002BlockingWaitCodeFix());

        Assert.Equal(2, actions.Length);
        foreach (var action in actions)
        {
            var app = (await OwnEngine.ApplyAsync(action)).Projects.Single(project => project.Name == "App");
            Assert.Contains("await new Prices().Of()", (await app.Documents.Single().GetTextAsync()).ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/home/me/Shop/obj/Debug/net10.0/Maker/Maker.Generator/Made.cs")]
    [InlineData(@"C:\Shop\obj\Debug\net10.0\Made.cs")]
    [InlineData("Maker/Maker.Generator/Made.cs")]
    public void What_a_build_or_a_source_generator_places_somewhere_is_generated(string path) => Assert.True(IsGenerated(path));

    [Theory]
    [InlineData("/home/me/Shop/Shop.Core/Prices.cs")]
    [InlineData("/home/me/objects/Prices.cs")]
    [InlineData("Shop/Core/Prices.cs")]
    [InlineData("Prices.cs")]
    [InlineData("")]
    public void What_people_write_is_not(string path) => Assert.False(IsGenerated(path));

    [Fact]
    public async Task All_rules_are_silent_on_it() =>
        Assert.Empty(await AllRulesRun.FindingsAsync(Workspaces.Create([Prices with { Path = "Shop/obj/Debug/net10.0/Maker/Maker.Generator/Made.cs" }], Explicit)));

    private static bool IsGenerated(string path) =>
        GeneratedFiles.IsGenerated(CSharpSyntaxTree.ParseText("class C;", path: path), new([]));

    /// <summary>The solution with one project more, which compiles the first one's file against other references.</summary>
    private static Solution WithSharedFile(Solution solution, string text, References references)
    {
        var first = solution.Projects.Single(project => project.Name == "Shop");
        var (shared, id) = (first.Documents.Single(), ProjectId.CreateNewId());
        return solution
            .AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, "Shop(other)", "Shop", LanguageNames.CSharp,
                compilationOptions: first.CompilationOptions, parseOptions: first.ParseOptions, metadataReferences: ReferenceSets.Load(references)))
            .AddDocument(DocumentId.CreateNewId(id), shared.Name, SourceText.From(text), filePath: shared.FilePath);
    }
}
