using System;
using System.Collections.Generic;
using System.Linq;

namespace AsyncPitfalls.Baselines;

/// <summary>Files that a baseline knows by a path that is no more, and that are elsewhere now: their folder was renamed, or they were moved.</summary>
internal static class MovedFiles
{
    /// <summary>
    /// The path in the baseline of each file that has moved. A file is taken for one that is gone when it has the same name
    /// and is new to the baseline; among several, the one of whose folders the most are the same, from the innermost on.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> known, ICollection<string> present)
    {
        var before = new HashSet<string>(known, StringComparer.Ordinal);
        var gone = new SortedSet<string>(before, StringComparer.Ordinal);
        gone.ExceptWith(present);
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        if (gone.Count == 0)
            return moved;

        var names = new HashSet<string>(gone.Select(RelativePath.NameOf), StringComparer.OrdinalIgnoreCase);
        var fresh = new SortedSet<string>(present.Where(path => !before.Contains(path) && names.Contains(RelativePath.NameOf(path))), StringComparer.Ordinal);
        if (fresh.Count == 0)
            return moved;
        // A path of the baseline that is deeper ends in none of the others.
        for (var depth = fresh.Max(DepthOf); depth > 0 && gone.Count > 0 && fresh.Count > 0; depth--)
            Pair(gone, fresh, depth, moved);
        return moved;
    }

    /// <summary>Pairs files whose last parts are the same, in order, and takes them out of both sets.</summary>
    private static void Pair(SortedSet<string> gone, SortedSet<string> fresh, int depth, Dictionary<string, string> moved)
    {
        var candidates = fresh.Where(path => DepthOf(path) >= depth)
            .GroupBy(path => EndOf(path, depth), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => new Queue<string>(group), StringComparer.OrdinalIgnoreCase);
        foreach (var path in gone.Where(path => DepthOf(path) >= depth).ToList())
        {
            if (!candidates.TryGetValue(EndOf(path, depth), out var queue) || queue.Count == 0)
                continue;
            var now = queue.Dequeue();
            moved.Add(now, path);
            gone.Remove(path);
            fresh.Remove(now);
        }
    }

    private static int DepthOf(string path) => path.Count(letter => letter == '/') + 1;

    private static string EndOf(string path, int depth)
    {
        var start = path.Length;
        for (var part = 0; part < depth; part++)
            start = path.LastIndexOf('/', start - 1, start);
        return path.Substring(start + 1);
    }
}
