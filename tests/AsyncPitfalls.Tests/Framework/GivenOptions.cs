using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>A host that has read the same options for every file.</summary>
/// <param name="values">The options.</param>
/// <param name="listsKeys">Whether it also tells which options there are, which not every host does.</param>
internal sealed class GivenOptions(IReadOnlyDictionary<string, string> values, bool listsKeys) : AnalyzerConfigOptionsProvider
{
    private readonly AnalyzerConfigOptions options = listsKeys ? new Listed(values) : new Silent(values);

    public override AnalyzerConfigOptions GlobalOptions => options;

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => options;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => options;

    private class Silent(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }

    private sealed class Listed(IReadOnlyDictionary<string, string> values) : Silent(values)
    {
        public override IEnumerable<string> Keys { get; } = [.. values.Keys];
    }
}
