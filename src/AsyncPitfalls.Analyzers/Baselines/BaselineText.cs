using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Baselines;

/// <summary>A baseline among the additional files of a compilation: what it knows, or why it cannot be used.</summary>
/// <param name="Folder">The folder from which its paths lead.</param>
/// <param name="Known">What it knows; null where it cannot be used.</param>
/// <param name="Fault">Why it cannot be used; null where it can.</param>
internal sealed record BaselineText(string Folder, BaselineFile? Known, BaselineFault? Fault)
{
    // Hosts ask again after each keystroke, and the text is the same object until the file changes.
    private static readonly ConditionalWeakTable<SourceText, BaselineText> Texts = new();

    /// <summary>Reads a file whose name is that of a baseline.</summary>
    public static BaselineText Of(AdditionalText file, CancellationToken cancellation)
    {
        var folder = RelativePath.FolderOf(file.Path);
        return file.GetText(cancellation) is { } text
            ? Texts.GetValue(text, text => Read(folder, text, cancellation))
            : new BaselineText(folder, null, new BaselineFault(FaultKind.Locked, 1));
    }

    private static BaselineText Read(string folder, SourceText text, CancellationToken cancellation)
    {
        try
        {
            return new BaselineText(folder, BaselineFile.Read(new Reader(text, cancellation)), null);
        }
        catch (BaselineFault fault)
        {
            return new BaselineText(folder, null, fault);
        }
    }

    /// <summary>Reads a text piece by piece, since a large one is never in one piece.</summary>
    private sealed class Reader(SourceText text, CancellationToken cancellation) : TextReader
    {
        private int next;

        public override int Read(char[] buffer, int index, int count)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = Math.Min(count, text.Length - next);
            text.CopyTo(next, buffer, index, length);
            next += length;
            return length;
        }
    }
}
