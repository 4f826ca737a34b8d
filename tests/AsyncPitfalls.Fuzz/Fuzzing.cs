using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AsyncPitfalls.Tests.Framework;

namespace AsyncPitfalls.Fuzz;

/// <summary>Breaks every file of the corpora, in batches, and tries each batch.</summary>
/// <param name="codeBases">The code to break.</param>
public sealed partial class Fuzzing(IReadOnlyList<CodeBase> codeBases)
{
    private const int LettersOfBatch = 60_000;
    private const int Reported = 10;

    /// <summary>Tries at least so many mutants, going round all files of all code bases; returns how many faults there are.</summary>
    public async Task<int> RunAsync(int mutants, int seed)
    {
        var files = codeBases.Sum(code => code.Files.Count);
        Console.WriteLine($"{mutants:N0} mutants of {files:N0} files of {codeBases.Count} code bases, seed {seed}");
        var clock = Stopwatch.StartNew();
        var done = 0;
        var faults = new Dictionary<string, int>(StringComparer.Ordinal);
        var first = new List<(Batch Batch, Fault Fault)>();
        for (var batch = 0; done < mutants; batch++)
        {
            var code = Chosen(new Random(unchecked(seed + batch)).Next(files));
            var broken = Batch.Of(code, unchecked(seed + batch), LettersOfBatch);
            done += broken.Files.Count;
            if (await Trial.RunAsync(broken) is { } fault)
            {
                faults[fault.Kind] = faults.GetValueOrDefault(fault.Kind) + 1;
                Console.WriteLine($"{broken.Name}: {fault.Kind}\n{fault.Detail}");
                if (faults[fault.Kind] == 1)
                    first.Add((broken, fault));
            }

            if (batch % Reported == Reported - 1)
                Console.WriteLine($"{done:N0} mutants, {clock.Elapsed.TotalMinutes:N1} min, {faults.Values.Sum()} faults of {faults.Count} kinds; next seed {unchecked(seed + batch + 1)}");
        }

        foreach (var (broken, fault) in first)
            await KeepAsync(broken, fault);
        Console.WriteLine($"{done:N0} mutants in {clock.Elapsed.TotalMinutes:N1} min: {faults.Values.Sum()} faults of {faults.Count} kinds");
        return faults.Count;
    }

    /// <summary>Tries one batch again, by its name; 1 where it has a fault.</summary>
    public async Task<int> ReplayAsync(string name)
    {
        var colon = name.LastIndexOf(':');
        var code = codeBases.Single(code => code.Name == name[..colon]);
        var batch = Batch.Of(code, int.Parse(name[(colon + 1)..], CultureInfo.InvariantCulture), LettersOfBatch);
        if (await Trial.RunAsync(batch) is not { } fault)
        {
            Console.WriteLine($"{name}: no fault");
            return 0;
        }

        Console.WriteLine($"{name}: {fault.Kind}\n{fault.Detail}");
        await KeepAsync(batch, fault);
        return 1;
    }

    /// <summary>Makes a batch small and keeps it among the tests.</summary>
    private static async Task KeepAsync(Batch batch, Fault fault)
    {
        var smallest = await Minimizer.MinimizeAsync(batch, async smaller => (await Trial.RunAsync(smaller))?.Kind == fault.Kind);
        var folder = Path.Combine(ReferenceSets.BuildFact("RepositoryRoot"), "tests", "AsyncPitfalls.Tests", "FuzzedCode");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{NoLetter().Replace(fault.Kind, "-")}-{NoLetter().Replace(batch.Name, "-")}.txt");
        await File.WriteAllTextAsync(file, KeptBatch.Write(smallest));
        Console.WriteLine($"kept as {file}:\n{KeptBatch.Write(smallest)}");
    }

    private CodeBase Chosen(int file)
    {
        foreach (var code in codeBases)
        {
            if (file < code.Files.Count)
                return code;
            file -= code.Files.Count;
        }

        throw new UnreachableException();
    }

    [GeneratedRegex(@"[^\w]+")]
    private static partial Regex NoLetter();
}
