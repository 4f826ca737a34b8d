using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.FixTrials;

/// <summary>Which lines of a text are still there in its new form: the longest common sequence, whatever their indentation.</summary>
public sealed class LineMap
{
    private readonly string[] before;
    private readonly string[] after;
    private readonly int[] oldOf;
    private readonly int[] newOf;

    private LineMap(string[] before, string[] after)
    {
        this.before = before;
        this.after = after;
        oldOf = new int[after.Length];
        newOf = new int[before.Length];
        Array.Fill(oldOf, -1);
        Array.Fill(newOf, -1);
        Match();
    }

    public static LineMap Between(SourceText before, SourceText after) => new(Lines(before), Lines(after));

    /// <summary>Whether a line of the new text was not there.</summary>
    public bool IsNew(int line) => oldOf[line] < 0;

    /// <summary>Whether a line of the old text is gone.</summary>
    public bool IsGone(int line) => newOf[line] < 0;

    /// <summary>Where a line of the old text is now; negative where it is gone.</summary>
    public int NewOf(int line) => newOf[line];

    /// <summary>Where a line of the new text was; negative where it is new.</summary>
    public int OldOf(int line) => oldOf[line];

    /// <summary>The changes, as a reader wants them: what is gone, what is new, and a line around each.</summary>
    public string Diff()
    {
        var text = new System.Text.StringBuilder();
        var (old, next) = (0, 0);
        while (old < before.Length || next < after.Length)
        {
            if (old < before.Length && newOf[old] < 0)
                text.Append('-').Append(before[old++]).Append('\n');
            else if (next < after.Length && oldOf[next] < 0)
                text.Append('+').Append(after[next++]).Append('\n');
            else
                AppendKept(text, old++, next++);
        }

        return text.ToString();
    }

    private void AppendKept(System.Text.StringBuilder text, int old, int next)
    {
        if (IsBesideAChange(old, next))
            text.Append(' ').Append(after[next]).Append('\n');
        else if (text.Length > 0 && text[^2] != '~')
            text.Append("~\n");
    }

    private bool IsBesideAChange(int old, int next) =>
        (old > 0 && newOf[old - 1] < 0) || (old + 1 < before.Length && newOf[old + 1] < 0)
        || (next > 0 && oldOf[next - 1] < 0) || (next + 1 < after.Length && oldOf[next + 1] < 0);

    private static string[] Lines(SourceText text) => [.. text.Lines.Select(line => line.ToString())];

    private bool AreSame(int old, int next) => before[old].AsSpan().Trim().SequenceEqual(after[next].AsSpan().Trim());

    private void Match()
    {
        var start = 0;
        while (start < before.Length && start < after.Length && AreSame(start, start))
            Pair(start, start++);
        var (oldEnd, newEnd) = (before.Length, after.Length);
        while (oldEnd > start && newEnd > start && AreSame(oldEnd - 1, newEnd - 1))
            Pair(--oldEnd, --newEnd);
        MatchShortest(start, oldEnd - start, newEnd - start);
    }

    /// <summary>The shortest way from one text to the other, after Myers; the furthest reach of each number of changes is kept to find the way back.</summary>
    private void MatchShortest(int start, int oldCount, int newCount)
    {
        if (oldCount == 0 || newCount == 0)
            return;
        var reaches = new List<int[]>();
        for (var changes = 0; ; changes++)
        {
            var reach = new int[(2 * changes) + 1];
            for (var diagonal = -changes; diagonal <= changes; diagonal += 2)
            {
                var old = changes == 0 ? 0 : FirstOf(reaches[changes - 1], changes - 1, diagonal);
                while (old < oldCount && old - diagonal < newCount && AreSame(start + old, start + old - diagonal))
                    old++;
                reach[diagonal + changes] = old;
                if (old >= oldCount && old - diagonal >= newCount)
                {
                    WalkBack(start, oldCount, newCount, reaches);
                    return;
                }
            }

            reaches.Add(reach);
        }
    }

    /// <summary>Where a diagonal is entered: from the one above by an inserted line, or from the one below by a removed one.</summary>
    private static int FirstOf(int[] reach, int changes, int diagonal)
    {
        var removed = diagonal - 1 >= -changes ? reach[diagonal - 1 + changes] + 1 : -1;
        var inserted = diagonal + 1 <= changes ? reach[diagonal + 1 + changes] : -1;
        return Math.Max(removed, inserted);
    }

    private void WalkBack(int start, int old, int next, List<int[]> reaches)
    {
        for (var changes = reaches.Count; changes > 0; changes--)
        {
            var first = FirstOf(reaches[changes - 1], changes - 1, old - next);
            var diagonal = old - next;
            for (; old > first; old--, next--)
                Pair(start + old - 1, start + next - 1);
            if (diagonal - 1 >= -(changes - 1) && reaches[changes - 1][diagonal - 1 + changes - 1] + 1 == first)
                old--;
            else
                next--;
        }

        for (; old > 0 && next > 0; old--, next--)
            Pair(start + old - 1, start + next - 1);
    }

    private void Pair(int old, int next)
    {
        newOf[old] = next;
        oldOf[next] = old;
    }
}
