using System.Text;
using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.FixTrials;

/// <summary>
/// Real code with pitfalls put into it, each before a statement of another function, so that every rule has findings in
/// surroundings that nobody made for it. The same seed puts the same pitfalls into the same places.
/// </summary>
public static class SeededSubject
{
    /// <summary>A subject with so many pitfalls of each kind as it has functions for.</summary>
    public static async Task<Subject> OfAsync(Subject subject, int perSeed, int seed)
    {
        var solution = subject.Solution;
        var random = new Random(seed);
        foreach (var project in solution.ProjectIds)
            solution = await SeedAsync(solution, project, subject.IsWhole, perSeed, random);
        return subject with { Name = subject.Name + ", with pitfalls", Solution = solution };
    }

    private static async Task<Solution> SeedAsync(Solution solution, ProjectId project, bool isWhole, int perSeed, Random random)
    {
        var places = new List<(DocumentId Document, StatementSyntax Before, bool IsAsync)>();
        foreach (var document in solution.GetProject(project)!.Documents)
            places.AddRange(PlacesIn((await document.GetSyntaxRootAsync())!, random).Select(place => (document.Id, place, IsAsync(place))));
        var all = places.ToArray();
        random.Shuffle(all);

        var left = PitfallSeeds.All.SelectMany(pitfall => Enumerable.Repeat(pitfall, perSeed)).ToArray();
        random.Shuffle(left);
        var waiting = new LinkedList<PitfallSeed>(left);
        var insertions = new Dictionary<DocumentId, List<Insertion>>();
        var used = new List<(PitfallSeed Seed, int Number)>();
        foreach (var (document, before, isAsync) in all)
        {
            if (waiting.FirstOrDefault(pitfall => isAsync || !pitfall.NeedsAsync) is not { } pitfall)
                continue;
            waiting.Remove(pitfall);
            if (!insertions.TryGetValue(document, out var ofDocument))
                insertions.Add(document, ofDocument = []);
            used.Add((pitfall, used.Count + 1));
            ofDocument.Add(new Insertion(before, pitfall.CodeOf(used.Count)));
        }

        if (used.Count == 0)
            return solution;
        var clean = solution.AddDocument(
            DocumentId.CreateNewId(project), "Seeds.cs", SourceText.From(PitfallSeeds.Declarations(used), Encoding.UTF8), filePath: $"/{solution.GetProject(project)!.Name}/Seeds.cs");
        return await InsertAsync(clean, project, insertions, isWhole);
    }

    /// <summary>A place in each function that has a block: before one of its own statements.</summary>
    private static IEnumerable<StatementSyntax> PlacesIn(SyntaxNode root, Random random)
    {
        foreach (var body in root.DescendantNodes().OfType<BlockSyntax>().Where(IsBody))
        {
            var statements = body.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
                .OfType<StatementSyntax>()
                .Where(statement => statement.Parent is BlockSyntax && statement is not LocalFunctionStatementSyntax)
                .ToList();
            if (statements.Count > 0)
                yield return statements[random.Next(statements.Count)];
        }
    }

    private static bool IsBody(BlockSyntax block) =>
        block.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private static bool IsAsync(StatementSyntax place) => place.Ancestors().First(node =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        _ => false,
    };

    /// <summary>Puts pitfalls into documents, but for those that do not compile there.</summary>
    private static async Task<Solution> InsertAsync(Solution clean, ProjectId project, Dictionary<DocumentId, List<Insertion>> insertions, bool isWhole)
    {
        var seeded = clean;
        foreach (var (document, ofDocument) in insertions)
            seeded = await WithAsync(seeded, clean, document, ofDocument);
        while (true)
        {
            var broken = await BrokenAsync(seeded, clean, project, insertions.Keys, isWhole);
            var blamed = broken.Where(errors => insertions.GetValueOrDefault(errors.Key) is { Count: > 0 }).ToList();
            if (blamed.Count == 0)
                return seeded;
            foreach (var (document, errors) in blamed)
            {
                var kept = Kept(insertions[document], errors, await clean.GetDocument(document)!.GetTextAsync());
                insertions[document] = kept.Count < insertions[document].Count ? kept : [];
                seeded = await WithAsync(seeded, clean, document, insertions[document]);
            }
        }
    }

    private static async Task<Solution> WithAsync(Solution seeded, Solution clean, DocumentId document, IEnumerable<Insertion> insertions)
    {
        var text = await clean.GetDocument(document)!.GetTextAsync();
        return seeded.WithDocumentText(document, text.WithChanges(insertions.Select(insertion => insertion.Change(text)).OrderBy(change => change.Span.Start)));
    }

    /// <summary>The documents that compile worse than without pitfalls, and their errors; of code that compiles, with those that the compiler finds only when it makes code.</summary>
    private static async Task<IReadOnlyDictionary<DocumentId, List<Diagnostic>>> BrokenAsync(Solution seeded, Solution clean, ProjectId project, IEnumerable<DocumentId> documents, bool isWhole)
    {
        if (isWhole)
        {
            return (await Workspaces.BuildErrorsAsync(seeded.GetProject(project)!))
                .Where(error => error.Location.IsInSource)
                .GroupBy(error => seeded.GetDocument(error.Location.SourceTree)!.Id).ToDictionary(errors => errors.Key, errors => errors.ToList());
        }

        var broken = new Dictionary<DocumentId, List<Diagnostic>>();
        var (before, after) = (new Analysis(clean), new Analysis(seeded));
        foreach (var document in documents)
        {
            if (await after.ErrorsAsync(document) is { Count: > 0 } errors && errors.Count > (await before.ErrorsAsync(document)).Count)
                broken.Add(document, [.. errors]);
        }

        return broken;
    }

    /// <summary>The pitfalls in members without errors.</summary>
    private static List<Insertion> Kept(List<Insertion> insertions, List<Diagnostic> errors, SourceText text)
    {
        var shift = 0;
        var kept = new List<Insertion>();
        foreach (var insertion in insertions.OrderBy(insertion => insertion.Before.SpanStart))
        {
            var length = insertion.Change(text).NewText!.Length;
            var body = insertion.Body.Span;
            if (!errors.Any(error => error.Location.SourceSpan.Start >= body.Start + shift && error.Location.SourceSpan.Start <= body.End + shift + length))
                kept.Add(insertion);
            shift += length;
        }

        return kept;
    }

    private sealed record Insertion(StatementSyntax Before, string Code)
    {
        /// <summary>The member around it: an error there is blamed on the pitfall.</summary>
        public SyntaxNode Body => Before.FirstAncestorOrSelf<SyntaxNode>(node => node is MemberDeclarationSyntax) ?? Before;

        public TextChange Change(SourceText text)
        {
            var line = text.Lines.GetLineFromPosition(Before.SpanStart).ToString();
            var indentation = line[..(line.Length - line.TrimStart().Length)];
            return new TextChange(new TextSpan(Before.SpanStart, 0), Code.Replace("\n", "\n" + indentation) + "\n" + indentation);
        }
    }
}
