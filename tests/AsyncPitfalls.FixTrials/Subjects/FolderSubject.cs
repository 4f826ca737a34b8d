using System.Text;
using System.Xml.Linq;
using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.FixTrials;

/// <summary>
/// Source code in a folder, without a restore: a project per project file, or one for the whole folder where there is none.
/// References are the best that this machine has, so not everything compiles.
/// </summary>
public static class FolderSubject
{
    private const string DesktopMark = "UseW"; // UseWPF, UseWindowsForms

    private static readonly string[] Symbols = ["NET", "NETCOREAPP", "NET5_0_OR_GREATER", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER", "NET10_0", "NETSTANDARD2_1_OR_GREATER"];

    public static Subject Load(string folder)
    {
        folder = Path.GetFullPath(folder);
        var name = Path.GetFileName(folder.TrimEnd('/', '\\'));
        var projects = Directory.GetFiles(folder, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var solution = new AdhocWorkspace().CurrentSolution;
        if (projects.Count == 0)
            return new Subject(name, Add(solution, ProjectId.CreateNewId(name), name, Sources(folder, new HashSet<string>()), null), IsWhole: false);

        var ids = projects.ToDictionary(path => path, path => ProjectId.CreateNewId(path));
        var folders = projects.Select(path => Path.GetDirectoryName(path)!).ToHashSet();
        foreach (var (path, id) in ids)
            solution = Add(solution, id, Path.GetFileNameWithoutExtension(path), Sources(Path.GetDirectoryName(path)!, folders), XDocument.Load(path));
        foreach (var (path, id) in ids)
        {
            var references = Values(XDocument.Load(path), "ProjectReference")
                .Select(include => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, include.Replace('\\', '/'))))
                .Where(ids.ContainsKey)
                .Select(reference => ids[reference]);
            foreach (var reference in references.Distinct().Where(reference => !solution.GetProject(id)!.ProjectReferences.Any(known => known.ProjectId == reference)))
                solution = solution.AddProjectReference(id, new ProjectReference(reference));
        }

        return new Subject(name, solution, IsWhole: false);
    }

    private static Solution Add(Solution solution, ProjectId id, string name, IReadOnlyList<string> files, XDocument? project)
    {
        var isDesktop = project is not null ? project.Descendants().Any(element => element.Name.LocalName.StartsWith(DesktopMark, StringComparison.Ordinal)) : files.Any(file => file.EndsWith(".xaml.cs", StringComparison.Ordinal));
        var trees = files.Select(file => (Path: file, Text: File.ReadAllText(file))).ToList();
        solution = solution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp,
            filePath: $"/{name}/{name}.csproj",
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse, preprocessorSymbols: Symbols),
            metadataReferences: [.. ReferenceSets.Load(isDesktop ? References.Desktop : References.AspNet), .. PackagesOf(project)]));
        if (!isDesktop)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), ImplicitUsings.Path, SourceText.From(ImplicitUsings.Text, Encoding.UTF8), filePath: $"/{name}/{ImplicitUsings.Path}");
        foreach (var (path, text) in trees)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(path), SourceText.From(text, Encoding.UTF8), filePath: path);
        return solution;
    }

    /// <summary>The sources of a project: what is in its folder, but not in that of another project.</summary>
    private static IReadOnlyList<string> Sources(string folder, IReadOnlySet<string> others)
    {
        var files = new List<string>(Directory.GetFiles(folder, "*.cs").Order(StringComparer.Ordinal));
        foreach (var inner in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (!others.Contains(inner) && Path.GetFileName(inner) is not ("bin" or "obj" or "artifacts") && !Path.GetFileName(inner).StartsWith('.'))
                files.AddRange(Sources(inner, others));
        }

        return files;
    }

    /// <summary>The libraries of those packages of a project that are on this machine, in their newest version.</summary>
    private static IEnumerable<MetadataReference> PackagesOf(XDocument? project)
    {
        var root = ReferenceSets.BuildFact("PackageRoot");
        foreach (var package in project is null ? [] : Values(project, "PackageReference"))
        {
            var versions = Path.Combine(root, package.ToLowerInvariant());
            var libraries = !Directory.Exists(versions) ? [] : Directory.GetDirectories(versions).Order(StringComparer.Ordinal)
                .SelectMany(version => new[] { "net10.0", "net9.0", "net8.0", "net6.0", "netstandard2.1", "netstandard2.0" }.Select(framework => Path.Combine(version, "lib", framework)))
                .Where(Directory.Exists).Take(1);
            foreach (var file in libraries.SelectMany(library => Directory.GetFiles(library, "*.dll")))
                yield return MetadataReference.CreateFromFile(file);
        }
    }

    private static IEnumerable<string> Values(XDocument project, string element) =>
        project.Descendants().Where(node => node.Name.LocalName == element).Select(node => (string?)node.Attribute("Include")).OfType<string>();
}
