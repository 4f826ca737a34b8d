using System.Text;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Long walks look at nothing more once they are cancelled, however much of a function lies before them.</summary>
public sealed class CancelledWalkTests : TaskFatesTest
{
    private const int Statements = 500;

    // What is looked at between a cancellation and the next time that a walk asks for it.
    private const int Few = 3;

    [Fact]
    public async Task Paths_of_a_task_stop()
    {
        using var source = new CancellationTokenSource();
        var (snippet, call) = await LongMethod();
        var question = new Cancelling(source);
        var fates = snippet.Model.TaskFates;
        Assert.Throws<OperationCanceledException>(() => fates.Follow(call, fates.DestinationOf(call), question, source.Token));
        Assert.InRange(question.AskedAfter, 0, Few);
    }

    [Fact]
    public async Task Paths_to_the_end_of_a_function_stop()
    {
        using var source = new CancellationTokenSource();
        var (snippet, call) = await LongMethod();
        var asked = 0;
        Assert.Throws<OperationCanceledException>(() => snippet.Model.TaskFates.ReachesEnd(
            call,
            _ =>
            {
                asked++;
                source.Cancel();
                return false;
            },
            source.Token));
        Assert.InRange(asked, 1, Few);
    }

    [Fact]
    public async Task States_that_paths_carry_stop()
    {
        using var source = new CancellationTokenSource();
        var (snippet, call) = await LongMethod();
        var graph = snippet.Model.FlowGraphs.Around(call, CancellationToken.None)!;
        var asked = 0;
        Assert.Throws<OperationCanceledException>(() => FlowStates.At(
            graph,
            call,
            0,
            (_, state) =>
            {
                asked++;
                source.Cancel();
                return state;
            },
            source.Token));
        Assert.InRange(asked, 1, Few);
    }

    [Fact]
    public void Searches_through_functions_stop()
    {
        using var source = new CancellationTokenSource();
        var asked = 0;
        var fact = new RecursiveFact<int>(
            (function, search) =>
            {
                asked++;
                source.Cancel();
                return search.Ask(function + 1);
            },
            EqualityComparer<int>.Default);
        Assert.Throws<OperationCanceledException>(() => fact.Of(0, null, source.Token));
        Assert.InRange(asked, 1, Few);
    }

    [Fact]
    public async Task What_is_known_completed_is_not_searched_for()
    {
        using var source = new CancellationTokenSource();
        var (snippet, call) = await LongMethod(before: "await t;");
        snippet.Model.FlowGraphs.Around(call, CancellationToken.None);
        var last = snippet.Semantics.GetOperation(snippet.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Last(name => name.Identifier.ValueText == "t"))!;
        await source.CancelAsync();
        Assert.Throws<OperationCanceledException>(() => snippet.Model.CompletedTasks.IsKnownCompleted(last, source.Token));
    }

    private static async Task<(Snippet Snippet, IInvocationOperation Call)> LongMethod(string before = "")
    {
        var lines = Enumerable.Range(0, Statements).Aggregate(new StringBuilder(), (text, i) => text.AppendLine($"Take(t); n += {i}; await F();"));
        var snippet = await Compile($"var t = F(); {before} {lines} await t;");
        var call = snippet.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().First().DescendantNodes().OfType<InvocationExpressionSyntax>().First();
        return (snippet, (IInvocationOperation)snippet.Semantics.GetOperation(call)!);
    }

    /// <summary>Cancels at the first use that it is asked about.</summary>
    private sealed class Cancelling(CancellationTokenSource source) : PathQuestion
    {
        public int AskedAfter { get; private set; }

        public override PathEffect EffectOf(TaskDestination use)
        {
            Count();
            return PathEffect.GoesOn;
        }

        public override PathEffect EffectOf(TaskEvent other, bool isDoubtful)
        {
            Count();
            return PathEffect.GoesOn;
        }

        private void Count()
        {
            if (source.IsCancellationRequested)
                AskedAfter++;
            source.Cancel();
        }
    }
}
