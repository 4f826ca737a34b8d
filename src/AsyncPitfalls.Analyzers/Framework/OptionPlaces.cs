using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Framework;

/// <summary>
/// The lines of configuration files that say something to this package. Roslyn tells an analyzer what an option holds, and
/// not which file says so; it knows those files that the build hands over as additional ones too, as the package's own
/// <c>AsyncPitfalls.Options.targets</c> has it.
/// </summary>
internal sealed class OptionPlaces(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
{
    // As the compiler reads a line: https://github.com/dotnet/roslyn/blob/main/src/Compilers/Core/Portable/CommandLine/AnalyzerConfig.cs
    private static readonly Regex Property = new(@"^\s*(?<key>[\w.\-_]+)\s*[=:]\s*(?<value>[^#;]*)", RegexOptions.CultureInvariant);

    private readonly Lazy<IReadOnlyList<Line>> lines = new(() => [.. files.Where(IsConfiguration).SelectMany(file => LinesOf(file, cancellation))]);

    /// <summary>The places of a text in the lines that make a setting, or of the key where the value does not hold the text; none where no file is known.</summary>
    public IReadOnlyList<Location> Of(OptionSetting setting, string text) =>
        [.. lines.Value.Where(line => line.Setting == setting).Select(line => line.PlaceOf(text))];

    private static bool IsConfiguration(AdditionalText file) =>
        file.Path.EndsWith(".editorconfig", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".globalconfig", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Line> LinesOf(AdditionalText file, CancellationToken cancellation)
    {
        if (file.GetText(cancellation) is not { } content)
            yield break;
        foreach (var line in content.Lines)
        {
            var match = Property.Match(line.ToString());
            if (match.Success && OptionKeys.IsOurs(match.Groups["key"].Value))
                yield return new Line(file.Path, content, line.Start, match);
        }
    }

    private sealed class Line(string path, SourceText content, int start, Match match)
    {
        private readonly Group key = match.Groups["key"];
        private readonly Group value = match.Groups["value"];

        public OptionSetting Setting => new(OptionKeys.Shown(key.Value), value.Value.TrimEnd());

        public Location PlaceOf(string text)
        {
            var index = value.Value.IndexOf(text, StringComparison.Ordinal);
            var span = index < 0
                ? new TextSpan(start + key.Index, key.Length)
                : new TextSpan(start + value.Index + index, text.Length);
            return Location.Create(path, span, content.Lines.GetLinePositionSpan(span));
        }
    }
}
