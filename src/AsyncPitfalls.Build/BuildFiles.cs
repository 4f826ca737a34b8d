using System.Collections.Generic;
using System.IO;
using System.Text;

namespace AsyncPitfalls.Build;

/// <summary>All that the tasks do with files: they read the compiler's logs and the baseline, and write the baseline.</summary>
internal static class BuildFiles
{
    private static readonly Encoding WithoutMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

#pragma warning disable RS0030 // the one place
    public static bool Exists(string path) => File.Exists(path);

    public static TextReader Open(string path) => new StreamReader(path);

    public static IEnumerable<string> LinesOf(string path) => File.ReadLines(path);

    /// <summary>Leaves a file alone that has the text already, so that what is built from it stays up to date.</summary>
    public static void Write(string path, string text)
    {
        if (!Exists(path) || File.ReadAllText(path) != text)
            File.WriteAllText(path, text, WithoutMark);
    }
#pragma warning restore RS0030
}
