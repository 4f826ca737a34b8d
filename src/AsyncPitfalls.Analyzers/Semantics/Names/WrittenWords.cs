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
/// Where the text of a file has which words, those of strings and of some comments among them. Reading letters costs next to nothing
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

    /// <summary>Compiles a loop over letters as well as can be when it is first run: a build is over before the runtime has seen that it pays.</summary>
    public const MethodImplOptions OptimizedAtOnce = (MethodImplOptions)512;

    private const char LastOfAscii = '\x7f';
    private const int BufferSize = 512;

    // What most files have, so that few tables grow and few are too large; words that nobody looks for are not counted.
    private const int LettersPerWord = 12;
    private const int LettersPerDistinctWord = 64;

    private static readonly ConditionalWeakTable<SyntaxTree, WrittenWords> Files = new();

    private static readonly uint IndexerHash = WordTable.HashOf(Indexer);
    private static readonly uint UntoldNewHash = WordTable.HashOf(UntoldNew);
    private static readonly uint CalledThisHash = WordTable.HashOf(CalledThis);
    private static readonly uint EndOfPairHash = WordTable.HashOf(EndOfPair);
    private static readonly uint NewHash = WordTable.HashOf("new");
    private static readonly uint ThisHash = WordTable.HashOf("this");

    // Nobody looks for other keywords, which are half of all words.
    private static readonly HashSet<uint> Uninteresting =
    [
        .. SyntaxFacts.GetReservedKeywordKinds()
            .Where(kind => kind is not (SyntaxKind.WhileKeyword or SyntaxKind.ForKeyword or SyntaxKind.GotoKeyword))
            .Select(kind => WordTable.HashOf(SyntaxFacts.GetText(kind))),
    ];

    private static readonly bool[] IsPartOfWord = [.. Enumerable.Range(0, LastOfAscii + 1).Select(letter => SyntaxFacts.IsIdentifierPartCharacter((char)letter))];

    private readonly WordTable positions;
    private readonly CodeDepth depth = new();

    private bool isLineEmpty = true;
    private char before;
    private uint beforeParenthesis;
    private int beforeParenthesisAt;

    private WrittenWords(int letters) => positions = new WordTable(letters / LettersPerWord, letters / LettersPerDistinctWord);

    /// <summary>The hash of each word, once.</summary>
    public IEnumerable<uint> Hashes => positions.Words;

    /// <summary>How many of them there are.</summary>
    public int Distinct => positions.Distinct;

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
        for (var offset = 0; offset < text.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = Math.Min(buffer.Length, text.Length - offset);
            text.CopyTo(offset, buffer, 0, length);
            var read = ReadPiece(buffer, length, offset, isLast: offset + length == text.Length, isWritten: true);
            if (read < 0)
                return false;
            if (read == 0)
                buffer = new char[buffer.Length * 2];
            offset += read;
        }

        LooksDeep = depth.IsDeep;
        return true;
    }

    /// <summary>
    /// Reads so many letters that begin at an offset, but for a word at the end that may go on; tells how many that were, and less than zero
    /// where they are <paramref name="isWritten">written</paramref> in a way that does not tell a name.
    /// </summary>
    [MethodImpl(OptimizedAtOnce)]
    private int ReadPiece(char[] letters, int length, int offset, bool isLast, bool isWritten)
    {
        // The runtime asks at each access to what is static whether it is there yet.
        var ofWords = IsPartOfWord;
        for (var index = 0; index < length;)
        {
            var letter = letters[index];
            if (!IsOfWord(letter, ofWords))
            {
                if (letter == '/' && isLineEmpty && isWritten)
                {
                    var next = AfterComment(letters, index, length, isLast);
                    if (next < 0)
                        return index;
                    if (next > index)
                    {
                        index = next;
                        continue;
                    }
                }

                if (letter != ' ')
                    Pass(letter, offset + index);
                before = letter;
                index++;
                continue;
            }

            isLineEmpty = false;
            var hash = WordTable.NoLetters;
            var end = index;
            for (; end < length && IsOfWord(letters[end], ofWords); end++)
            {
                if (letters[end] > LastOfAscii && isWritten && IsUnseen(letters[end]) && offset + end > 0)
                    return -1;
                hash = WordTable.With(hash, letters[end]);
            }

            if (isWritten && before == '\\' && letter is 'u' or 'U')
                return -1;
            if (end == length && !isLast)
                return index;
            Add(hash, letter, offset + index);
            if (letter == 'E' && end - index > 3 && letters[index + 1] == 'n' && letters[index + 2] == 'd' && char.IsUpper(letters[index + 3]))
                positions.Add(EndOfPairHash, offset + index);
            before = letters[end - 1];
            index = end;
        }

        return length;
    }

    /// <summary>
    /// Where a comment that is a line by itself ends; the same index where it is none, or may be text of a string or of a longer comment in which
    /// code goes on before the line ends; less than zero where more letters have to be known.
    /// </summary>
    private static int AfterComment(char[] letters, int index, int length, bool isLast)
    {
        for (var next = index + 1; next < length; next++)
        {
            if (letters[next] == '\n')
                return next;
            if (next == index + 1 ? letters[next] != '/' : letters[next] is '"' or '{' or '*' or '\r' or '\u0085' or '\u2028' or '\u2029')
                return letters[next] == '\r' && next + 1 < length && letters[next + 1] == '\n' ? next : index;
        }

        return isLast ? length : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOfWord(char letter, bool[] ofWords) => letter <= LastOfAscii ? ofWords[letter] : SyntaxFacts.IsIdentifierPartCharacter(letter);

    private static bool IsUnseen(char letter) => char.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(uint word, char first, int position)
    {
        beforeParenthesis = 0;
        if (first is 'n' or 't' && (word == NewHash || word == ThisHash))
            (beforeParenthesis, beforeParenthesisAt) = (word == NewHash ? UntoldNewHash : CalledThisHash, position);
        else if (first is < '0' or > '9' && (before == '@' || first is < 'a' or > 'z' || !Uninteresting.Contains(word)))
            positions.Add(word, position);
    }

    /// <summary>Reads what stands between words, but for blanks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pass(char letter, int position)
    {
        isLineEmpty = letter == '\n' || isLineEmpty && char.IsWhiteSpace(letter);
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
            var letters = token.ValueText.ToCharArray();
            before = token.IsKind(SyntaxKind.IdentifierToken) ? '@' : '\0';
            ReadPiece(letters, letters.Length, token.SpanStart, isLast: true, isWritten: false);
        }
    }
}
