using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Code of shapes that nobody writes by hand: no rule throws on it, overflows its stack, or goes on for ever.</summary>
public sealed class HostileCodeTests
{
    /// <summary>A stack that is smaller than that of any thread which a host analyzes on.</summary>
    private const int SmallStack = 768 * 1024;

    /// <summary>How much of each shape rules still look into.</summary>
    private const int LookedInto = 60;

    /// <summary>Far more than any shape takes, also on a busy machine: what has not ended by then does not end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Shapes => [.. HostileCode.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_rule_bears_code_of_any_shape(string name)
    {
        var shape = HostileCode.All.Single(shape => shape.Name == name);
        Analyze(shape, Math.Min(shape.Size, LookedInto));
    }

    // Two thousand lambdas in each other overflow the stack of the compiler itself. What an older compiler does with such code, it does the same, and more slowly.
    [NeedsCSharpTheory(12)]
    [InlineData("a synchronous method of so many lines")]
    [InlineData("tasks in one method, none awaited")]
    [InlineData("tasks over twice as many branches")]
    [InlineData("arms of a switch statement")]
    [InlineData("arms of a switch expression")]
    [InlineData("sum of so many terms")]
    [InlineData("patterns joined by 'and' and 'or'")]
    [InlineData("calls in the arguments of calls")]
    [InlineData("awaits in the arguments of awaits")]
    [InlineData("waits in the arguments of waits")]
    [InlineData("chain of conditional members")]
    [InlineData("conditional expressions in each other")]
    [InlineData("parentheses")]
    [InlineData("conditions in conditions")]
    [InlineData("generic types that contain themselves")]
    [InlineData("generic methods that call themselves with larger types")]
    [InlineData("classes that inherit from each other in a ring")]
    [InlineData("interfaces that inherit from each other in a ring")]
    public void Every_rule_bears_code_of_any_size(string name)
    {
        var shape = HostileCode.All.Single(shape => shape.Name == name);
        Analyze(shape, shape.Size);
    }

    private static void Analyze(HostileCode shape, int size)
    {
        var tree = CSharpSyntaxTree.ParseText(shape.Write(size), new CSharpParseOptions(LanguageVersion.Preview), "Hostile.cs");
        var compilation = CSharpCompilation.Create(
            "Hostile", [tree], ReferenceSets.Load(References.Net), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var patience = new CancellationTokenSource(Patience);
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    AllRulesRun.FindingsAsync(compilation, new AnalyzerOptions([]), concurrently: false, patience.Token).Wait();
                }
                catch (AggregateException exception)
                {
                    thrown = exception.InnerException;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
