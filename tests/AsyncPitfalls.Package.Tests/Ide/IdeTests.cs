using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Package.Tests.Ide;

/// <summary>What somebody sees who opens the tour in an IDE: squiggles while typing, light bulbs, and what comes of a click on them.</summary>
public sealed class IdeTests
{
    private static readonly string Tour = Repository.PathOf("docs", "tour");

    public static TheoryData<string, string> EveryRuleInEachScope
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var rule in ApprovedLightBulbs.Rules)
            {
                foreach (var scope in new[] { "Document", "Project", "Solution" })
                    data.Add(rule, scope);
            }

            return data;
        }
    }

    [IdeFact]
    public async Task Each_pitfall_is_underlined_below_its_comment_and_nothing_else_is()
    {
        var tour = await TourInIde.GetAsync();
        var again = Marks.In(Tour).Where(mark => mark.File != "Program.cs");

        Assert.Equal(
            Marks.In(Tour).Select(mark => (TourInIde.Project, mark))
                .Concat(again.Select(mark => (TourInIde.Project + "/Again", mark)))
                .Concat(Marks.In(Tour).Select(mark => (TourInIde.Project + ".Second", mark)))
                .Select(place => $"{place.Item1}/{place.mark.File}({place.mark.Line}): {place.mark.Id}").Order(),
            tour.Squiggles.Select(squiggle => $"{squiggle.Place}({squiggle.Line}): {squiggle.Rule}").Order());
        Assert.All(tour.Squiggles, squiggle => Assert.Equal(DiagnosticSeverity.Warning, squiggle.Finding.Severity));
    }

    [IdeFact]
    public async Task What_is_underlined_and_what_the_light_bulb_offers_is_approved()
    {
        var tour = await TourInIde.GetAsync();
        List<string> rows = [];
        foreach (var squiggle in tour.Once.OrderBy(squiggle => squiggle.Rule))
        {
            var text = await squiggle.Document.GetTextAsync();
            var titles = tour.LightBulbs[squiggle].Select(offer => offer.Action.Title);
            rows.Add(ApprovedLightBulbs.Row(squiggle.Rule, squiggle.Document.Name, text.ToString(squiggle.Finding.Location.SourceSpan), titles));
        }

        ApprovedLightBulbs.Check(rows);
        Assert.Equal(Marks.In(Tour).Select(mark => mark.Id).Distinct().Order(), ApprovedLightBulbs.Rules);
    }

    [IdeFact]
    public async Task It_speaks_Chinese_to_who_has_a_Chinese_IDE()
    {
        var tour = await TourInIde.GetAsync();
        CultureInfo.CurrentUICulture = new("zh-Hans");
        foreach (var squiggle in await TourInIde.SquigglesAsync(tour.Engine, tour.Once.Select(squiggle => squiggle.Document).Distinct()))
        {
            Assert.True(IsChinese(squiggle.Finding.GetMessage()), squiggle.Finding.ToString());
            var offers = await TourInIde.LightBulbAsync(tour.Engine, squiggle.Document, squiggle.Finding.Location.SourceSpan);
            Assert.NotEmpty(offers);
            Assert.All(offers, offer => Assert.True(IsChinese(offer.Action.Title), offer.Action.Title));
        }
    }

    [IdeTheory]
    [MemberData(nameof(EveryRuleInEachScope))]
    public async Task Fix_all_mends_what_its_scope_holds_and_compiles(string rule, string scope)
    {
        var tour = await TourInIde.GetAsync();
        var first = tour.Once.First(squiggle => squiggle.Rule == rule);
        foreach (var offer in tour.LightBulbs[first])
        {
            Assert.Contains(scope, offer.Scopes.Select(offered => offered.ToString()));
            var mended = await tour.Engine.FixAllAsync(first.Document, offer, Enum.Parse<FixAllScope>(scope));
            if (scope == "Document")
                Assert.Equal(await ChangesAsync(tour.Solution, await IdeEngine.FixAsync(offer)), await ChangesAsync(tour.Solution, mended));

            var stays = tour.Squiggles.Where(squiggle => squiggle.Rule == rule && !(IsIn(scope, squiggle, first) && Offers(offer, squiggle, tour)));
            var left = await LeftAsync(tour, mended, rule);
            Assert.Equal(stays.Select(squiggle => squiggle.Place), left.Where(squiggle => squiggle.Rule == rule).Select(squiggle => squiggle.Place));
            Assert.Empty(left.Select(Name).Except(tour.Squiggles.Select(Name)));
            Assert.Empty(await ErrorsAsync(mended));
        }
    }

    [IdeFact]
    public Task What_a_pragma_suppresses_is_not_underlined_and_has_no_light_bulb() =>
        MustBeQuietAsync((rules, text) => $"#pragma warning disable {string.Join(", ", rules)}\n{text}");

    [IdeFact]
    public Task What_SuppressMessage_suppresses_is_not_underlined_and_has_no_light_bulb() =>
        MustBeQuietAsync((rules, text) =>
        {
            var attributes = rules.Select(rule => $"System.Diagnostics.CodeAnalysis.SuppressMessage(\"AsyncPitfalls\", \"{rule}\")");
            var type = text.IndexOf("\npublic ", StringComparison.Ordinal) + 1;
            return type > 0
                ? text.Insert(type, string.Concat(attributes.Select(attribute => $"[{attribute}]")))
                : text.Insert(text.IndexOf("\n\n", StringComparison.Ordinal), string.Concat(attributes.Select(attribute => $"\n[assembly: {attribute}]")));
        });

    [IdeFact]
    public async Task What_a_baseline_knows_is_not_underlined_and_has_no_light_bulb()
    {
        const string Baseline = "asyncpitfalls.baseline.sarif";
        var tour = await TourInIde.GetAsync();
        (await tour.Folder.RunAsync(["build", $"{TourInIde.Project}/{TourInIde.Project}.csproj", "-t:AsyncPitfallsBaseline"])).MustSucceed();
        var project = tour.Once.First().Document.Project;
        var file = tour.Folder.PathOf($"{TourInIde.Project}/{Baseline}");
        await MustBeQuietAsync(tour, tour.Solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), Baseline, await File.ReadAllTextAsync(file), filePath: file));
    }

    /// <summary>Suppresses in every document what is found there, and sees that the IDE no longer speaks of it.</summary>
    private static async Task MustBeQuietAsync(Func<IEnumerable<string>, string, string> suppress)
    {
        var tour = await TourInIde.GetAsync();
        var quiet = tour.Solution;
        foreach (var found in tour.Once.GroupBy(squiggle => squiggle.Document))
        {
            var text = suppress(found.Select(squiggle => squiggle.Rule), (await found.Key.GetTextAsync()).ToString());
            quiet = quiet.WithDocumentText(found.Key.Id, SourceText.From(text));
        }

        await MustBeQuietAsync(tour, quiet);
    }

    /// <summary>Sees that the IDE no longer speaks of anything in the tour.</summary>
    private static async Task MustBeQuietAsync(TourInIde tour, Solution quiet)
    {
        Assert.Empty(await TourInIde.SquigglesAsync(tour.Engine, tour.Once.Select(squiggle => quiet.GetDocument(squiggle.Document.Id)!).Distinct()));
        foreach (var squiggle in tour.Once)
        {
            var (before, after) = (await squiggle.Document.GetTextAsync(), await quiet.GetDocument(squiggle.Document.Id)!.GetTextAsync());
            var span = squiggle.Finding.Location.SourceSpan;
            var moved = new TextSpan(span.Start + after.Length - before.Length, span.Length);
            Assert.Equal(before.ToString(span), after.ToString(moved));
            Assert.Empty(await TourInIde.LightBulbAsync(tour.Engine, quiet.GetDocument(squiggle.Document.Id)!, moved));
        }
    }

    private static bool IsIn(string scope, Squiggle squiggle, Squiggle first) => scope switch
    {
        "Document" => squiggle.Place == first.Place,
        "Project" => squiggle.Document.Project == first.Document.Project,
        _ => true,
    };

    /// <summary>Whether the light bulb offers the same idea there: some are not right everywhere.</summary>
    private static bool Offers(Offer offer, Squiggle squiggle, TourInIde tour) =>
        tour.LightBulbs[squiggle].Any(other => other.Action.EquivalenceKey == offer.Action.EquivalenceKey);

    private static string Name(Squiggle squiggle) => $"{squiggle.Rule} in {squiggle.Place}";

    /// <summary>What is underlined then, where the rule was found and where something has changed.</summary>
    private static Task<IReadOnlyList<Squiggle>> LeftAsync(TourInIde tour, Solution mended, string rule)
    {
        var found = tour.Squiggles.Where(squiggle => squiggle.Rule == rule).Select(squiggle => mended.GetDocument(squiggle.Document.Id)!);
        return TourInIde.SquigglesAsync(tour.Engine, found.Concat(ChangedIn(tour.Solution, mended)).DistinctBy(document => document.Id));
    }

    private static IEnumerable<Document> ChangedIn(Solution before, Solution after) =>
        after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()).Select(id => after.GetDocument(id)!);

    private static async Task<string> ChangesAsync(Solution before, Solution after)
    {
        var changes = new StringBuilder();
        foreach (var document in ChangedIn(before, after).OrderBy(document => document.FilePath, StringComparer.Ordinal))
            changes.AppendLine($"=== {document.FilePath}").AppendLine((await document.GetTextAsync()).ToString());
        return changes.ToString();
    }

    private static async Task<IEnumerable<Diagnostic>> ErrorsAsync(Solution solution)
    {
        List<Diagnostic> errors = [];
        foreach (var project in solution.Projects)
            errors.AddRange((await project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return errors;
    }

    private static bool IsChinese(string text) => text.Any(letter => letter is >= '\u4e00' and <= '\u9fff');
}
