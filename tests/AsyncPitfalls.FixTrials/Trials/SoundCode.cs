using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.FixTrials;

/// <summary>Tells apart, in code whose references are not all there, what the compiler understands.</summary>
public static class SoundCode
{
    /// <summary>Whether the member around a finding has a compile error.</summary>
    public static async Task<bool> IsBesideErrorAsync(Analysis analysis, DocumentId document, Diagnostic finding)
    {
        var errors = await analysis.ErrorsAsync(document);
        if (errors.Count == 0)
            return false;
        var root = await finding.Location.SourceTree!.GetRootAsync();
        var member = root.FindNode(finding.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return errors.Any(error => member is null || member.FullSpan.IntersectsWith(error.Location.SourceSpan));
    }
}
