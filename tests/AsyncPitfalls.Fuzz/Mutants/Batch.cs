using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Fuzz;

/// <summary>Mutants that are compiled together: broken versions of files that stand beside each other in a code base.</summary>
/// <param name="Name">The code base and the seed that make it again: <c>src:1234</c>.</param>
/// <param name="Files">The mutants.</param>
/// <param name="Libraries">What the code base compiles against.</param>
/// <param name="Trouble">What is wrong with that.</param>
public sealed record Batch(string Name, IReadOnlyList<CodeFile> Files, string Libraries, Trouble Trouble)
{
    private const int MostFiles = 60;

    /// <summary>The batch that a seed makes of so many letters of a code base, or a few more.</summary>
    public static Batch Of(CodeBase code, int seed, int mostLetters)
    {
        var random = new Random(seed);
        var first = random.Next(code.Files.Count);
        var trouble = random.Next(20) switch
        {
            0 => Trouble.NoReferences,
            1 => Trouble.TypesInTwoReferences,
            2 => Trouble.TypesInSourceToo,
            3 => Trouble.FilesTwice,
            _ => Trouble.None,
        };
        var files = new List<CodeFile>();
        var letters = 0;
        for (var i = 0; i < Math.Min(MostFiles, code.Files.Count) && letters < mostLetters; i++)
        {
            var file = code.Files[(first + i) % code.Files.Count];
            letters += file.Text.Length;
            var other = code.Files[random.Next(code.Files.Count)];
            files.Add(file with { Path = $"M{i}/{Path.GetFileName(file.Path)}", Text = Mutation.Of(file.Text, other.Text, random) });
        }

        return new Batch($"{code.Name}:{seed.ToString(CultureInfo.InvariantCulture)}", files, code.Libraries, trouble);
    }

    /// <summary>The project of the mutants.</summary>
    public Project ToProject()
    {
        var files = Files.Select((file, index) => file with { Text = file.IsAlone ? Apart(file.Text, index) : file.Text }).ToList();
        if (Trouble != Trouble.NoReferences)
            files.Add(new CodeFile("Usings.cs", ImplicitUsings.Text));
        if (Trouble == Trouble.TypesInSourceToo)
            files.Add(new CodeFile("Twins.cs", Twins.Source));
        if (Trouble == Trouble.FilesTwice)
            files.AddRange(Files.Select(file => file with { Path = "Again" + file.Path }));
        var references = Trouble switch
        {
            Trouble.NoReferences => [],
            Trouble.TypesInTwoReferences => CodeBase.Against(Libraries).Add(Twins.Assembly),
            _ => CodeBase.Against(Libraries),
        };

        var project = ProjectId.CreateNewId("Mutants");
        var solution = new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            project, VersionStamp.Default, "Mutants", "Mutants", LanguageNames.CSharp, filePath: "/Mutants/Mutants.csproj",
            compilationOptions: Shipped.Options.WithOutputKind(files.Any(file => IsProgram(file.Text)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary),
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview),
            metadataReferences: references));
        foreach (var file in files)
            solution = solution.AddDocument(DocumentId.CreateNewId(project), file.Path, SourceText.From(file.Text, Encoding.UTF8), filePath: "/Mutants/" + file.Path);
        return solution.GetProject(project)!;
    }

    /// <summary>A program's types in a namespace of their own, where the language allows that.</summary>
    private static string Apart(string text, int index)
    {
        var root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot();
        return root.Members.Any(member => member is GlobalStatementSyntax or FileScopedNamespaceDeclarationSyntax) || root.AttributeLists.Count > 0 || root.Usings.Any(directive => directive.GlobalKeyword != default)
            ? text
            : $"namespace Mutant{index} {{\n{text}\n}}";
    }

    private static bool IsProgram(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
}
