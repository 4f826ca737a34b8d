using System.Text;
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
            solution = await SeedAsync(solution, project, perSeed, random);
        return subject with { Name = subject.Name + ", with pitfalls", Solution = solution };
    }

    private static async Task<Solution> SeedAsync(Solution solution, ProjectId project, int perSeed, Random random)
    {
        var clean = solution;
        var places = new List<(DocumentId Document, StatementSyntax Before, bool IsAsync)>();
        foreach (var document in solution.GetProject(project)!.Documents)
            places.AddRange(PlacesIn((await document.GetSyntaxRootAsync())!, random).Select(place => (document.Id, place, IsAsync(place))));
        var all = places.ToArray();
        random.Shuffle(all);

        var left = PitfallSeeds.All.SelectMany(pitfall => Enumerable.Repeat(pitfall, perSeed)).ToArray();
        random.Shuffle(left);
        var waiting = new LinkedList<PitfallSeed>(left);
        var insertions = new Dictionary<DocumentId, List<Insertion>>();
        var number = 0;
        foreach (var (document, before, isAsync) in all)
        {
            if (waiting.FirstOrDefault(pitfall => isAsync || !pitfall.NeedsAsync) is not { } pitfall)
                continue;
            waiting.Remove(pitfall);
            if (!insertions.TryGetValue(document, out var ofDocument))
                insertions.Add(document, ofDocument = []);
            ofDocument.Add(new Insertion(before, pitfall.Code.Replace("{n}", (++number).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }

        if (number == 0)
            return solution;
        var callees = new StringBuilder(PitfallSeeds.Callees);
        for (var index = 1; index <= number; index++)
            callees.Append(PitfallSeeds.Blocking(index));
        clean = clean.AddDocument(DocumentId.CreateNewId(project), "Seeds.cs", SourceText.From(callees.ToString(), Encoding.UTF8), filePath: $"/{clean.GetProject(project)!.Name}/Seeds.cs");
        var seeded = clean;
        foreach (var (document, ofDocument) in insertions)
            seeded = await InsertAsync(seeded, clean, document, ofDocument);
        return seeded;
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

    /// <summary>Puts pitfalls into a document, but for those that do not compile there.</summary>
    private static async Task<Solution> InsertAsync(Solution seeded, Solution clean, DocumentId document, List<Insertion> insertions)
    {
        var known = (await new Analysis(clean).ErrorsAsync(document)).Count;
        while (insertions.Count > 0)
        {
            var text = await clean.GetDocument(document)!.GetTextAsync();
            var changes = insertions.Select(insertion => insertion.Change(text)).OrderBy(change => change.Span.Start).ToList();
            var alone = clean.WithDocumentText(document, text.WithChanges(changes));
            var errors = await new Analysis(alone).ErrorsAsync(document);
            if (errors.Count <= known)
                return seeded.WithDocumentText(document, text.WithChanges(changes));
            var broken = errors.Select(error => error.Location.SourceSpan).ToList();
            var shift = 0;
            var kept = new List<Insertion>();
            foreach (var insertion in insertions.OrderBy(insertion => insertion.Before.SpanStart))
            {
                var length = insertion.Change(text).NewText!.Length;
                var body = insertion.Body.Span;
                if (!broken.Any(span => span.Start >= body.Start + shift && span.Start <= body.End + shift + length))
                    kept.Add(insertion);
                shift += length;
            }

            insertions = kept.Count < insertions.Count ? kept : [];
        }

        return seeded;
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
