using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Members that are larger, or nested more deeply, than people write, some two thousand lines, a hundred blocks in each other or a thousand levels: machines
/// make them. No rule looks into one, so that neither time nor stack of a rule depends on how large a member can get.
/// </summary>
internal static class OversizedBodies
{
    private const int MostNodes = 20_000;

    /// <summary>How many levels people nest in each other, brackets and operators among them.</summary>
    public const int MostLevels = 1_000;

    /// <summary>How many blocks they nest.</summary>
    public const int MostBlocks = 100;


    /// <summary>A node takes two letters at the least, with what separates it from the next one.</summary>
    private const int LeastLetters = MostNodes * 2;

    private static readonly ConditionalWeakTable<SyntaxTree, List<TextSpan>> Known = new();

    /// <summary>Where the oversized members of a file are; empty for nearly every file.</summary>
    public static IReadOnlyList<TextSpan> In(SyntaxTree file) => Known.GetValue(file, Find);

    /// <summary>Whether a node is part of an oversized member, or one.</summary>
    public static bool Hold(SyntaxNode node)
    {
        foreach (var span in In(node.SyntaxTree))
        {
            if (span.Contains(node.Span))
                return true;
        }

        return false;
    }

    private static List<TextSpan> Find(SyntaxTree file)
    {
        var found = new List<TextSpan>();
        var looksDeep = WrittenWords.In(file, CancellationToken.None).LooksDeep;
        if (file.Length < LeastLetters && !looksDeep)
            return found;
        var open = new Stack<SyntaxNode>();
        open.Push(file.GetRoot());
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (node.FullSpan.Length < LeastLetters && !looksDeep)
                continue;
            if (node is CompilationUnitSyntax unit)
                AddStatements(unit, found);
            if (node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            {
                foreach (var member in node.ChildNodes().Where(child => child is MemberDeclarationSyntax and not GlobalStatementSyntax))
                    open.Push(member);
            }
            else if (Exceeds(ImmutableArray.Create(node)))
            {
                found.Add(node.Span);
            }
        }

        return found;
    }

    /// <summary>Top-level statements are one body.</summary>
    private static void AddStatements(CompilationUnitSyntax unit, List<TextSpan> found)
    {
        var statements = unit.Members.Where(member => member is GlobalStatementSyntax).ToImmutableArray<SyntaxNode>();
        if (!statements.IsEmpty && Exceeds(statements))
            found.Add(TextSpan.FromBounds(statements[0].SpanStart, statements[statements.Length - 1].Span.End));
    }

    private static bool Exceeds(ImmutableArray<SyntaxNode> roots)
    {
        var (nodes, blocks) = (0, 0);
        var open = new Stack<(ChildSyntaxList.Enumerator Children, bool IsBlock)>();
        foreach (var root in roots)
        {
            open.Push((root.ChildNodesAndTokens().GetEnumerator(), false));
            while (open.Count > 0)
            {
                var (children, isBlock) = open.Pop();
                if (!children.MoveNext())
                {
                    blocks -= isBlock ? 1 : 0;
                    continue;
                }

                var child = children.Current;
                open.Push((children, isBlock));
                if (child.AsNode() is not { } node)
                    continue;
                blocks += node is BlockSyntax ? 1 : 0;
                if (++nodes > MostNodes || blocks > MostBlocks || open.Count > MostLevels)
                    return true;
                open.Push((node.ChildNodesAndTokens().GetEnumerator(), node is BlockSyntax));
            }
        }

        return false;
    }
}
