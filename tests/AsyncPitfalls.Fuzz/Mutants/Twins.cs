using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Fuzz;

/// <summary>Types that rules know by name, declared a second time.</summary>
public static class Twins
{
    /// <summary>Their source.</summary>
    public const string Source =
        """
        namespace System.Threading
        {
            public class SemaphoreSlim { public SemaphoreSlim(int count) { } public void Wait() { } public Tasks.Task WaitAsync() => null; public int Release() => 0; }
            public static class Monitor { public static void Enter(object o) { } public static void Exit(object o) { } }
            public class Thread { public Thread(ThreadStart start) { } public void Start() { } public static void Sleep(int time) { } public void Join() { } }
            public struct CancellationToken { public bool IsCancellationRequested => false; }
        }
        namespace System.Threading.Tasks
        {
            public class Task { public void Wait() { } public static Task Run(System.Action action) => null; public static Task Delay(int time) => null; public static Task WhenAll(params Task[] tasks) => null; public bool IsCompleted => false; }
            public class Task<T> : Task { public T Result => default; }
            public struct ValueTask { public Task AsTask() => null; }
        }
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { System.Threading.Tasks.Task StartAsync(System.Threading.CancellationToken token); }
            public abstract class BackgroundService { protected abstract System.Threading.Tasks.Task ExecuteAsync(System.Threading.CancellationToken token); }
        }
        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }
            public static class LoggerExtensions { public static void LogInformation(this ILogger logger, string message, params object[] args) { } }
        }
        """;

    /// <summary>An assembly of them.</summary>
    public static MetadataReference Assembly { get; } = Compile();

    private static MetadataReference Compile()
    {
        var compilation = CSharpCompilation.Create(
            "Twins", [CSharpSyntaxTree.ParseText(Source)], CodeBase.Against("Net"), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success
            ? MetadataReference.CreateFromImage(ImmutableArray.Create(image.ToArray()))
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
