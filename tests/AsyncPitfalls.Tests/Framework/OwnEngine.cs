using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>
/// The engine that needs Roslyn only. It is strict: a finding that is not marked, a marked one that is missing, a compile
/// error that is not marked, a fix that brings a finding of any rule, and Fix All that differs from one by one all fail.
/// </summary>
public sealed class OwnEngine : IEngine
{
    private const int MostSteps = 60;

    private static readonly FixAllScope[] Scopes = [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    // Every Roslyn must make the same text of the code; what all rules and the compiler say of that text is asked on one.
    private static readonly bool IsNewest = LanguageVersionFacts.TryParse("14", out _);

    public async Task CheckAsync(Case test)
    {
        var before = Workspaces.Create(test.Before.Files, test.Setup);
        await CheckFindingsAsync("before the fix", before, test.Before, test);
        if (test.After is null)
            return;

        var after = await FixOneByOneAsync(before, test);
        await CheckTextsAsync("after fixing one by one", after, test.After);

        // A fix may make a tree that its own text does not parse to; who opens the file has the text.
        var anew = Workspaces.Create(test.After.Files, test.Setup);
        await CheckFindingsAsync("after the fix", anew, test.After, test);
        if (IsNewest)
        {
            await CheckNothingNewAsync(before, anew, test);
            await CheckBuildsAsync(anew, test.After);
        }

        foreach (var scope in Scopes)
        {
            // What a scope cannot see it cannot mend: only a scope that holds every finding has the same result.
            if (Covers(scope, test.Before))
                await CheckTextsAsync($"after Fix All in {scope}", await FixAllAsync(before, scope, test), test.After);
        }
    }

    /// <summary>The actions offered for the findings of a rule, in order.</summary>
    public static async Task<ImmutableArray<CodeAction>> ActionsAsync(Solution solution, DiagnosticAnalyzer analyzer, CodeFixProvider fix)
    {
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        foreach (var diagnostic in await FixableAsync(solution, analyzer, fix))
            actions.AddRange(await ActionsAsync(solution, diagnostic, fix));
        return actions.ToImmutable();
    }

    public static async Task<Solution> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static async Task<Solution> FixOneByOneAsync(Solution solution, Case test)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            if (await NextActionAsync(solution, test) is not { } action)
                return step > 0 ? solution : throw new InvalidOperationException("No fix was offered.");
            solution = await ApplyAsync(action);
        }

