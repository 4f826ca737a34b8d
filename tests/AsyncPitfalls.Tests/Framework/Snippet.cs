using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>
/// Compiled code for tests of <c>Semantics</c>: what <c>[|…|]</c> marks in the first file is given as nodes and operations, in the
/// order in which the marks close.
/// </summary>
public sealed class Snippet
{
    private Snippet(SyntaxNode root, SemanticModel semantics, IReadOnlyList<SyntaxNode> marked, object model)
    {
        Root = root;
        Semantics = semantics;
        Marked = marked;
        this.model = model;
    }

    private readonly object model;

    public SyntaxNode Root { get; }

    public SemanticModel Semantics { get; }

    /// <summary>For each mark the outermost node that has exactly its span.</summary>
    public IReadOnlyList<SyntaxNode> Marked { get; }

    /// <summary>The operation of the only mark; parentheses and the like, which have none, are passed over.</summary>
    public IOperation Operation => Marked.Single().DescendantNodesAndSelf().Select(node => Semantics.GetOperation(node)).OfType<IOperation>().First();

    internal AsyncModel Model => (AsyncModel)model;

    public static async Task<Snippet> CompileAsync(string code, Setup? setup = null)
    {
        var markup = Markup.Parse(code, "AP0000");
        var project = Workspaces.Create(markup.Files, setup ?? Setup.Default).Projects.Last();
        var compilation = (await project.GetCompilationAsync())!;
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees.First(tree => !tree.FilePath.EndsWith(ImplicitUsings.Path, StringComparison.Ordinal));
        var root = await tree.GetRootAsync();
        var marked = markup.Expected.Select(mark => root.FindNode(mark.Span)).ToList();
        return new Snippet(root, compilation.GetSemanticModel(tree), marked, AsyncModel.For(compilation, project.AnalyzerOptions));
    }
}
