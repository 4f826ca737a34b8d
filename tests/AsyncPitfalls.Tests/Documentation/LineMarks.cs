using System.Globalization;

namespace AsyncPitfalls.Tests.Documentation;

/// <summary>The lines of a code block that are marked for the reader, as VitePress has it behind the fence: <c>{3,5-7}</c>.</summary>
public static class LineMarks
{
    public static IReadOnlyList<int> Parse(string info)
    {
        var (start, end) = (info.IndexOf('{'), info.IndexOf('}'));
        return start < 0 || end < start ? [] : [.. info[(start + 1)..end].Split(',').SelectMany(Range)];
    }

    /// <summary>The marks of some lines, in the shortest form; nothing where there is no line.</summary>
    public static string Format(IEnumerable<int> lines)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var line in lines.Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == line - 1)
                ranges[^1] = (ranges[^1].First, line);
            else
                ranges.Add((line, line));
        }

        return ranges.Count == 0 ? "" : $" {{{string.Join(',', ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"))}}}";
    }

    /// <summary>The lines of a text that another one does not have at that place.</summary>
    public static IEnumerable<int> Changed(string before, string after)
    {
        var (old, current) = (before.Split('\n'), after.Split('\n'));
        var common = CommonSuffixes(old, current);
        var (i, j) = (0, 0);
        while (j < current.Length)
        {
            if (i < old.Length && old[i] == current[j])
                (i, j) = (i + 1, j + 1);
            else if (i < old.Length && common[i + 1, j] >= common[i, j + 1])
                i++;
            else
                yield return ++j;
        }
    }

    /// <summary>For each two places how many lines both texts have in common from there on.</summary>
    private static int[,] CommonSuffixes(string[] old, string[] current)
    {
        var common = new int[old.Length + 1, current.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = current.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == current[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }

    private static IEnumerable<int> Range(string text)
    {
        var ends = text.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
