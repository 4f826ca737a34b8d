extern alias Build;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>All rules at once over code that is right.</summary>
public sealed class SilenceTests
{
    public static TheoryData<string> CleanCode => [.. Corpus.CleanCode];

    [Theory]
    [MemberData(nameof(CleanCode))]
    public async Task Clean_code_compiles_and_is_silent(string path)
    {
        var solution = Workspaces.Create(Corpus.Read(path).Files, Corpus.SetupOf(path));
        Assert.Empty(await Workspaces.DiagnosticsAsync(solution, Package.Analyzers));
    }

    /// <summary>As while a restore is under way: names that the compiler does not know are no reason to guess.</summary>
    [Theory]
    [MemberData(nameof(CleanCode))]
    public async Task Clean_code_with_unresolved_libraries_is_silent(string path)
    {
        var solution = Workspaces.Create(Corpus.Read(path).Files, Setup.Default);
        Assert.Empty(await AllRulesRun.FindingsAsync(solution));
    }

    [Theory]
    [MemberData(nameof(CleanCode))]
    public async Task Clean_code_without_references_is_silent(string path)
    {
        var solution = Workspaces.Create(Corpus.Read(path).Files, new Setup { References = References.None });
        Assert.Empty(await AllRulesRun.FindingsAsync(solution));
    }

    [NeedsCSharpFact(14)]
    public async Task Our_own_sources_are_silent()
    {
        var root = ReferenceSets.BuildFact("RepositoryRoot");
        var trees = new[] { "src", "tests/AsyncPitfalls.Tests", "tests/AsyncPitfalls.Fuzz/Mutants", "tests/AsyncPitfalls.FixTrials/Trials", "tests/AsyncPitfalls.FixTrials/Seeding", "tests/AsyncPitfalls.FixTrials/Snippets" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => file.Replace('\\', '/'))
            .Where(file => !file.Contains("/CleanCode/", StringComparison.Ordinal) && !file.Contains("/PitfallCode/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Workspaces.ParseOptions(Setup.Default), file))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings.Text, Workspaces.ParseOptions(Setup.Default)));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("AsyncPitfalls", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file))
            // The tests of the build tasks name them by an alias.
            .Append(MetadataReference.CreateFromFile(typeof(Build::AsyncPitfalls.Build.WriteBaseline).Assembly.Location).WithAliases(["Build"]));
        var compilation = CSharpCompilation.Create("AsyncPitfalls", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        var unresolved = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Id is "CS0246" or "CS0103" or "CS1061");
        Assert.Empty(unresolved);
        var found = await compilation.WithAnalyzers(Package.Analyzers).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(found);
    }
}
