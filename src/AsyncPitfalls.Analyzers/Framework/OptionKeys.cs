using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AsyncPitfalls.Framework;

/// <summary>The keys under which options are read, and those that somebody took for one.</summary>
internal static class OptionKeys
{
    /// <summary>More letters than any key has; what differs behind them makes no key nearer.</summary>
    private const int Compared = 100;

    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    private static readonly string Beginning = LettersOf(RuleOption.Prefix.TrimEnd('s', '.'));

    private static readonly Regex RuleId = new(@"(?<=\.)ap\d{4}(?=\.)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Lazy<IReadOnlyDictionary<string, (string Key, RuleOption Option)>> Known = new(() => RuleOption.All
        .SelectMany(option => option.Keys.Select(key => (Key: key, Option: option)))
        .ToDictionary(known => known.Key, StringComparer.OrdinalIgnoreCase));

    /// <summary>Every key that is read.</summary>
    public static IEnumerable<string> All => Known.Value.Keys;

    /// <summary>The option that a key sets; null where there is none.</summary>
    public static RuleOption? OptionOf(string key) => Known.Value.TryGetValue(key, out var known) ? known.Option : null;

    /// <summary>Whether a key of a configuration file is meant for this package, if only by what it begins with.</summary>
    public static bool IsOurs(string key) => key.StartsWith("async", AnyCase) && LettersOf(key).StartsWith(Beginning, AnyCase);

    /// <summary>A key as documentation writes it, since case does not matter in configuration files.</summary>
    public static string Shown(string key) => Known.Value.TryGetValue(key, out var known)
        ? known.Key
        : RuleId.Replace(key.ToLowerInvariant(), id => id.Value.ToUpperInvariant());

    /// <summary>
    /// The known key that is nearest to an unknown one: the option with the nearest name, for the rule that the key names
    /// where the option changes that rule, and for all rules where it does not.
    /// </summary>
    public static string NearestTo(string key)
    {
        var parts = key.Split('.');
        var name = Start(parts[parts.Length - 1]);
        var option = RuleOption.All.OrderBy(known => Spelling.Distance(name, known.Name)).First();
        return parts.Length < 3 || RuleId.IsMatch(key)
            ? option.KeyFor(parts.Length < 3 ? "" : parts[1])
            : option.Keys.OrderBy(known => Spelling.Distance(Start(key), known)).First();
    }

    private static string Start(string text) => text.Length <= Compared ? text : text.Substring(0, Compared);

    private static string LettersOf(string key) => new([.. key.Where(char.IsLetter)]);
}
