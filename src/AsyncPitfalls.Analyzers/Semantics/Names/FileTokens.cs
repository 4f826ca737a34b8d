using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>The tokens of a file by position. Each is looked for in its member: from the file's root on, every namespace and type on the way is searched anew.</summary>
/// <param name="root">The file.</param>
internal sealed class FileTokens(SyntaxNode root)
{
    private Member[]? members;

    /// <summary>The token that holds a position, or in whose comments it is.</summary>
    public SyntaxToken At(int position)
    {
        var all = members ?? LazyInitializer.EnsureInitialized(ref members, Read)!;
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Start <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && all[low - 1].Node.FullSpan.Contains(position) ? all[low - 1].Node.FindToken(position) : root.FindToken(position);
    }

    private Member[] Read()
    {
        var found = new List<Member>();
        Add((root as CompilationUnitSyntax)?.Members ?? default, found);
        return found.ToArray();
    }

    private static void Add(SyntaxList<MemberDeclarationSyntax> declared, List<Member> found)
    {
        foreach (var member in declared)
        {
            if (member is BaseNamespaceDeclarationSyntax space)
                Add(space.Members, found);
            else if (member is TypeDeclarationSyntax type)
                Add(type.Members, found);
            else
                found.Add(new Member(member, member.FullSpan.Start));
        }
    }

    private readonly record struct Member(SyntaxNode Node, int Start);
}
