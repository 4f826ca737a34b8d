using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.FixTrials;

/// <summary>Which documents a changed declaration can break: those that mention its name. Without a look at them a change of signature would seem to do no harm.</summary>
public sealed class NamesOfDocuments(Solution solution)
{
    private readonly Lazy<Task<Dictionary<string, List<DocumentId>>>> mentioned = new(() => MentionedAsync(solution));

    /// <summary>The documents that mention a method whose declaration is on a changed line.</summary>
    public async Task<IReadOnlyList<DocumentId>> NamingAsync(IReadOnlyList<Change> changes)
    {
        var declared = changes.SelectMany(change => DeclaredIn(change.OldRoot, line => change.Lines.IsGone(line))).Distinct().ToList();
        if (declared.Count == 0)
            return [];
        var naming = await mentioned.Value;
        return [.. declared.SelectMany(name => naming.GetValueOrDefault(name) ?? []).Distinct()];
    }

    private static IEnumerable<string> DeclaredIn(SyntaxNode root, Func<int, bool> isChanged)
    {
        var lines = root.SyntaxTree.GetText().Lines;
        return root.DescendantNodes(node => node is not BlockSyntax and not ArrowExpressionClauseSyntax)
            .OfType<MethodDeclarationSyntax>()
            .Where(method => isChanged(lines.IndexOf(method.Identifier.SpanStart)))
            .Select(method => method.Identifier.ValueText);
    }

    private static async Task<Dictionary<string, List<DocumentId>>> MentionedAsync(Solution solution)
    {
        var documents = new Dictionary<string, List<DocumentId>>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
        {
            var root = (await document.GetSyntaxRootAsync())!;
            foreach (var name in root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).Distinct())
            {
                if (!documents.TryGetValue(name, out var naming))
                    documents.Add(name, naming = []);
                naming.Add(document.Id);
            }
        }

        return documents;
    }
}
