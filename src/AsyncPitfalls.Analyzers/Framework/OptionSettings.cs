using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Framework;

/// <summary>A line of a configuration file that is meant for this package.</summary>
internal sealed record OptionSetting(string Key, string Value);

/// <summary>What the configuration of a compilation says to this package.</summary>
internal static class OptionSettings
{
    /// <summary>Each setting that holds somewhere in the compilation, once, in the order of keys and values.</summary>
    public static IEnumerable<OptionSetting> Of(Compilation compilation, AnalyzerConfigOptionsProvider provider, CancellationToken cancellation)
    {
        // Files of one folder mostly share one set of options.
        var sets = new HashSet<AnalyzerConfigOptions> { provider.GlobalOptions };
        foreach (var file in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            sets.Add(provider.GetOptions(file));
        }

        return sets.SelectMany(In).Distinct().OrderBy(setting => setting.Key, StringComparer.Ordinal).ThenBy(setting => setting.Value, StringComparer.Ordinal);
    }

    private static IEnumerable<OptionSetting> In(AnalyzerConfigOptions options)
    {
        foreach (var key in KeysOf(options))
        {
            if (OptionKeys.IsOurs(key) && options.TryGetValue(key, out var value))
                yield return new OptionSetting(OptionKeys.Shown(key), value);
        }
    }

    /// <summary>All keys of a set; where the host cannot list them, those to ask for.</summary>
    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            return OptionKeys.All;
        }
    }
}
