using System.Collections.Immutable;

namespace AsyncPitfalls.Benchmarks.Peers;

/// <summary>The packages that ours is measured beside, one table; their versions are in the project file.</summary>
internal static class PeerCatalog
{
    /// <summary>The one whose async rules are 100 on the scale of the report.</summary>
    public static readonly Peer Vsthrd = new(
        "VSTHRD",
        "Microsoft.VisualStudio.Threading.Analyzers",
        ["analyzers/cs/Microsoft.VisualStudio.Threading.Analyzers.dll", "analyzers/cs/Microsoft.VisualStudio.Threading.Analyzers.CSharp.dll"],
        [
            "VSTHRD001", "VSTHRD002", "VSTHRD003", "VSTHRD004", "VSTHRD010", "VSTHRD011", "VSTHRD012",
            "VSTHRD100", "VSTHRD101", "VSTHRD102", "VSTHRD103", "VSTHRD104", "VSTHRD105", "VSTHRD106", "VSTHRD107", "VSTHRD108",
            "VSTHRD109", "VSTHRD110", "VSTHRD111", "VSTHRD112", "VSTHRD113", "VSTHRD114", "VSTHRD115", "VSTHRD200", "VSTHRD202",
        ]);

    public static readonly Peer AsyncFixer = new(
        "AsyncFixer",
        "AsyncFixer",
        ["analyzers/dotnet/cs/AsyncFixer.dll"],
        ["AsyncFixer01", "AsyncFixer02", "AsyncFixer03", "AsyncFixer04", "AsyncFixer05", "AsyncFixer06"]);

    public static readonly ImmutableArray<Peer> All =
    [
        Vsthrd,
        new(
            "Meziantou",
            "Meziantou.Analyzer",
            ["analyzers/dotnet/roslyn5.9/cs/Meziantou.Analyzer.dll"],
            ["MA0004", "MA0022", "MA0032", "MA0040", "MA0042", "MA0045", "MA0100", "MA0134", "MA0147", "MA0155"]),
        AsyncFixer,
        new(
            "Sonar",
            "SonarAnalyzer.CSharp",
            ["analyzers/SonarAnalyzer.CSharp.dll"],
            ["S3168", "S3216", "S4457", "S4462", "S4586", "S5034", "S6422", "S6966", "S8949"]),
        new(
            "NetAnalyzers",
            PeerFiles.Sdk,
            ["Sdks/Microsoft.NET.Sdk/analyzers/Microsoft.CodeAnalysis.NetAnalyzers.dll", "Sdks/Microsoft.NET.Sdk/analyzers/Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll"],
            ["CA1849", "CA2007", "CA2008", "CA2012", "CA2016", "CA2024", "CA2025", "CA2247", "CA2261"]),
        new(
            "Roslynator",
            "Roslynator.Analyzers",
            ["analyzers/dotnet/roslyn5.0/cs/Roslynator.CSharp.Analyzers.dll"],
            ["RCS1046", "RCS1090", "RCS1174", "RCS1210", "RCS1229", "RCS1261"]),
    ];
}
