using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.FixTrials;

/// <summary>A finding or a warning as a place that can be found again when the lines around it have changed.</summary>
/// <param name="Id">The rule, or the compiler's number.</param>
/// <param name="Line">The line, from zero.</param>
/// <param name="Column">The column, from the first letter of the line.</param>
public readonly record struct Place(string Id, int Line, int Column)
{
    public static Place Of(Diagnostic diagnostic, SourceText text)
    {
        var line = text.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start);
        var written = line.ToString();
        var indentation = written.Length - written.TrimStart().Length;
        return new Place(diagnostic.Id, line.LineNumber, diagnostic.Location.SourceSpan.Start - line.Start - indentation);
    }
}
