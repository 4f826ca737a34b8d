using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Benchmarks.Modes;

/// <summary>A project with one file of some 3,000 lines, and edits of it as somebody types them.</summary>
internal sealed class EditedFile
{
    private const int EnoughLines = 3_000;

    private EditedFile(CSharpCompilation project, SyntaxTree file)
    {
        Project = project;
        File = file;
    }

    public CSharpCompilation Project { get; }

    public SyntaxTree File { get; }

    /// <summary>Puts the first types of a project that have async methods into one file, as many as it takes.</summary>
    public static EditedFile In(CSharpCompilation project)
    {
        var (merged, usings, types, lines) = (new List<SyntaxTree>(), new SortedSet<string>(StringComparer.Ordinal), new StringBuilder(), 0);
        foreach (var tree in project.SyntaxTrees)
        {
            var root = tree.GetCompilationUnitRoot();
            if (lines >= EnoughLines)
                break;
            if (AsyncMethods(root).Count() < 2 || root.Members is not [FileScopedNamespaceDeclarationSyntax space])
                continue;
            merged.Add(tree);
            usings.UnionWith(root.Usings.Select(one => one.ToString()));
            types.Append(space.Members.ToFullString());
            lines += tree.GetText().Lines.Count;
        }

        var first = merged[0];
        var text = $"{string.Join('\n', usings)}\n\nnamespace Generated;\n\n{types}";
        var file = CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), (CSharpParseOptions)first.Options, "Edited.cs");
        return new EditedFile(project.RemoveSyntaxTrees(merged).AddSyntaxTrees(file), file);
    }

    /// <summary>The file with a statement more in one of its async methods; another one for each number.</summary>
    public SyntaxTree Edit(int number)
    {
        var methods = AsyncMethods(File.GetCompilationUnitRoot()).ToList();
        var place = methods[number * 7 % methods.Count].Body!.OpenBraceToken.Span.End;
        return File.WithChangedText(File.GetText().WithChanges(new TextChange(new TextSpan(place, 0), $"\n        var typed{number} = {number};")));
    }

    private static IEnumerable<MethodDeclarationSyntax> AsyncMethods(SyntaxNode root) => root.DescendantNodes()
        .OfType<MethodDeclarationSyntax>()
        .Where(method => method.Body is not null && method.Modifiers.Any(SyntaxKind.AsyncKeyword));
}
