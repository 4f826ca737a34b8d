using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.FixTrials;

/// <summary>A corpus as a solution, so that fixes can change it: a project per compilation.</summary>
public static class CorpusSubject
{
    public static Subject Of(AsyncPitfalls.Corpora.Corpus corpus)
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        var ids = corpus.Parse().ToDictionary(compilation => compilation, _ => ProjectId.CreateNewId());
        foreach (var (compilation, id) in ids)
        {
            var name = compilation.AssemblyName ?? corpus.Name;
            solution = solution.AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, name, name, LanguageNames.CSharp,
                filePath: $"/{name}/{name}.csproj",
                compilationOptions: compilation.Options,
                parseOptions: compilation.SyntaxTrees.First().Options,
                projectReferences: compilation.References.OfType<CompilationReference>()
                    .Select(reference => reference.Compilation).OfType<CSharpCompilation>().Where(ids.ContainsKey).Select(referenced => new ProjectReference(ids[referenced])),
                metadataReferences: compilation.References.Where(reference => reference is not CompilationReference)));
            foreach (var (index, tree) in compilation.SyntaxTrees.Index())
                solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(tree.FilePath), tree.GetText(), filePath: tree.FilePath.Length > 0 ? tree.FilePath : $"/{name}/{index}.cs");
        }

        return new Subject(corpus.Name, solution);
    }
}
