using System;
using System.Collections.Generic;
using System.Linq;

namespace AsyncPitfalls.Baselines;

/// <summary>Paths as a baseline has them: from its own folder on, with <c>/</c>, the same on Windows and elsewhere.</summary>
internal static class RelativePath
{
    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>
    /// The way from a folder to a file. Where there is none, from one drive to another, or only one by way of the root,
    /// it is the file's name alone, since all else would tell of the machine.
    /// </summary>
    public static string Of(string folder, string file)
    {
        var to = PartsOf(file);
        if (!IsRooted(file))
            return string.Join("/", to);
        var from = PartsOf(folder);
        var comparison = IsOfWindows(file) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var shared = 0;
        while (shared < from.Count && shared < to.Count - 1 && string.Equals(from[shared], to[shared], comparison))
            shared++;
        var up = from.Count - shared;
        var leadsByTheRoot = up > 0 && shared <= (IsOfWindows(file) ? 1 : 0);
        return leadsByTheRoot || !IsRooted(folder)
            ? to[to.Count - 1]
            : string.Join("/", Enumerable.Repeat("..", up).Concat(to.Skip(shared)));
    }

    /// <summary>The folder of a file, with whatever separators it has; empty for a name alone.</summary>
    public static string FolderOf(string file)
    {
        var end = file.LastIndexOfAny(Separators);
        return end < 0 ? "" : file.Substring(0, end + 1);
    }

    /// <summary>The name of a file.</summary>
    public static string NameOf(string file) => file.Substring(file.LastIndexOfAny(Separators) + 1);

    private static bool IsRooted(string path) => path.Length > 0 && (path[0] is '/' or '\\' || IsOfWindows(path));

    private static bool IsOfWindows(string path) => path.Length > 1 && path[1] == ':';

    private static List<string> PartsOf(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".")
                parts.Add(part);
        }

        return parts;
    }
}
