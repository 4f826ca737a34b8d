using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>The tokens of a file by position. Each is looked for in its member: from the file's root on, every namespace and type on the way is searched anew.</summary>
/// <param name="root">The file.</param>
internal sealed class FileTokens(SyntaxNode root)
{
    private SyntaxNode[]? members;
    private int[]? starts;

    /// <summary>The token that holds a position, or in whose comments it is.</summary>
    public SyntaxToken At(int position)
    {
        if (starts is null)
            Read();
        var found = Array.BinarySearch(starts!, position);
        var index = found < 0 ? ~found - 1 : found;
        return index >= 0 && members![index].FullSpan.Contains(position) ? members[index].FindToken(position) : root.FindToken(position);
    }

    private void Read()
    {
        var found = new List<SyntaxNode>();
        Add((root as CompilationUnitSyntax)?.Members ?? default, found);
        members = found.ToArray();
        Volatile.Write(ref starts, Array.ConvertAll(members, member => member.FullSpan.Start));
    }

    private static void Add(SyntaxList<MemberDeclarationSyntax> declared, List<SyntaxNode> found)
    {
        foreach (var member in declared)
        {
            if (member is BaseNamespaceDeclarationSyntax space)
                Add(space.Members, found);
            else if (member is TypeDeclarationSyntax type)
                Add(type.Members, found);
            else
                found.Add(member);
        }
    }
}
