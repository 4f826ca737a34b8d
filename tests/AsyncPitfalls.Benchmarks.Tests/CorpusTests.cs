using AsyncPitfalls.Benchmarks.Modes;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Benchmarks.Tests;

/// <summary>What is measured on is code that compiles.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void The_generated_project_compiles() => Assert.All(Corpus.Generated(5_000).Parse(), Compiles);

    [Fact]
    public void A_generated_project_has_the_lines_that_are_asked_for_and_few_more() => Assert.InRange(Corpus.Generated(20_000).Lines, 20_000, 20_500);

    [Fact]
    public void Our_own_sources_compile() => Assert.All(Corpus.OwnSources().Parse(), Compiles);

    [Fact]
    public void An_assembly_of_the_framework_compiles_back()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var assembly = FrameworkAssembly.Read(Path.Combine(SharedFrameworks.AspNetCore, "Microsoft.AspNetCore.WebSockets.dll"));
            Assert.True(assembly.AsyncFunctions > 0);
            var references = SharedFrameworks.AllReferences.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != assembly.Name);
            var decompiled = DecompiledAssembly.Read(assembly, Path.Combine(folder, assembly.Name), references, _ => { });
            Assert.True(decompiled.Project.Lines > 500);
            Compiles(decompiled.Project.Parse());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Each_call_parses_anew()
    {
        var corpus = Corpus.Generated(100);
        Assert.NotSame(corpus.Parse()[0].SyntaxTrees[0], corpus.Parse()[0].SyntaxTrees[0]);
    }

    [Fact]
    public void The_file_that_is_edited_has_3000_lines_and_compiles_before_and_after()
    {
        var edited = EditedFile.In(Corpus.Generated(15_000).Parse()[0]);
        Assert.InRange(edited.File.GetText().Lines.Count, 2_800, 3_500);
        Compiles(edited.Project);
        Compiles(edited.Project.ReplaceSyntaxTree(edited.File, edited.Edit(1)));
    }

    private static void Compiles(CSharpCompilation compilation) =>
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
}
