using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Corpora;

/// <summary>The assemblies of ASP.NET Core with the most async functions, as C#, one compilation each.</summary>
internal static class DecompiledFramework
{
    private const int EnoughLines = 120_000;

    public static Corpus Read(Action<string> progress)
    {
        var version = Path.GetFileName(SharedFrameworks.AspNetCore);
        var folder = Path.Combine(Places.Artifacts, "corpora", "aspnetcore-" + version);
        var assemblies = SharedFrameworks.AssembliesIn(SharedFrameworks.AspNetCore).Select(FrameworkAssembly.Read).ToDictionary(assembly => assembly.Name);
        var (projects, leftOut, lines) = (new List<CorpusProject>(), new List<string>(), 0);
        foreach (var assembly in assemblies.Values.OrderByDescending(assembly => assembly.AsyncFunctions).ThenBy(assembly => assembly.Name, StringComparer.Ordinal))
        {
            if (lines >= EnoughLines)
                break;
            var decompiled = DecompiledAssembly.Read(assembly, Path.Combine(folder, assembly.Name), ReferencesOf(assembly, assemblies), progress);
            leftOut.AddRange(decompiled.LeftOut);
            projects.Add(decompiled.Project);
            lines += decompiled.Project.Lines;
        }

        return new Corpus($"ASP.NET Core {version}", projects, leftOut);
    }

    // Not more than what it references itself: a type of another assembly with the same name would make its code ambiguous.
    private static IEnumerable<MetadataReference> ReferencesOf(FrameworkAssembly assembly, Dictionary<string, FrameworkAssembly> assemblies)
    {
        var needed = new HashSet<string>();
        var open = new Queue<string>(assembly.Referenced);
        while (open.TryDequeue(out var name))
        {
            if (name != assembly.Name && assemblies.TryGetValue(name, out var referenced) && needed.Add(name))
                referenced.Referenced.ToList().ForEach(open.Enqueue);
        }

        return SharedFrameworks.AllReferences.Where(reference =>
            Path.GetFileNameWithoutExtension(reference.Display!) is var name && (!assemblies.ContainsKey(name) || needed.Contains(name)));
    }
}
