using System.IO;

namespace AsyncPitfalls.Baselines;

/// <summary>A text letter by letter, of which no more than a piece is in memory.</summary>
internal sealed class Letters(TextReader input)
{
    /// <summary>What stands for a letter after the last one.</summary>
    public const int End = -1;

    private readonly char[] piece = new char[1 << 13];
    private int next;
    private int length;

    /// <summary>The next letter, which stays the next one.</summary>
    public int Peek()
    {
        if (next < length)
            return piece[next];
        if (length == End)
            return End;
        (next, length) = (0, input.Read(piece, 0, piece.Length));
        if (length > 0)
            return piece[0];
        length = End;
        return End;
    }

    /// <summary>The next letter, which is passed.</summary>
    public int Take()
    {
        var letter = Peek();
        next++;
        return letter;
    }

    /// <summary>Passes the letter that was seen with <see cref="Peek"/>.</summary>
    public void Pass() => next++;
}
