using System.Collections.Immutable;
using System.Reflection;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>What the package ships, found as hosts find it: by attribute.</summary>
public static class Package
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
        [.. Instances<DiagnosticAnalyzer>(typeof(AsyncPitfallAnalyzer).Assembly, typeof(DiagnosticAnalyzerAttribute)).Where(analyzer => analyzer is not DiagnosticSuppressor)];

    public static ImmutableArray<CodeFixProvider> CodeFixes { get; } =
        Instances<CodeFixProvider>(typeof(AsyncPitfallCodeFix).Assembly, typeof(ExportCodeFixProviderAttribute));

    /// <summary>Whether a rule speaks where no configuration names it; what the compiler says counts as such.</summary>
    public static bool IsOn(string id) => Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).All(rule => rule.Id != id || rule.IsEnabledByDefault);

    private static ImmutableArray<T> Instances<T>(Assembly assembly, Type attribute) =>
    [
        .. assembly.GetTypes()
            .Where(type => type.IsDefined(attribute) && type.IsAssignableTo(typeof(T)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)!),
    ];
}
