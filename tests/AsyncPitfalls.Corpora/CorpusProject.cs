using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Corpora;

/// <summary>A file of a corpus.</summary>
internal sealed record CorpusFile(string Path, string Text)
{
    public static CorpusFile Read(string path) => new(path, File.ReadAllText(path));
}

/// <summary>What one compilation of a corpus is made of; its texts are held in memory.</summary>
internal sealed class CorpusProject(string name, IEnumerable<CorpusFile> files, CSharpCompilationOptions options, IEnumerable<MetadataReference> references)
{
    /// <summary>A library with nullable annotations, as projects are made today.</summary>
    public static readonly CSharpCompilationOptions Library = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private readonly ImmutableArray<CorpusFile> files = [.. files];
    private readonly ImmutableArray<MetadataReference> references = [.. references];

    public string Name => name;

    public int Lines => files.Sum(file => file.Text.AsSpan().Count('\n'));

    public CSharpCompilation Parse()
    {
        var trees = new SyntaxTree[files.Length];
        Parallel.For(0, files.Length, index =>
            trees[index] = CSharpSyntaxTree.ParseText(SourceText.From(files[index].Text, Encoding.UTF8), Language, files[index].Path));
        return CSharpCompilation.Create(name, trees, references, options);
    }

    /// <summary>The same project without some of its files.</summary>
    public CorpusProject Without(IReadOnlySet<string> paths) => new(name, files.Where(file => !paths.Contains(file.Path)), options, references);
}
