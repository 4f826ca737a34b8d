using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Where the text of a file has which words, those of comments and strings among them. Reading letters costs next to nothing
/// beside reading syntax, and most files have none of the words that are looked for. What was read is kept as long as the file is.
/// </summary>
internal sealed class WrittenWords
{
    /// <summary>Stands for every bracket that may access an element; it is the name of an indexer's symbol too.</summary>
    public const string Indexer = "this[]";

    /// <summary>Stands for the type's name in <c>new(…)</c>, which does not say it.</summary>
    public const string UntoldNew = "new()";

    /// <summary>Stands for <c>this</c> where arguments follow.</summary>
    public const string CalledThis = "this()";

    /// <summary>Stands for every name that may end what its argument has begun, such as <c>EndRead</c>.</summary>
    public const string EndOfPair = "End…";

    private const int BufferSize = 2048;
    private const int LettersPerWord = 16;

    private static readonly ConditionalWeakTable<SyntaxTree, WrittenWords> Files = new();

    private static readonly uint IndexerHash = WordTable.HashOf(Indexer);
    private static readonly uint UntoldNewHash = WordTable.HashOf(UntoldNew);
    private static readonly uint CalledThisHash = WordTable.HashOf(CalledThis);
    private static readonly uint EndOfPairHash = WordTable.HashOf(EndOfPair);
    private static readonly uint NewHash = WordTable.HashOf("new");
    private static readonly uint ThisHash = WordTable.HashOf("this");
    private static readonly uint EndHash = WordTable.HashOf("End");

    // Nobody looks for other keywords, which are half of all words.
    private static readonly HashSet<uint> Uninteresting =
    [
        .. SyntaxFacts.GetReservedKeywordKinds()
            .Where(kind => kind is not (SyntaxKind.WhileKeyword or SyntaxKind.ForKeyword or SyntaxKind.GotoKeyword))
            .Select(kind => WordTable.HashOf(SyntaxFacts.GetText(kind))),
    ];

    private static readonly bool[] IsPartOfWord = [.. Enumerable.Range(0, 128).Select(letter => SyntaxFacts.IsIdentifierPartCharacter((char)letter))];

    private readonly WordTable positions;
    private readonly CodeDepth depth = new();

    // The word that is read, letter by letter: where it starts, less than zero between two, its hash, and that of its first three letters.
    private int start = -1;
    private uint hash;
    private uint hashOfThree;
    private char first;
    private char fourth;
    private bool isVerbatim;
    private uint beforeParenthesis;
    private int beforeParenthesisAt;

    private WrittenWords(int letters) => positions = new WordTable(letters / LettersPerWord);

    /// <summary>The hash of each word, once.</summary>
    public IEnumerable<uint> Hashes => positions.Words;

    /// <summary>Whether code of the file may be nested deeply (<see cref="CodeDepth"/>).</summary>
    public bool LooksDeep { get; private set; }

    /// <summary>The words of a file.</summary>
    public static WrittenWords In(SyntaxTree tree, CancellationToken cancellation) =>
        Files.TryGetValue(tree, out var found) ? found : Files.GetValue(tree, key => Read(key, cancellation));

    /// <summary>Whether the file has a word.</summary>
    public bool Has(string word) => positions.Has(WordTable.HashOf(word));

    /// <summary>Where a word begins that may be this one, from top to bottom.</summary>
    public List<int> PositionsOf(string word) => positions.ValuesOf(WordTable.HashOf(word));

    private static WrittenWords Read(SyntaxTree tree, CancellationToken cancellation)
    {
        var text = tree.GetText(cancellation);
        var found = new WrittenWords(text.Length);
        if (found.ReadText(text, cancellation))
            return found;
        found = new WrittenWords(text.Length) { LooksDeep = true };
        found.ReadTokens(tree.GetRoot(cancellation), cancellation);
        return found;
    }

    /// <summary>Reads letters; false where an identifier may be written otherwise than it is named, by escapes or letters that nobody sees.</summary>
    private bool ReadText(SourceText text, CancellationToken cancellation)
    {
        var buffer = new char[Math.Min(BufferSize, text.Length)];
        var before = '\0';
        for (var offset = 0; offset < text.Length; offset += buffer.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = Math.Min(buffer.Length, text.Length - offset);
            text.CopyTo(offset, buffer, 0, length);
            for (var index = 0; index < length; index++)
            {
                var letter = buffer[index];
                if (start < 0 && before == '\\' && letter is 'u' or 'U' || letter > 127 && char.GetUnicodeCategory(letter) == UnicodeCategory.Format && offset + index > 0)
                    return false;
                Read(letter, before, offset + index);
                before = letter;
            }
        }

        End(text.Length);
        LooksDeep = depth.IsDeep;
        return true;
    }

    private void Read(char letter, char before, int position)
    {
        if (letter < 128 ? IsPartOfWord[letter] : SyntaxFacts.IsIdentifierPartCharacter(letter))
        {
            if (start < 0)
                Begin(letter, before, position);
            else
                Continue(letter, position - start);
        }
        else
        {
            if (start >= 0)
                End(position);
            Pass(letter, position);
        }
    }

    private void Begin(char letter, char before, int position)
    {
        beforeParenthesis = 0;
        (start, first, isVerbatim) = (position, letter, before == '@');
        hash = WordTable.With(WordTable.NoLetters, letter);
    }

    private void Continue(char letter, int index)
    {
        if (index == 3)
            (hashOfThree, fourth) = (hash, letter);
        hash = WordTable.With(hash, letter);
    }

    private void End(int position)
    {
        if (start < 0)
            return;
        if (hash == NewHash || hash == ThisHash)
            (beforeParenthesis, beforeParenthesisAt) = (hash == NewHash ? UntoldNewHash : CalledThisHash, start);
        else if (first is < '0' or > '9' && (isVerbatim || first is < 'a' or > 'z' || !Uninteresting.Contains(hash)))
            positions.Add(hash, start);
        if (position - start > 3 && hashOfThree == EndHash && char.IsUpper(fourth))
            positions.Add(EndOfPairHash, start);
        start = -1;
    }

    /// <summary>Reads what stands between words.</summary>
    private void Pass(char letter, int position)
    {
        depth.Read(letter);
        if (beforeParenthesis != 0 && !char.IsWhiteSpace(letter))
        {
            // A comment may stand between the two.
            if (letter is '(' or '/')
                positions.Add(beforeParenthesis, beforeParenthesisAt);
            beforeParenthesis = 0;
        }

        if (letter == '[')
            positions.Add(IndexerHash, position);
    }

    /// <summary>Reads tokens, whose names are what the compiler makes of the letters.</summary>
    private void ReadTokens(SyntaxNode root, CancellationToken cancellation)
    {
        foreach (var token in root.DescendantTokens(descendIntoTrivia: false))
        {
            cancellation.ThrowIfCancellationRequested();
            var name = token.ValueText;
            for (var index = 0; index < name.Length; index++)
                Read(name[index], token.IsKind(SyntaxKind.IdentifierToken) ? '@' : '\0', token.SpanStart + index);
            Read(' ', '\0', token.SpanStart + name.Length);
        }
    }
}
