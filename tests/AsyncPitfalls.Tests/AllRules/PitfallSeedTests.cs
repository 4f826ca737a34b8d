using AsyncPitfalls.FixTrials;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>The pitfalls that the trials of the fixes put into large code: each is what its rule finds.</summary>
public sealed class PitfallSeedTests
{
    [NeedsCSharpFact(12)]
    public async Task Each_seed_compiles_and_its_rule_finds_it()
    {
        var seeds = PitfallSeeds.All.Index().ToDictionary(seed => $"Seeded/Seed{seed.Index + 1}.cs", seed => seed.Item);
        var solution = Workspaces.Create(
            [new SourceFile("Seeded/Seeds.cs", PitfallSeeds.Declarations(PitfallSeeds.All.Select((seed, index) => (seed, index + 1)))), .. seeds.Select((seed, index) => new SourceFile(seed.Key, MethodWith(seed.Value, index + 1)))],
            Setup.Default);

        Assert.Empty(await Workspaces.BuildErrorsAsync(solution));
        var findings = (await AllRulesRun.FindingsAsync(solution)).ToLookup(finding => finding.Location.SourceTree!.FilePath.TrimStart('/'), finding => finding.Id);
        var missed = seeds.Where(seed => !findings[seed.Key].Contains(seed.Value.Rule)).Select(seed => $"{seed.Value}: {string.Join(", ", findings[seed.Key])}");
        Assert.Equal("", string.Join("\n", missed));
    }

    [NeedsCSharpFact(12)]
    public async Task Seeds_are_put_where_they_compile_and_are_found_there()
    {
        const string code =
            """
            using System;
            using System.Threading.Tasks;

            public sealed class Orders
            {
                private readonly int first = 1;

                public Orders() => Console.WriteLine(first);

                public int Count(ReadOnlySpan<int> counts)
                {
                    // A span may not live across an await.
                    var half = counts.Slice(counts.Length / 2);
                    return half.Length;
                }

                public async Task SaveAsync(int order)
                {
                    await Task.Delay(order);
                    Console.WriteLine(order);
                }
            }

            """;
        var plain = new Subject("orders", Workspaces.Create([new SourceFile("Orders/Orders.cs", code)], Setup.Default));

        var rules = new HashSet<string>();
        for (var seed = 1; seed <= 8; seed++)
        {
            var seeded = await SeededSubject.OfAsync(plain, perSeed: 1, seed);
            Assert.Empty(await Workspaces.BuildErrorsAsync(seeded.Solution));
            rules.UnionWith((await AllRulesRun.FindingsAsync(seeded.Solution)).Select(finding => finding.Id));
        }

        Assert.Empty(await AllRulesRun.FindingsAsync(plain.Solution));
        Assert.True(rules.Count > 4, string.Join(", ", rules));
    }

    [Fact]
    public void There_is_a_seed_of_each_rule_that_needs_no_surroundings()
    {
        // What these three find depends on what is around it: the end of a program, a host, a base class.
        string[] needing = ["AP0006", "AP0015", "AP0026"];
        Assert.Equal(
            Package.CodeFixes.SelectMany(fix => fix.FixableDiagnosticIds).Except(needing).Order(StringComparer.Ordinal),
            PitfallSeeds.All.Select(seed => seed.Rule).Distinct().Order(StringComparer.Ordinal));
    }

    private static string MethodWith(PitfallSeed seed, int number) =>
        $$"""
        internal sealed class Holder{{number}}
        {
            public {{(seed.NeedsAsync ? "async global::System.Threading.Tasks.Task" : "void")}} Hold()
            {
        {{seed.CodeOf(number)}}
                // Each is put before a statement.
                global::System.GC.KeepAlive(this);
            }
        }

        """;
}
