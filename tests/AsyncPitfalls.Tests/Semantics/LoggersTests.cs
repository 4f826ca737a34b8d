using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Tests.Semantics;

public sealed class LoggersTests
{
    [Theory]
    [InlineData("log.LogInformation(\"a\")", true)]
    [InlineData("log.Log(LogLevel.Error, 1, \"a\", null, (s, e) => s)", true)]
    [InlineData("log.BeginScope(\"a\")", false)]
    [InlineData("log.IsEnabled(LogLevel.Error)", false)]
    [InlineData("Console.WriteLine()", true)]
    [InlineData("Console.Error.Write(1)", true)]
    [InlineData("Console.Beep()", false)]
    [InlineData("Console.ReadLine()", false)]
    [InlineData("Console.Out.WriteLineAsync()", false)]
    [InlineData("TextWriter.Null.WriteLine()", false)]
    [InlineData("Trace.TraceError(\"a\")", true)]
    [InlineData("Trace.Flush()", false)]
    [InlineData("Debug.WriteLine(\"a\")", true)]
    [InlineData("Debug.Assert(true)", false)]
    public async Task Logging_call_is_told_from_others(string call, bool isLogging)
    {
        var snippet = await CompileAsync($"[|{call}|];");
        Assert.Equal(isLogging, snippet.Model.Loggers.IsLogging((IInvocationOperation)snippet.Operation));
    }

    [Theory]
    [InlineData("Task.Run(() => log.LogInformation(\"a\"))", "LogInformation")]
    [InlineData("Task.Factory.StartNew(() => Console.WriteLine())", "WriteLine")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Console.WriteLine())", "WriteLine")]
    [InlineData("Task.Run(() => Console.Out.FlushAsync())", "FlushAsync")]
    [InlineData("Task.Run(Console.WriteLine)", "WriteLine")]
    [InlineData("Task.Run(() => { log.LogDebug(\"a\"); log.LogError(\"b\"); })", "LogDebug")]
    [InlineData("Task.Run(() => Thread.Sleep(1))", null)]
    [InlineData("Task.Run(() => { })", null)]
    [InlineData("Task.Delay(1)", null)]
    public async Task Offload_names_the_logging_that_it_is_for(string call, string? name)
    {
        var snippet = await CompileAsync($"[|{call}|];");
        Assert.Equal(name, snippet.Model.Loggers.OffloadedBy((IInvocationOperation)snippet.Operation)?.LogName);
    }

    [Theory]
    [InlineData("[|Console.Out|].Flush();", "Out")]
    [InlineData("TextWriter error = (Console.Error); [|error|].Flush();", "Error")]
    [InlineData("var output = Console.Out; output = TextWriter.Null; [|output|].Flush();", null)]
    [InlineData("var output = Console.Out; Swap(ref output); [|output|].Flush(); static void Swap(ref TextWriter w) { }", null)]
    [InlineData("[|TextWriter.Null|].Flush();", null)]
    public async Task Console_stream_is_followed_through_a_local_that_keeps_it(string statements, string? stream)
    {
        var snippet = await CompileAsync(statements);
        Assert.Equal(stream, snippet.Model.Loggers.ConsoleStream(snippet.Operation, CancellationToken.None)?.Name);
    }

    private static Task<Snippet> CompileAsync(string statements) => Snippet.CompileAsync(
        $$"""
        using System.Diagnostics;
        using Microsoft.Extensions.Logging;
        class C
        {
            void M(ILogger<C> log)
            {
                {{statements}}
            }
        }
        """,
        Setup.AspNet);
}
