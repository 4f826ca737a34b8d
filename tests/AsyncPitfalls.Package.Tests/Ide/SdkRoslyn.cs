using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace AsyncPitfalls.Package.Tests.Ide;

/// <summary>The Roslyn in the SDK's own <c>dotnet format</c>: it has the services by which Visual Studio and VS Code show findings and fixes.</summary>
public static class SdkRoslyn
{
    private static readonly string Folder = Repository.Metadata("SdkRoslyn");

    /// <summary>Why the tests of the IDE's engine cannot run with this SDK; null where they can.</summary>
    public static string? Lack { get; } = File.Exists(PathOf("Microsoft.CodeAnalysis.CSharp.Features"))
        ? null
        : $"Skipped: this SDK has no Microsoft.CodeAnalysis.CSharp.Features.dll in '{Folder}', so what an IDE shows cannot be asked here.";

    private static string PathOf(string? assembly) => Path.Combine(Folder, assembly + ".dll");

    // Before the first method that mentions a type of Roslyn is compiled.
    [ModuleInitializer]
    internal static void LoadFromTheSdk() => AssemblyLoadContext.Default.Resolving += (context, assembly) =>
        File.Exists(PathOf(assembly.Name)) ? context.LoadFromAssemblyPath(PathOf(assembly.Name)) : null;
}

/// <summary>A test of what an IDE shows.</summary>
public sealed class IdeFactAttribute : FactAttribute
{
    public IdeFactAttribute() => Skip = SdkRoslyn.Lack!;
}

/// <summary>A theory about what an IDE shows.</summary>
public sealed class IdeTheoryAttribute : TheoryAttribute
{
    public IdeTheoryAttribute() => Skip = SdkRoslyn.Lack!;
}
