extern alias Build;

using Build::AsyncPitfalls.Build;
using BuildFault = Build::AsyncPitfalls.Baselines.BaselineFault;
using BuildFinding = Build::AsyncPitfalls.Baselines.KnownFinding;

namespace AsyncPitfalls.Tests.Baselines;

/// <summary>The compiler's log is read as it is written; real ones are in the package tests.</summary>
public sealed class CompilerLogTests : IDisposable
{
    private const string Ours = """, "properties": { "warningLevel": 1, "customProperties": { "other": "x", "asyncpitfalls.line": "t.Wait();", "asyncpitfalls.member": "C.M" } }""";

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("file:///src/App/Data/%E6%96%87%E4%BB%B6%201.cs", "/src/App/", "Data/文件 1.cs")]
    [InlineData("file:///src/Shared/A.cs", "/src/App/", "../Shared/A.cs")]
    [InlineData("file:///C:/src/App/A.cs", @"C:\src\App\", "A.cs")]
    [InlineData("Data/A%20B.cs", "/src/App/", "Data/A B.cs")]
    public void A_finding_of_ours_is_read(string address, string folder, string path) =>
        Assert.Equal([new BuildFinding("AP0002", path, "C.M", "t.Wait();")], FindingsIn(ResultAt(address, Ours), folder));

    [Theory]
    [InlineData("")]
    [InlineData(""", "properties": { "warningLevel": 1 }""")]
    [InlineData(""", "properties": { "customProperties": { "line": "t.Wait();" } }""")]
    public void A_finding_of_others_is_passed_over(string properties) => Assert.Empty(FindingsIn(ResultAt("file:///src/App/A.cs", properties)));

    [Theory]
    [InlineData("Pragma Directive")]
    [InlineData("SuppressMessageAttribute")]
    public void What_the_code_says_is_meant_is_passed_over(string suppression) =>
        Assert.Empty(FindingsIn(ResultAt("file:///src/App/A.cs", Ours + Suppressed(suppression))));

    [Fact]
    public void What_a_suppressor_takes_back_is_a_finding() =>
        Assert.Single(FindingsIn(ResultAt("file:///src/App/A.cs", Ours + Suppressed("DiagnosticSuppressor { Suppression Id: APB0002, Suppression Justification: … }"))));

    [Fact]
    public void A_log_that_breaks_off_is_refused()
    {
        File.WriteAllText(file, """{ "runs": [{ "results": [""");
        Assert.Throws<BuildFault>(() => CompilerLog.FindingsIn(file, "/src/App/"));
    }

    private static string ResultAt(string address, string more) =>
        $$"""{ "ruleId": "AP0002", "level": "error", "message": { "text": "…" }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "{{address}}" }, "region": { "startLine": 1 } } }]{{more}} }""";

    private static string Suppressed(string type) => $$""", "suppressions": [{ "kind": "inSource", "properties": { "suppressionType": "{{type}}" } }]""";

    private IReadOnlyList<BuildFinding> FindingsIn(string result, string folder = "/src/App/")
    {
        File.WriteAllText(file, $$"""{ "version": "2.1.0", "runs": [{ "results": [{{result}}], "tool": { "driver": { "name": "Compiler" } } }] }""");
        return CompilerLog.FindingsIn(file, folder);
    }
}
