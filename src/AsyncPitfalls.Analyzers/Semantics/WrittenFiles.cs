using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Semantics;

/// <summary>Which files of a compilation people write. Every rule asks it of every place, so each file is looked at once.</summary>
internal sealed class WrittenFiles(AnalyzerOptions options)
{
    private readonly ConcurrentDictionary<SyntaxTree, bool> known = new();

    // Places are asked about file by file. It is one object, so that threads never see the answer of another file.
    private Answer? last;

    /// <summary>Whether a file is none that a tool generates (<see cref="GeneratedFiles"/>).</summary>
    public bool Hold(SyntaxTree file)
    {
        if (last is { } answer && answer.File == file)
            return answer.Holds;
        var holds = known.TryGetValue(file, out var found) ? found : known.GetOrAdd(file, !GeneratedFiles.IsGenerated(file, options));
        last = new Answer(file, holds);
        return holds;
    }

    private sealed record Answer(SyntaxTree File, bool Holds);
}