        throw new InvalidOperationException($"Findings are still fixable after {MostSteps} steps.");
    }

    private static async Task<CodeAction?> NextActionAsync(Solution solution, Case test)
    {
        foreach (var diagnostic in await FixableAsync(solution, test.Analyzer, test.CodeFix!))
        {
            var actions = await ActionsAsync(solution, diagnostic, test.CodeFix!);
            if (actions.FirstOrDefault(action => test.Idea is null || action.EquivalenceKey == test.Idea) is { } action)
                return action;
        }

        return null;
    }

    /// <summary>Fix All with the idea of a case, or the first one offered.</summary>
    public static async Task<Solution> FixAllAsync(Solution solution, FixAllScope scope, Case test)
    {
        var key = test.Idea ?? (await NextActionAsync(solution, test))!.EquivalenceKey
            ?? throw new InvalidOperationException("A fix has no equivalence key.");
        return await FixAllAsync(solution, scope, test, key);
    }

    /// <summary>Fix All as a host asks for it; without a key where the first finding has no fix.</summary>
    public static async Task<Solution> FixAllAsync(Solution solution, FixAllScope scope, Case test, string? key)
    {
        var first = (await FixableAsync(solution, test.Analyzer, test.CodeFix!)).First();
        var context = new FixAllContext(
            DocumentOf(solution, first), test.CodeFix!, scope, key!, test.CodeFix!.FixableDiagnosticIds,
            new Findings(test), CancellationToken.None);
        var action = await test.CodeFix!.GetFixAllProvider()!.GetFixAsync(context)
            ?? throw new InvalidOperationException($"Fix All offers nothing in {scope}.");
        return await ApplyAsync(action);
    }

    /// <summary>The actions offered for one finding, in order.</summary>
    public static async Task<ImmutableArray<CodeAction>> ActionsAsync(Solution solution, Diagnostic diagnostic, CodeFixProvider fix)
    {
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(
            DocumentOf(solution, diagnostic), diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions.ToImmutable();
    }

    private static async Task<IEnumerable<Diagnostic>> FixableAsync(Solution solution, DiagnosticAnalyzer analyzer, CodeFixProvider fix) =>
        (await Task.WhenAll(solution.Projects.Select(project => Workspaces.FindingsAsync(project, [analyzer]))))
        .SelectMany(findings => findings)
        .Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id))
        .OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
        .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start);

    private static Document DocumentOf(Solution solution, Diagnostic diagnostic) =>
        solution.GetDocument(diagnostic.Location.SourceTree)!;

    private static bool Covers(FixAllScope scope, Markup before) => scope switch
    {
        FixAllScope.Document => before.Expected.Select(expected => expected.Path).Distinct().Count() == 1,
        FixAllScope.Project => before.Expected.Select(expected => expected.Path[..expected.Path.IndexOf('/')]).Distinct().Count() == 1,
        _ => true,
    };

    private static async Task CheckFindingsAsync(string when, Solution solution, Markup markup, Case test)
    {
        var actual = (await Workspaces.DiagnosticsAsync(solution, test.Analyzer))
            .Select(diagnostic => (diagnostic.Id, Path: diagnostic.Location.SourceTree?.FilePath.TrimStart('/') ?? "", Span: diagnostic.Location.SourceSpan, Diagnostic: diagnostic))
            .ToList();
        var own = test.Analyzer.SupportedDiagnostics.Select(descriptor => descriptor.Id).ToHashSet();
        var expected = markup.Expected.Where(finding => own.Contains(finding.Id) || finding.Id.StartsWith("CS", StringComparison.Ordinal)).ToList();
        var problems = new List<string>();
        foreach (var finding in expected)
        {
            var match = actual.FindIndex(found => found.Id == finding.Id && found.Path == finding.Path && found.Span == finding.Span);
            if (match < 0)
                problems.Add($"missing: {finding.Id} at {finding.Path} {finding.Span} '{TextAt(markup, finding)}'");
            else
                actual.RemoveAt(match);
        }

        problems.AddRange(actual.Select(found => $"unexpected: {found.Diagnostic} [{found.Span}]"));
        if (problems.Count > 0)
            throw new InvalidOperationException($"Findings {when} differ:\n  {string.Join("\n  ", problems)}\n{await TextAsync(solution)}");
    }

    private static string TextAt(Markup markup, ExpectedFinding finding) =>
        markup.Files.Single(file => file.Path == finding.Path).Text.Substring(finding.Span.Start, finding.Span.Length);

    /// <summary>Fails where a line that the fix has changed has a finding that was not there. What it left as it was may be found now, since async code is judged more strictly.</summary>
    private static async Task CheckNothingNewAsync(Solution before, Solution after, Case test)
    {
        var old = await FindingsByLineAsync(before);
        var kept = await LinesAsync(before);
        foreach (var found in (await FindingsByLineAsync(after)).Where(found => Package.IsOn(found.Key)))
        {
            var marked = test.After!.Expected.Count(finding => finding.Id == found.Key);
            var changed = found.Count(line => !kept.Contains(line));
            if (changed > Math.Max(marked, old[found.Key].Count()))
                throw new InvalidOperationException($"The fix brings {changed} of {found.Key} on lines that it changes:\n{await TextAsync(after)}");
        }
    }

    private static async Task CheckBuildsAsync(Solution solution, Markup markup)
    {
        var errors = (await Workspaces.BuildErrorsAsync(solution)).Where(error => markup.Expected.All(expected => expected.Id != error.Id)).ToList();
        if (errors.Count > 0)
            throw new InvalidOperationException($"The fixed code does not build:\n  {string.Join("\n  ", errors)}\n{await TextAsync(solution)}");
    }

    private static async Task<ILookup<string, string>> FindingsByLineAsync(Solution solution) =>
        (await Workspaces.DiagnosticsAsync(solution, Package.Analyzers)).ToLookup(finding => finding.Id, LineOf);

    private static string LineOf(Diagnostic finding)
    {
        var lines = finding.Location.SourceTree?.GetText().Lines;
        return lines?.GetLineFromPosition(finding.Location.SourceSpan.Start).ToString().Trim() ?? "";
    }

    private static async Task<HashSet<string>> LinesAsync(Solution solution)
    {
        var lines = new HashSet<string>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
            lines.UnionWith((await document.GetTextAsync()).Lines.Select(line => line.ToString().Trim()));
        return lines;
    }

    private static async Task CheckTextsAsync(string when, Solution solution, Markup expected)
    {
        foreach (var file in expected.Files)
        {
            var document = solution.Projects.SelectMany(project => project.Documents).Single(document => document.FilePath == "/" + file.Path);
            var actual = (await document.GetTextAsync()).ToString();
            if (actual != file.Text)
                Assert.Fail($"{file.Path} differs {when}.\n----- expected\n{file.Text}\n----- actual\n{actual}\n-----");
        }
    }

    private static async Task<string> TextAsync(Solution solution)
    {
        var texts = new List<string>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents).Where(document => document.Name != ImplicitUsings.Path))
            texts.Add($"----- {document.FilePath}\n{await document.GetTextAsync()}");
        return string.Join("\n", texts);
    }

    private sealed class Findings(Case test) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await Workspaces.FindingsAsync(project, [test.Analyzer])).Where(diagnostic => test.CodeFix!.FixableDiagnosticIds.Contains(diagnostic.Id));

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
