using System;

namespace AsyncPitfalls.Rewriting;

/// <summary>Names for locals that hold a task while it runs: <c>listening</c> for that of <c>ListenAsync</c>.</summary>
internal static class RunningNames
{
    private const string Nameless = "pending";
    private const string Vowels = "aeiou";

    /// <summary>The name for the task of a method.</summary>
    public static string Of(string method)
    {
        var name = method.EndsWith("Async", StringComparison.Ordinal) ? method.Substring(0, method.Length - "Async".Length) : method;
        var end = 1;
        while (end < name.Length && char.IsLower(name[end]))
            end++;
        if (name.Length < 2 || end < 2 || !char.IsLetter(name[0]))
            return Nameless;
        return Gerund(name.Substring(0, end).ToLowerInvariant()) + name.Substring(end);
    }

    private static string Gerund(string verb)
    {
        if (verb.EndsWith("ing", StringComparison.Ordinal))
            return verb;
        if (verb.EndsWith("ie", StringComparison.Ordinal))
            return verb.Substring(0, verb.Length - 2) + "ying";
        if (verb.EndsWith("e", StringComparison.Ordinal) && !verb.EndsWith("ee", StringComparison.Ordinal) && verb.Length > 2)
            return verb.Substring(0, verb.Length - 1) + "ing";
        return DoublesItsLast(verb) ? verb + verb[verb.Length - 1] + "ing" : verb + "ing";
    }

    /// <summary>Whether a verb has one short syllable, as <c>run</c> and <c>stop</c>.</summary>
    private static bool DoublesItsLast(string verb)
    {
        var last = verb.Length - 1;
        if (last < 2 || IsVowel(verb[last]) || verb[last] is 'w' or 'x' or 'y' || !IsVowel(verb[last - 1]))
            return false;
        for (var i = 0; i < last - 1; i++)
        {
            if (IsVowel(verb[i]))
                return false;
        }

        return true;
    }

    private static bool IsVowel(char letter) => Vowels.IndexOf(letter) >= 0;
}
