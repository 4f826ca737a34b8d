using System;

namespace AsyncPitfalls.Framework;

/// <summary>How much two spellings differ.</summary>
internal static class Spelling
{
    /// <summary>The number of letters to put in, take out or replace (Levenshtein's distance), in any case.</summary>
    public static int Distance(string one, string other)
    {
        var row = new int[other.Length + 1];
        for (var column = 0; column < row.Length; column++)
            row[column] = column;

        foreach (var letter in one)
        {
            var diagonal = row[0]++;
            for (var column = 1; column < row.Length; column++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(letter) == char.ToUpperInvariant(other[column - 1]) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(diagonal, row[column - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
