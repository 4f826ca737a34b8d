using System.Globalization;
using AsyncPitfalls.Fuzz;

// The commands are in the README. Everything that is printed can be given back: a batch by its name, a shape by its own.
return args switch
{
    ["growth", .. var filter] => Growth.Run(string.Join(' ', filter)),
    ["measure", var name, var size] => await Growth.MeasureAsync(name, Number(size)),
    ["cancel", .. var filter] => Cancelling.Run(string.Join(' ', filter)),
    ["stop", var name] => await Cancelling.RunAsync(8, name),
    ["replay", var name, .. var folders] => await new Fuzzing(CorpusCode.Read(folders)).ReplayAsync(name),
    [] => await new Fuzzing(CorpusCode.Read([])).RunAsync(20_000, 1),
    [var mutants, .. var rest] => await new Fuzzing(CorpusCode.Read(rest.Skip(1))).RunAsync(Number(mutants), rest.Length > 0 ? Number(rest[0]) : 1),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
