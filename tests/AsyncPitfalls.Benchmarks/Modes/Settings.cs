using System.Collections.Immutable;
using System.Globalization;
using AsyncPitfalls.Corpora;

namespace AsyncPitfalls.Benchmarks.Modes;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings(string Mode, ImmutableArray<string> Corpora, ImmutableArray<string> Folders, ImmutableArray<string> Sets, int Rounds)
{
    public const string Usage =
        """
        dotnet run -c Release --project tests/AsyncPitfalls.Benchmarks [-- [mode] [options]]

        modes
          (none)            all sets of rules on all corpora, side by side
          rules             only our own rules, each with its share
          build             a real `dotnet build` with and without each package
          latency           from an edit in a 3,000-line file to that file's findings

        options
          --rounds N        how often each set is run; 5 if nothing is said
          --corpus NAME     aspnetcore, own, generated:LINES; may be there several times
          --folder PATH     the C# below a folder, as well or as it could be read without its packages; may be there several times
          --sets A,B        only these: compiler, floor, operations, graphs, ours, vsthrd, vsthrd-all, meziantou, …
        """;

    private static readonly ImmutableArray<string> Modes = ["compare", "rules", "build", "latency"];

    /// <summary>Reads the command line; throws with a sentence where it cannot be read.</summary>
    public static Settings Parse(IReadOnlyList<string> words)
    {
        var settings = new Settings(Modes[0], [], [], [], 5);
        for (var index = 0; index < words.Count; index++)
        {
            settings = words[index] switch
            {
                "--rounds" => settings with { Rounds = NumberIn(Value()) },
                "--corpus" => settings with { Corpora = settings.Corpora.Add(Value()) },
                "--folder" => settings with { Folders = settings.Folders.Add(Value()) },
                "--sets" => settings with { Sets = [.. Value().Split(',')] },
                var mode when index == 0 && Modes.Contains(mode) => settings with { Mode = mode },
                var unknown => throw new ArgumentException($"'{unknown}' means nothing here."),
            };

            string Value() => ++index < words.Count ? words[index] : throw new ArgumentException($"'{words[index - 1]}' needs a value.");
        }

        return settings.Rounds > 0 ? settings : throw new ArgumentException("There must be a round.");
    }

    /// <summary>The corpora that are asked for, or else those of the mode, unless folders alone are asked for.</summary>
    public IReadOnlyList<Corpus> ReadCorpora(params string[] otherwise) =>
    [
        .. (Corpora.IsEmpty && Folders.IsEmpty ? [.. otherwise] : Corpora).Select(Read),
        .. Folders.Select(Corpus.Folder),
    ];

    private static Corpus Read(string name) => name.Split(':') switch
    {
        ["aspnetcore"] => Corpus.AspNetCore(Console.Error.WriteLine),
        ["own"] => Corpus.OwnSources(),
        ["generated", var lines] => Corpus.Generated(NumberIn(lines)),
        _ => throw new ArgumentException($"There is no corpus '{name}'."),
    };

    private static int NumberIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"'{text}' is no number.");
}
