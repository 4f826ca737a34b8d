using System;
using System.Runtime.CompilerServices;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Whether code may be nested deeply, told by its letters: by its braces, or by as many operators and brackets between two of
/// them. Counting nodes takes a hundred times as long.
/// </summary>
internal sealed class CodeDepth
{
    private int blocks;
    private int levels;

    /// <summary>Whether what was read may be nested deeper than <see cref="OversizedBodies"/> allows.</summary>
    public bool IsDeep { get; private set; }

    /// <summary>Reads the next letter that is no part of a word.</summary>
    [MethodImpl(WrittenWords.OptimizedAtOnce)]
    public void Read(char letter)
    {
        switch (letter)
        {
            case '{':
                (blocks, levels) = (blocks + 1, 0);
                break;
            case '}':
                (blocks, levels) = (Math.Max(blocks - 1, 0), 0);
                break;
            case ';':
                levels = 0;
                break;
            case '(' or '[' or '.' or '?' or '+' or '-' or '*' or '%' or '&' or '|' or '^' or '=' or '!' or '~':
                levels++;
                break;
        }

        IsDeep |= blocks > OversizedBodies.MostBlocks || levels > OversizedBodies.MostLevels;
    }
}
