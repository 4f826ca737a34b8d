using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Asyncify;

/// <summary>A node somewhere in the solution, with what is needed to ask about it.</summary>
internal sealed record CodePlace(Document Document, SemanticModel Semantics, AsyncModel Model, SyntaxNode Node)
{
    public LanguageVersion Language => ((CSharpParseOptions)Node.SyntaxTree.Options).LanguageVersion;

    public static CodePlace Of(FixSite site, SyntaxNode node) => new(site.Document, site.Semantics, site.Model, node);

    /// <summary>The place of a node; null where its file is not one that can be changed: of another language, or generated.</summary>
    public static async Task<CodePlace?> OfAsync(Document? document, SyntaxNode node, CancellationToken cancellation)
    {
        if (document is null or SourceGeneratedDocument || document.Project.Language != LanguageNames.CSharp)
            return null;
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return semantics is null || GeneratedFiles.IsGenerated(node.SyntaxTree, document.Project.AnalyzerOptions)
            ? null
            : new CodePlace(document, semantics, AsyncModel.For(semantics.Compilation, document.Project.AnalyzerOptions), node);
    }

    /// <summary>What of a finding's mending is done in this file, which need not be the one of the finding: its <see cref="FixSite.Node"/> is not to be asked.</summary>
    public FixSite SiteOf(Diagnostic finding) => new(finding, Document, Node.SyntaxTree.GetRoot(), Semantics, Model);

    /// <summary>Another node of the same file.</summary>
    public CodePlace At(SyntaxNode node) => this with { Node = node };
}
