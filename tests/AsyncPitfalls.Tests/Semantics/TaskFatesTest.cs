using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>The base of the tests of <see cref="AsyncPitfalls.Semantics.TaskFates"/>: a method's body, in which <c>[|…|]</c> marks what makes the task.</summary>
public abstract class TaskFatesTest
{
    private protected static async Task Check(string body, string expected)
    {
        var snippet = await Compile(body);
        Assert.Equal(expected, snippet.Model.TaskFates.Of(TaskIn(snippet)).End.ToString());
    }

    /// <summary>The marked expression; a mark around an argument means its value.</summary>
    private protected static IOperation TaskIn(Snippet snippet) => snippet.Operation is IArgumentOperation argument ? argument.Value : snippet.Operation;

    private protected static Task<Snippet> Compile(string body) => Snippet.CompileAsync(
        $$"""
        class C
        {
            Task field = Task.CompletedTask;
            List<int> xs = new();
            static Task? shared;

            async Task M(bool b, int n, object any)
            {
                {{body}}
            }

            async Task F() => await Task.Delay(1);
            async Task<int> G() { await Task.Delay(1); return 1; }
            void Stop() { }
            void Take(Task task) { }
            void Swap(ref Task task) { }
            void Give(out Task task) { task = F(); }
            static bool Is(Exception e) => e is not null;
        }

        class Resource : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }
            public ValueTask DisposeAsync() => default;
            public Task Work() => Task.Delay(1);
        }
        """);
}
