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

    private readonly Letters letters = new(input);
    private readonly StringBuilder text = new();
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
        if (letters.Peek() != Letters.End)
            throw Fault();
    }

    /// <summary>Whether there is nothing but white space.</summary>
    public bool IsEmpty()
    {
        PassSpace();
        return letters.Peek() == Letters.End;
    }

    private void Open(char start)
    {
        var found = PeekToken();
        if (found != start)
            throw IsStartOfValue(found) ? new BaselineFault(FaultKind.Unexpected, Line) : Fault();
        if (++depth > Deepest)
            throw new BaselineFault(FaultKind.Unexpected, Line);
        letters.Pass();
    }

    private static bool IsStartOfValue(int letter) => letter is '{' or '[' or '"' or 't' or 'f' or 'n' or '-' || IsDigit(letter);

    private bool Accept(char letter)
    {
        if (PeekToken() != letter)
            return false;
        letters.Pass();
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
        letters.Pass();
        for (var letter = letters.Take(); letter != '"'; letter = letters.Take())
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
        var letter = letters.Take();
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
        var letter = letters.Take();
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
            if (letters.Peek() != letter)
                throw Fault();
            letters.Pass();
        }
    }

    private void PassNumber()
    {
        if (letters.Peek() == '-')
            letters.Pass();
        if (letters.Peek() == '0')
            letters.Pass();
        else
            PassDigits();
        if (letters.Peek() == '.')
        {
            letters.Pass();
            PassDigits();
        }

        if (letters.Peek() is 'e' or 'E')
        {
            letters.Pass();
            if (letters.Peek() is '+' or '-')
                letters.Pass();
            PassDigits();
        }
    }

    private void PassDigits()
    {
        if (!IsDigit(letters.Peek()))
            throw Fault();
        while (IsDigit(letters.Peek()))
            letters.Pass();
    }

    private static bool IsDigit(int letter) => letter is >= '0' and <= '9';

    private int PeekToken()
    {
        PassSpace();
        return letters.Peek();
    }

    private void PassSpace()
    {
        for (var letter = letters.Peek(); letter is ' ' or '\t' or '\r' or '\n'; letter = letters.Peek())
        {
            if (letter == '\n')
                Line++;
            letters.Pass();
        }
    }

    private BaselineFault Fault() => FaultAt(letters.Peek());

    /// <summary>What a letter means that cannot stand where it does.</summary>
    private BaselineFault FaultAt(int letter) => new(
        letter switch
        {
            Letters.End => FaultKind.Truncated,
            '<' or '=' or '>' => FaultKind.Conflict,
            _ => FaultKind.Broken,
        }, Line);
}
