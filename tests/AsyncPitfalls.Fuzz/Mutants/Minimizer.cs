using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Fuzz;

/// <summary>Makes a batch as small as it can be while it still has the same fault: first files are left out, then lines, then tokens (delta debugging).</summary>
public static class Minimizer
{
    private const int MostTrials = 400;

    /// <summary>The smallest batch that is found to have the fault in some hundreds of trials.</summary>
    public static async Task<Batch> MinimizeAsync(Batch batch, Func<Batch, Task<bool>> hasFault)
    {
        var trials = 0;
        var files = await FewestAsync(batch.Files, kept => HoldsAsync(batch with { Files = kept }));
        batch = batch with { Files = files };
        for (var i = 0; i < batch.Files.Count; i++)
        {
            foreach (var split in new Func<string, IReadOnlyList<string>>[] { Lines, Tokens })
            {
                var index = i;
                var current = batch;
                Batch With(IReadOnlyList<string> parts) => current with { Files = [.. current.Files.Select((file, at) => at == index ? file with { Text = string.Concat(parts) } : file)] };
                batch = With(await FewestAsync(split(batch.Files[i].Text), kept => HoldsAsync(With(kept))));
            }
        }

        return batch;

        async Task<bool> HoldsAsync(Batch smaller) => trials++ < MostTrials && await hasFault(smaller);
    }

    /// <summary>As few parts as still pass a test, which all of them together pass.</summary>
    private static async Task<IReadOnlyList<T>> FewestAsync<T>(IReadOnlyList<T> parts, Func<IReadOnlyList<T>, Task<bool>> holds)
    {
        for (var size = (parts.Count + 1) / 2; size >= 1 && parts.Count > 0;)
        {
            var shrunk = false;
            for (var start = 0; start < parts.Count;)
            {
                IReadOnlyList<T> rest = [.. parts.Take(start), .. parts.Skip(start + size)];
                if (rest.Count < parts.Count && await holds(rest))
                {
                    parts = rest;
                    shrunk = true;
                }
                else
                {
                    start += size;
                }
            }

            if (!shrunk || size > 1)
                size = size == 1 ? 0 : (size + 1) / 2;
        }

        return parts;
    }

    private static IReadOnlyList<string> Lines(string text) => [.. text.Split('\n').Select(line => line + "\n")];

    private static IReadOnlyList<string> Tokens(string text) =>
        [.. CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot().DescendantTokens().Select(token => token.ToFullString())];
}
