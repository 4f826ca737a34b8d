using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AsyncPitfalls;
using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

// How long each rule takes on a generated project: dotnet run -c Release --project tests/AsyncPitfalls.Benchmarks [lines] [rounds] [rule]
var lines = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 193_000;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var only = args.Length > 2 ? args[2] : null;

var project = Corpus.Generated(lines);
var analyzers = typeof(RuleCatalog).Assembly.GetTypes()
    .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type))
    .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
    .Where(analyzer => only is null || analyzer.SupportedDiagnostics[0].Id == only)
    .OrderBy(analyzer => analyzer.SupportedDiagnostics[0].Id, StringComparer.Ordinal)
    .ToImmutableArray();

Console.WriteLine($"{project.Lines} lines, {analyzers.Length} rules, the best of {rounds} rounds");

var times = analyzers.ToDictionary(analyzer => analyzer, _ => TimeSpan.MaxValue);
var counts = new Dictionary<string, int>();
var compiled = TimeSpan.MaxValue;
for (var round = 0; round < rounds; round++)
{
    // Parsed anew each time: what is kept from file to file must be paid for too.
    var compilation = project.Parse()[0];
    var clock = Stopwatch.StartNew();
    var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(3).ToList();
    compiled = Min(compiled, clock.Elapsed);
    if (errors.Count > 0)
        throw new InvalidOperationException(string.Join(Environment.NewLine, errors));

    // One thread, so that no rule's clock runs while another one has its processor.
    var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
    var analysis = new CompilationWithAnalyzers(compilation, analyzers, options);
    var found = await analysis.GetAnalysisResultAsync(CancellationToken.None);
    counts = found.GetAllDiagnostics().GroupBy(diagnostic => diagnostic.Id).ToDictionary(group => group.Key, group => group.Count());
    foreach (var analyzer in analyzers)
        times[analyzer] = Min(times[analyzer], found.AnalyzerTelemetryInfo[analyzer].ExecutionTime);
}

Console.WriteLine($"compiling alone: {compiled.TotalMilliseconds:N0} ms");
Console.WriteLine();
Console.WriteLine("rule        time     of compiling   findings");
foreach (var analyzer in analyzers)
{
    var id = analyzer.SupportedDiagnostics[0].Id;
    Console.WriteLine($"{id}  {times[analyzer].TotalMilliseconds,7:N0} ms  {times[analyzer] / compiled,11:P1}  {counts.GetValueOrDefault(id),9}");
}

Console.WriteLine($"all     {times.Values.Sum(time => time.TotalMilliseconds),7:N0} ms  {times.Values.Sum(time => time / compiled),11:P1}");

static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
