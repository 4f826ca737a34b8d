using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Fuzz;

/// <summary>What the package ships, found as hosts find it: by attribute.</summary>
public static class Shipped
{
    /// <summary>The analyzers, and the suppressors among them.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = Instances<DiagnosticAnalyzer>("AsyncPitfalls.Analyzers", typeof(DiagnosticAnalyzerAttribute));

    public static ImmutableArray<CodeFixProvider> CodeFixes { get; } = Instances<CodeFixProvider>("AsyncPitfalls.CodeFixes", typeof(ExportCodeFixProviderAttribute));

    /// <summary>What this process is made of, but for what is ours.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("AsyncPitfalls", StringComparison.Ordinal))
            .Select(MetadataReference (file) => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>Options for a compilation in which every rule speaks, also those that are off by default.</summary>
    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions: Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => !rule.IsEnabledByDefault).Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn)));

    /// <summary>How a rule is called in output: by its id, or a suppressor by its type.</summary>
    public static string NameOf(DiagnosticAnalyzer analyzer) =>
        analyzer is DiagnosticSuppressor ? analyzer.GetType().Name : string.Join("+", analyzer.SupportedDiagnostics.Select(rule => rule.Id));

    private static ImmutableArray<T> Instances<T>(string assembly, Type attribute) =>
    [
        .. Assembly.Load(assembly).GetTypes()
            .Where(type => type.IsDefined(attribute) && type.IsAssignableTo(typeof(T)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)!),
    ];
}
