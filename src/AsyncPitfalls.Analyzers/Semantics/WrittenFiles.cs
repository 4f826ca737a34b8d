using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>Which files of a compilation people write, and which places in them. Every rule asks it of every place, so each file is looked at once.</summary>
internal sealed class WrittenFiles(AnalyzerOptions options)
{
    private readonly ConcurrentDictionary<SyntaxTree, Answer> known = new();

    // Places are asked about file by file. It is one object, so that threads never see the answer of another file.
    private Answer? last;

    /// <summary>Whether a file is none that a tool generates (<see cref="GeneratedFiles"/>).</summary>
    public bool Hold(SyntaxTree file) => AnswerOf(file).Holds;

    /// <summary>Whether a place is in such a file, and in none of its <see cref="OversizedBodies"/>.</summary>
    public bool Hold(SyntaxNode place)
    {
        var answer = AnswerOf(place.SyntaxTree);
        return answer.Holds && (answer.Oversized.Count == 0 || !OversizedBodies.Hold(place));
    }

    private Answer AnswerOf(SyntaxTree file)
    {
        if (last is { } answer && answer.File == file)
            return answer;
        if (!known.TryGetValue(file, out answer))
            answer = known.GetOrAdd(file, new Answer(file, !GeneratedFiles.IsGenerated(file, options), OversizedBodies.In(file)));
        return last = answer;
    }

    private sealed record Answer(SyntaxTree File, bool Holds, IReadOnlyList<TextSpan> Oversized);
}
