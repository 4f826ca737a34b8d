using System.Globalization;

namespace AsyncPitfalls.FixTrials;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        dotnet run -c Release --project tests/AsyncPitfalls.FixTrials [-- options]

          --folder PATH     try source code in a folder instead of the corpora; may be given several times
          --only TEXT       only the subjects whose name contains TEXT
          --rule ID         only the findings of one rule
          --sample N        at most N findings of a rule in each subject (10)
          --all             every finding
          --seeds N         how often each pitfall is put into a corpus (3)
          --seed N          draws other samples and places (1)
          --patience N      seconds that a fix, or a run of Fix All, may take (300)
          --out PATH        where the report goes (artifacts/fix-trials)
        """;

    public List<string> Folders { get; } = [];

    public string Only { get; private set; } = "";

    public string? Rule { get; private set; }

    public int Sample { get; private set; } = 10;

    public int Seeds { get; private set; } = 3;

    public int Seed { get; private set; } = 1;

    public int Patience { get; private set; } = 300;

    public string? Out { get; private set; }

    /// <summary>The options of a command line; null where it cannot be read.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options();
        for (var index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] == "--all")
            {
                options.Sample = int.MaxValue;
                continue;
            }

            if (index + 1 == arguments.Length || !options.Take(arguments[index], arguments[++index]))
                return null;
        }

        return options;
    }

    private bool Take(string name, string value)
    {
        switch (name)
        {
            case "--folder": Folders.Add(value); return true;
            case "--only": Only = value; return true;
            case "--rule": Rule = value; return true;
            case "--out": Out = value; return true;
            case "--sample": return Number(value, number => Sample = number);
            case "--seeds": return Number(value, number => Seeds = number);
            case "--seed": return Number(value, number => Seed = number);
            case "--patience": return Number(value, number => Patience = number);
            default: return false;
        }
    }

    private static bool Number(string text, Action<int> take)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        take(number);
        return true;
    }
}
