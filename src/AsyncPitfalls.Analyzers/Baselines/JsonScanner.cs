using System;
using System.IO;
using System.Text;

namespace AsyncPitfalls.Baselines;

/// <summary>
/// Reads JSON as RFC 8259 has it and nothing that only looks like it, since what is damaged must not pass. It goes over
/// its input once and keeps no more of it than the text that is asked for. What is wrong ends it with a <see cref="BaselineFault"/>.
/// </summary>
/// <remarks>netstandard2.0 has no reader of JSON, and an analyzer that brings one of its own would meet another version of it in its host.</remarks>
internal sealed class JsonScanner(TextReader input)
{
    /// <summary>How deep values may nest: far deeper than any log, and never so deep that the stack ends.</summary>
    public const int Deepest = 64;

    /// <summary>How long a text may be that is asked for: no path and no name is as long.</summary>
    public const int Longest = 1 << 16;

    private const int End = -1;

    private readonly char[] buffer = new char[1 << 13];
    private readonly StringBuilder text = new();
    private int next;
    private int length;
    private int depth;

    /// <summary>The line that is being read, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Reads an object.</summary>
    /// <param name="read">Is told each name, and must read its value.</param>
    public void ReadObject(Action<string> read)
    {
        Open('{');
        if (!Accept('}'))
        {
            do
            {
                var name = ReadText();
                Expect(':');
                read(name);
            }
            while (Accept(','));
            Expect('}');
        }

        depth--;
    }

    /// <summary>Reads an array.</summary>
    /// <param name="read">Must read one element.</param>
    public void ReadArray(Action read)
    {
        Open('[');
        if (!Accept(']'))
        {
            do
                read();
            while (Accept(','));
            Expect(']');
        }

        depth--;
    }

    /// <summary>Reads one member of an object, if it is there, and forgets the others.</summary>
    public void ReadMember(string name, Action read) => ReadObject(found =>
    {
        if (found == name)
            read();
        else
            Skip();
    });

    /// <summary>Reads the first element of an array, if there is one, and forgets the others.</summary>
    public void ReadFirst(Action read)
    {
        var isFirst = true;
        ReadArray(() =>
        {
            if (isFirst)
                read();
            else
                Skip();
            isFirst = false;
        });
    }

    /// <summary>Reads a string.</summary>
    public string ReadText()
    {
        text.Clear();
        PassText(isKept: true);
        return text.ToString();
    }

    /// <summary>Reads a value of any kind and forgets it.</summary>
    public void Skip()
    {
        switch (PeekToken())
        {
            case '{':
                ReadObject(_ => Skip());
                break;
            case '[':
                ReadArray(Skip);
                break;
            case '"':
                PassText(isKept: false);
                break;
            case 't':
                PassWord("true");
                break;
            case 'f':
                PassWord("false");
                break;
            case 'n':
                PassWord("null");
                break;
            default:
                PassNumber();
                break;
        }
    }

    /// <summary>Makes sure that nothing comes after the value that was read.</summary>
    public void ReadEnd()
    {
        PassSpace();
        if (Peek() != End)
            throw Fault();
    }

    /// <summary>Whether there is nothing but white space.</summary>
    public bool IsEmpty()
    {
        PassSpace();
        return Peek() == End;
    }

    private void Open(char start)
    {
        var found = PeekToken();
        if (found != start)
            throw IsStartOfValue(found) ? new BaselineFault(FaultKind.Unexpected, Line) : Fault();
        if (++depth > Deepest)
            throw new BaselineFault(FaultKind.Unexpected, Line);
        next++;
    }

    private static bool IsStartOfValue(int letter) => letter is '{' or '[' or '"' or 't' or 'f' or 'n' or '-' || IsDigit(letter);

    private bool Accept(char letter)
    {
        if (PeekToken() != letter)
            return false;
        next++;
        return true;
    }

    private void Expect(char letter)
    {
        if (!Accept(letter))
            throw Fault();
    }

    private void PassText(bool isKept)
    {
        var found = PeekToken();
        if (found != '"')
            throw IsStartOfValue(found) ? new BaselineFault(FaultKind.Unexpected, Line) : Fault();
        next++;
        for (var letter = Take(); letter != '"'; letter = Take())
        {
            if (letter < ' ')
                throw FaultAt(letter);
            if (letter == '\\')
                letter = TakeEscaped();
            if (!isKept)
                continue;
            if (text.Length == Longest)
                throw new BaselineFault(FaultKind.Unexpected, Line);
            text.Append((char)letter);
        }
    }

    private int TakeEscaped()
    {
        var letter = Take();
        return letter switch
        {
            '"' or '\\' or '/' => letter,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => (TakeHexDigit() << 12) | (TakeHexDigit() << 8) | (TakeHexDigit() << 4) | TakeHexDigit(),
            _ => throw FaultAt(letter),
        };
    }

    private int TakeHexDigit()
    {
        var letter = Take();
        return letter switch
        {
            >= '0' and <= '9' => letter - '0',
            >= 'a' and <= 'f' => letter - 'a' + 10,
            >= 'A' and <= 'F' => letter - 'A' + 10,
            _ => throw FaultAt(letter),
        };
    }

    private void PassWord(string word)
    {
        foreach (var letter in word)
        {
            if (Peek() != letter)
                throw Fault();
            next++;
        }
    }

    private void PassNumber()
    {
        if (Peek() == '-')
            next++;
        if (Peek() == '0')
            next++;
        else
            PassDigits();
        if (Peek() == '.')
        {
            next++;
            PassDigits();
        }

        if (Peek() is 'e' or 'E')
        {
            next++;
            if (Peek() is '+' or '-')
                next++;
            PassDigits();
        }
    }

    private void PassDigits()
    {
        if (!IsDigit(Peek()))
            throw Fault();
        while (IsDigit(Peek()))
            next++;
    }

    private static bool IsDigit(int letter) => letter is >= '0' and <= '9';

    private int PeekToken()
    {
        PassSpace();
        return Peek();
    }

    private void PassSpace()
    {
        for (var letter = Peek(); letter is ' ' or '\t' or '\r' or '\n'; letter = Peek())
        {
            if (letter == '\n')
                Line++;
            next++;
        }
    }

    private int Take()
    {
        var letter = Peek();
        next++;
        return letter;
    }

    private int Peek()
    {
        if (next >= length)
        {
            if (length == End)
                return End;
            (next, length) = (0, input.Read(buffer, 0, buffer.Length));
            if (length <= 0)
            {
                length = End;
                return End;
            }
        }

        return buffer[next];
    }

    private BaselineFault Fault() => FaultAt(Peek());

    /// <summary>What a letter means that cannot stand where it does.</summary>
    private BaselineFault FaultAt(int letter) => new(
        letter switch
        {
            End => FaultKind.Truncated,
            '<' or '=' or '>' => FaultKind.Conflict,
            _ => FaultKind.Broken,
        }, Line);
}
