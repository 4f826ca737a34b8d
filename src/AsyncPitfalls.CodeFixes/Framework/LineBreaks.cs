using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Framework;

/// <summary>
/// Keeps a file's own line breaks in what a fix has written, where no <c>.editorconfig</c> says which to use: the formatter
/// would take those of the machine, and the file would have both.
/// </summary>
internal static class LineBreaks
{
    /// <summary>The document with its line breaks; the same document where the formatter would use them anyway.</summary>
    /// <param name="changed">The document with the edits.</param>
    /// <param name="before">The document without them.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<Document> KeepAsync(Document changed, Document before, CancellationToken cancellation)
    {
        var options = await changed.GetOptionsAsync(cancellation).ConfigureAwait(false);
        var own = FirstOf(await before.GetTextAsync(cancellation).ConfigureAwait(false));
        var tree = await before.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false);
        if (own is null || own == options.GetOption(FormattingOptions.NewLine)
            || before.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(tree!).TryGetValue("end_of_line", out _))
            return changed;

        var formatted = await Formatter.FormatAsync(
            changed, Formatter.Annotation, options.WithChangedOption(FormattingOptions.NewLine, own), cancellation).ConfigureAwait(false);
        var root = (await formatted.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        return formatted.WithSyntaxRoot(root.ReplaceNodes(
            root.GetAnnotatedNodes(Formatter.Annotation), (_, node) => node.WithoutAnnotations(Formatter.Annotation)));
    }

    private static string? FirstOf(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak == first.End ? null : text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
    }
}
