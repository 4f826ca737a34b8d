using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Tests.Documentation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>One rule, the same id everywhere: these tests name the place that is missing.</summary>
public sealed partial class ConventionTests
{
    private static readonly Assembly AnalyzerAssembly = typeof(AsyncPitfallAnalyzer).Assembly;

    private static readonly string Root = ReferenceSets.BuildFact("RepositoryRoot");

    public static TheoryData<string> Ids => [.. Catalog.Select(rule => rule.Id)];

    public static TheoryData<string> BuildErrorIds => [.. BuildErrors.Ids];

    public static TheoryData<string> Analyzers => [.. Package.Analyzers.Select(analyzer => analyzer.GetType().Name)];

    public static TheoryData<string> CodeFixes => [.. Package.CodeFixes.Select(fix => fix.GetType().Name)];

    private static IEnumerable<DiagnosticDescriptor> Catalog =>
        typeof(RuleCatalog).GetFields(BindingFlags.Static | BindingFlags.Public).Select(line => (DiagnosticDescriptor)line.GetValue(null)!);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_catalog_calls_a_rule_by_its_id(string id) =>
        Assert.Equal(id, ((DiagnosticDescriptor)typeof(RuleCatalog).GetField(id)!.GetValue(null)!).Id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_one_analyzer_named_after_it(string id)
    {
        var analyzer = Assert.Single(Package.Analyzers, analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id));
        Assert.Matches($"^{id}[A-Z][A-Za-z]+Analyzer$", analyzer.GetType().Name);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_tests_named_after_its_analyzer(string id)
    {
        var stem = StemOf(Package.Analyzers.Single(analyzer => analyzer.SupportedDiagnostics[0].Id == id).GetType());
        Assert.Contains(typeof(ConventionTests).Assembly.GetTypes(), type => type.Name.StartsWith(stem, StringComparison.Ordinal) && type.Name.EndsWith("Tests", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_its_page_in_both_languages(string id)
    {
        Assert.True(Page.Exists($"docs/rules/{id}.md"), $"docs/rules/{id}.md is missing.");
        Assert.True(Page.Exists($"docs/rules/{id}{Page.Chinese}"), $"docs/rules/{id}{Page.Chinese} is missing.");
    }

    [Theory]
    [MemberData(nameof(BuildErrorIds))]
    public void An_error_of_the_build_has_its_page_in_both_languages_and_links_to_it(string id)
    {
        foreach (var path in new[] { $"docs/rules/{id}.md", $"docs/rules/{id}{Page.Chinese}" })
        {
            Assert.True(Page.Exists(path), $"{path} is missing.");
            Assert.StartsWith($"# {id}", Page.Read(path).Text, StringComparison.Ordinal);
        }

        Assert.All(
            BuildErrors.Elements.Where(element => element.Contains($"\"{id}\"", StringComparison.Ordinal)),
            element => Assert.Contains($"HelpLink=\"{BuildErrors.LinkOf(id)}\"", element, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_its_texts(string id)
    {
        foreach (var text in new[] { "Title", "Message", "Description" })
        {
            Assert.Contains($"{id}_{text}", Strings("Rules").Keys);
            Assert.Contains($"{id}_{text}", Strings("Rules.zh-Hans").Keys);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_its_row_in_the_releases(string id)
    {
        var rule = Catalog.Single(rule => rule.Id == id);
        var releases = File.ReadAllText(Path.Combine(Root, "src", "AsyncPitfalls.Analyzers", "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(Root, "src", "AsyncPitfalls.Analyzers", "AnalyzerReleases.Shipped.md"));
        Assert.Contains($"{id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity : "Disabled")} | {rule.Title}", releases, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_links_to_its_page(string id)
    {
        var link = Catalog.Single(rule => rule.Id == id).HelpLinkUri;
        Assert.StartsWith("https://", link, StringComparison.Ordinal);
        Assert.EndsWith($"/rules/{id}.html", link, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_no_error_by_default(string id) =>
        Assert.NotEqual(DiagnosticSeverity.Error, Catalog.Single(rule => rule.Id == id).DefaultSeverity);

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void An_analyzer_is_internal_sealed_and_has_one_rule_of_the_catalog(string name)
    {
        var analyzer = Package.Analyzers.Single(analyzer => analyzer.GetType().Name == name);
        Assert.True(analyzer.GetType() is { IsNotPublic: true, IsSealed: true });
        var rule = Assert.Single(analyzer.SupportedDiagnostics);
        Assert.Contains(rule, Catalog);
        Assert.StartsWith(rule.Id, name, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CodeFixes))]
    public void A_code_fix_is_named_as_its_analyzer(string name)
    {
        var fix = Package.CodeFixes.Single(fix => fix.GetType().Name == name);
        Assert.True(fix.GetType() is { IsNotPublic: true, IsSealed: true });
        var id = Assert.Single(fix.FixableDiagnosticIds);
        var analyzer = Package.Analyzers.Single(analyzer => analyzer.SupportedDiagnostics[0].Id == id);
        Assert.Equal(StemOf(analyzer.GetType()), StemOf(fix.GetType()));
        Assert.Contains(Strings("Rules").Keys, key => key.StartsWith(id + "_Fix", StringComparison.Ordinal) || key.StartsWith("Fix_", StringComparison.Ordinal));
    }

    /// <summary>That attribute alone would make the shipped assembly reference a newer one than old hosts have.</summary>
    [Theory]
    [MemberData(nameof(CodeFixes))]
    public void A_code_fix_is_not_shared(string name) =>
        Assert.DoesNotContain(Package.CodeFixes.Single(fix => fix.GetType().Name == name).GetType().CustomAttributes, attribute => attribute.AttributeType.Name == "SharedAttribute");

    [Theory]
    [MemberData(nameof(CodeFixes))]
    public void A_code_fix_has_Fix_All_and_a_key_for_each_idea(string name)
    {
        var fix = Package.CodeFixes.Single(fix => fix.GetType().Name == name);
        Assert.NotNull(fix.GetFixAllProvider());
        var ideas = (System.Collections.Immutable.ImmutableArray<FixIdea>)fix.GetType()
            .GetProperty("Ideas", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(fix)!;
        Assert.NotEmpty(ideas);
        Assert.All(ideas, idea => Assert.False(string.IsNullOrWhiteSpace(idea.Key)));
        Assert.Equal(ideas.Length, ideas.Select(idea => idea.Key).Distinct().Count());
    }

    /// <summary>Who makes functions async may rename them.</summary>
    [Fact]
    public void The_option_of_the_suffix_is_there_for_every_fix_that_makes_functions_async() => Assert.Equal(
        FixOptions.AsyncSuffix.Rules,
        Sources("src").Where(file => file.EndsWith("CodeFix.cs", StringComparison.Ordinal) && File.ReadAllText(file).Contains("Asyncifier.Plan", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)[..6]).Order(StringComparer.Ordinal));

    [Fact]
    public void No_two_code_fixes_share_a_key()
    {
        var keys = Package.CodeFixes.SelectMany(fix => ((System.Collections.Immutable.ImmutableArray<FixIdea>)fix.GetType()
            .GetProperty("Ideas", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(fix)!).Select(idea => (fix.FixableDiagnosticIds[0], idea.Key)));
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_placeholders()
    {
        var english = Strings("Rules");
        var chinese = Strings("Rules.zh-Hans");
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(english.Select(text => $"{text.Key} {PlaceholdersOf(text.Value)}").Order(), chinese.Select(text => $"{text.Key} {PlaceholdersOf(text.Value)}").Order());
        Assert.All(chinese.Where(text => text.Key.EndsWith("_Title", StringComparison.Ordinal)), text => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", text.Value));
    }

    [Fact]
    public void Every_text_is_used()
    {
        var sources = Sources("src").Select(File.ReadAllText).ToList();
        var byDescriptor = Catalog.SelectMany(rule => new[] { rule.Id + "_Title", rule.Id + "_Message", rule.Id + "_Description" });
        var beginnings = sources.SelectMany(source => KeyBeginning().Matches(source).Select(match => match.Groups[1].Value)).ToList();
        Assert.DoesNotContain(Strings("Rules").Keys.Except(byDescriptor), key =>
            !sources.Any(source => source.Contains($"\"{key}\"", StringComparison.Ordinal))
            && !beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_text_that_is_asked_for_is_there()
    {
        var asked = Sources("src").SelectMany(file => TextKey().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain(asked, key => !Strings("Rules").Keys.Any(known => key.EndsWith('_') ? known.StartsWith(key, StringComparison.Ordinal) : known == key));
    }

    [Fact]
    public void Every_type_of_the_shipped_assemblies_is_internal()
    {
        Assert.Empty(AnalyzerAssembly.GetExportedTypes());
        Assert.Empty(typeof(AsyncPitfallCodeFix).Assembly.GetExportedTypes());
    }

    [Fact]
    public void Every_class_is_sealed_or_abstract()
    {
        var open = AnalyzerAssembly.GetTypes().Concat(typeof(AsyncPitfallCodeFix).Assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false, IsNested: false } && type.Namespace?.StartsWith("AsyncPitfalls", StringComparison.Ordinal) == true);
        Assert.Empty(open);
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() =>
        Assert.DoesNotContain(Sources("src"), file => File.ReadLines(file).Count() > 300);

    [Fact]
    public void Well_known_types_are_named_in_one_place()
    {
        var elsewhere = Sources("src").Where(file => !Path.GetFileName(file).StartsWith("KnownTypes.", StringComparison.Ordinal))
            .SelectMany(file => MetadataName().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));
        Assert.Empty(elsewhere);
    }

    private static string StemOf(Type type) => StemSuffix().Replace(type.Name, "");

    private static IEnumerable<string> Sources(string folder) => Directory
        .GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("CleanCode", StringComparison.Ordinal) && !file.Contains("PitfallCode", StringComparison.Ordinal));

    private static Dictionary<string, string> Strings(string file) => XDocument
        .Load(Path.Combine(Root, "src", "AsyncPitfalls.Analyzers", "Resources", file + ".resx"))
        .Descendants("data")
        .ToDictionary(data => (string)data.Attribute("name")!, data => (string)data.Element("value")!);

    private static string PlaceholdersOf(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"(Analyzer|CodeFix|Suppressor)$")]
    private static partial Regex StemSuffix();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"RuleText\.(?:Of|Now)\(""(\w+)""")]
    private static partial Regex TextKey();

    // The end of the key is then the name of what the text speaks of.
    [GeneratedRegex(@"""(AP\d{4}_\w*_)""")]
    private static partial Regex KeyBeginning();

    [GeneratedRegex(@"""(System|Microsoft|Nito|Serilog|NLog|Avalonia|Xunit|NUnit)\.[A-Z][\w.]*(`\d+)?""")]
    private static partial Regex MetadataName();
}
