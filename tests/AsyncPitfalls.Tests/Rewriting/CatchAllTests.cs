using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace AsyncPitfalls.Tests.Rewriting;

/// <summary>The <c>try</c> that a fix puts around a body, whatever form the function has. The function is what <c>[|…|]</c> marks.</summary>
public sealed class CatchAllTests
{
    private const string Stubs =
        """

        === Test/Loggers.cs
        namespace Serilog
        {
            public interface ILogger { void Error(Exception exception, string template); void Error(string template); }
            public static class Log { public static void Error(Exception exception, string template) { } }
        }

        namespace NLog
        {
            public interface ILoggerBase { }
            public interface ILogger : ILoggerBase { void Error(Exception exception, string message); }
            public class Logger : ILogger { public void Error(Exception exception, string message) { } }
        }

        namespace log4net
        {
            public interface ILog { void Error(object message); void Error(object message, Exception exception); }
        }
        """;

    [Fact]
    public Task A_block_is_wrapped_and_its_lines_move_right() => Wraps(
        """
        using System.Diagnostics;

        class C
        {
            // starts
            [|async void M(string path) // here
            {
                // first
                var text = @"one
            two"; // kept

                /* many
                   lines */
                if (path == text)
                    return;
        #if !DEBUG
                await File.WriteAllTextAsync(path, text);
        #else
                await Task.Yield();
        #endif
                // last
            }|]
        }
        """,
        """
        using System.Diagnostics;

        class C
        {
            // starts
            async void M(string path) // here
            {
                try
                {
                    // first
                    var text = @"one
            two"; // kept

                    /* many
                       lines */
                    if (path == text)
                        return;
        #if !DEBUG
                    await File.WriteAllTextAsync(path, text);
        #else
                await Task.Yield();
        #endif
                    // last
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            }
        }
        """);

    [Fact]
    public Task A_body_in_one_line_gets_lines_of_its_own() => Wraps(
        """
        class C
        {
            [|async void M() { await Task.Yield(); Console.Beep(); }|]
        }
        """,
        """
        using System.Diagnostics;

        class C
        {
            async void M()
            {
                try
                {
                    await Task.Yield();
                    Console.Beep();
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            }
        }
        """);

    [Theory]
    [InlineData("async void M() => await Task.Yield();", "async void M()")]
    [InlineData("async void M<T>() where T : class => await Task.Yield();", "async void M<T>() where T : class")]
    [InlineData("async Task M() => await Task.Yield();", "async Task M()")]
    public Task An_expression_becomes_a_block(string method, string head) => Wraps(
        $$"""
        using System.Diagnostics;

        class C
        {
            [|{{method}}|]
        }
        """,
        $$"""
        using System.Diagnostics;

        class C
        {
            {{head}}
            {
                try
                {
                    await Task.Yield();
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            }
        }
        """);

    [Theory]
    [InlineData("async (s, e) => await Task.Yield()", "async (s, e) =>")]
    [InlineData("async (s, e) => { await Task.Yield(); }", "async (s, e) =>")]
    [InlineData("async delegate { await Task.Yield(); }", "async delegate")]
    public Task A_lambda_becomes_one_with_a_block(string lambda, string head) => Wraps(
        $$"""
        using System.Diagnostics;

        class C
        {
            event EventHandler? Happened;

            void M()
            {
                Happened += [|{{lambda}}|];
            }
        }
        """,
        $$"""
        using System.Diagnostics;

        class C
        {
            event EventHandler? Happened;

            void M()
            {
                Happened += {{head}}
                {
                    try
                    {
                        await Task.Yield();
                    }
                    catch (Exception exception)
                    {
                        // Handle the exception here: nobody else sees it.
                        Trace.TraceError(exception.ToString());
                    }
                };
            }
        }
        """);

    [Fact]
    public Task A_lambda_with_a_block_keeps_its_lines() => Wraps(
        """
        using System.Diagnostics;

        class C
        {
            void M(Timer exception)
            {
                ThreadPool.QueueUserWorkItem([|async state =>
                {
                    await Task.Delay(1);
                    exception.Dispose();
                }|]);
            }
        }
        """,
        """
        using System.Diagnostics;

        class C
        {
            void M(Timer exception)
            {
                ThreadPool.QueueUserWorkItem(async state =>
                {
                    try
                    {
                        await Task.Delay(1);
                        exception.Dispose();
                    }
                    catch (Exception exception1)
                    {
                        // Handle the exception here: nobody else sees it.
                        Trace.TraceError(exception1.ToString());
                    }
                });
            }
        }
        """);

    [Fact]
    public Task The_only_try_gets_one_more_clause() => Wraps(
        """
        using System.Diagnostics;

        class C
        {
            private bool isBusy;

            [|async void M()
            {
                if (isBusy)
                    return;
                isBusy = true;
                try
                {
                    await Task.Yield();
                }
                catch (HttpRequestException ex)
                {
                    Console.WriteLine(ex);
                }
                finally
                {
                    isBusy = false;
                }
            }|]
        }
        """,
        """
        using System.Diagnostics;

        class C
        {
            private bool isBusy;

            async void M()
            {
                if (isBusy)
                    return;
                isBusy = true;
                try
                {
                    await Task.Yield();
                }
                catch (HttpRequestException ex)
                {
                    Console.WriteLine(ex);
                }
                catch (Exception ex)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(ex.ToString());
                }
                finally
                {
                    isBusy = false;
                }
            }
        }
        """);

    [Theory]
    [InlineData("try { await Task.Yield(); } catch (Exception) { throw; }")]
    [InlineData("try { await Task.Yield(); } catch (IOException) { await Task.Yield(); }")]
    [InlineData("try { await Task.Yield(); } finally { await Task.Yield(); }")]
    [InlineData("try { await Task.Yield(); } finally { } Console.Beep();")]
    public async Task A_try_that_a_clause_would_not_mend_is_wrapped(string body)
    {
        var mended = await WrappedAsync($"class C {{ [|async void M() {{ {body} }}|] }}", Setup.Default);
        Assert.Equal(2, mended.Split("try").Length - 1);
    }

    [Theory]
    [InlineData("private readonly ILogger<C> logger; C(ILogger<C> logger) => this.logger = logger;", "logger.LogError(exception, \"'M' failed\");")]
    [InlineData("static readonly ILogger log = null!;", "log.LogError(exception, \"'M' failed\");")]
    [InlineData("protected ILogger? Log { get; }", "Log?.LogError(exception, \"'M' failed\");")]
    [InlineData("private readonly Serilog.ILogger @event = null!;", "@event.Error(exception, \"'M' failed\");")]
    [InlineData("private readonly NLog.Logger logger = null!;", "logger.Error(exception, \"'M' failed\");")]
    [InlineData("private readonly NLog.ILogger logger = null!;", "logger.Error(exception, \"'M' failed\");")]
    [InlineData("private readonly log4net.ILog log = null!;", "log.Error(\"'M' failed\", exception);")]
    [InlineData("private readonly ILoggerFactory factory = null!;", "Trace.TraceError(exception.ToString());")]
    public async Task A_logger_of_the_type_is_used(string member, string statement) =>
        Assert.Contains(statement, await WrappedAsync("using Microsoft.Extensions.Logging; class C { " + member + " [|async void M() { await Task.Yield(); }|] }" + Stubs, Setup.AspNet));

    [Theory]
    [InlineData("class C : B { [|async void M() { await Task.Yield(); }|] } class B { protected Microsoft.Extensions.Logging.ILogger Log = null!; }", "LoggerExtensions.LogError(Log, exception,")]
    [InlineData("class C : B { [|async void M() { await Task.Yield(); }|] } class B { private Microsoft.Extensions.Logging.ILogger Log = null!; }", "Trace.")]
    [InlineData("class C { Microsoft.Extensions.Logging.ILogger log = null!; [|static async void M() { await Task.Yield(); }|] }", "Trace.")]
    [InlineData("class C { Microsoft.Extensions.Logging.ILogger log = null!; [|async void M(Microsoft.Extensions.Logging.ILogger<C> own) { await Task.Yield(); }|] }", "LoggerExtensions.LogError(own,")]
    [InlineData("class C { [|async void M() { Microsoft.Extensions.Logging.ILogger log = null!; await Task.Yield(); }|] }", "Trace.")]
    [InlineData("class C { void N(Microsoft.Extensions.Logging.ILogger log) { [|async void M() { await Task.Yield(); }|] } }", "LoggerExtensions.LogError(log,")]
    [InlineData("class C { void N(Microsoft.Extensions.Logging.ILogger log) { [|static async void M() { await Task.Yield(); }|] } }", "Trace.")]
    [InlineData("class C { void N() { var log = (Microsoft.Extensions.Logging.ILogger)null!; Action a = [|async () => await Task.Yield()|]; } }", "LoggerExtensions.LogError(log,")]
    [InlineData("class C { void N() { Action a = [|async () => await Task.Yield()|]; var log = (Microsoft.Extensions.Logging.ILogger)null!; } }", "Trace.")]
    [InlineData("using Serilog; class C { [|async void M() => await Task.Yield();|] }", "Log.Error(exception, \"'M' failed\");")]
    public async Task A_logger_is_used_only_where_it_can_be_named(string code, string statement)
    {
        var mended = await WrappedAsync(code + Stubs, Setup.AspNet);
        Assert.Contains(statement, mended);
    }

    [NeedsCSharpFact(12)]
    public async Task A_parameter_of_the_primary_constructor_is_used() => Assert.Contains(
        "LoggerExtensions.LogError(logger, exception, \"'M' failed\");",
        await WrappedAsync("class C(Microsoft.Extensions.Logging.ILogger<C> logger) { [|async void M() { await Task.Yield(); }|] }", Setup.AspNet));

    [Theory]
    [InlineData("class C { [|async Task<int> M() { await Task.Yield(); return 1; }|] }")]
    [InlineData("class C { [|async void M() { }|] }")]
    [InlineData("abstract class C { [|public abstract void M();|] }")]
    public async Task What_returns_a_value_or_does_nothing_is_not_wrapped(string code) =>
        Assert.Null(await PlanAsync(await PlaceAsync(code, Setup.Default)));

    [Theory]
    [InlineData("\r\n", "    ")]
    [InlineData("\n", "\t")]
    [InlineData("\n", "  ")]
    public async Task Line_breaks_and_indentation_stay_what_they_are(string lineBreak, string unit)
    {
        string[] before = ["using System.Diagnostics;", "", "class C", "{", "»[|async void M()", "»{", "»»var x = 1;", "»»if (x > 0)", "»»»await Task.Yield();", "»}|]", "}", ""];
        string[] after =
        [
            "using System.Diagnostics;", "", "class C", "{", "»async void M()", "»{", "»»try", "»»{", "»»»var x = 1;", "»»»if (x > 0)", "»»»»await Task.Yield();", "»»}",
            "»»catch (Exception exception)", "»»{", "»»»// Handle the exception here: nobody else sees it.", "»»»Trace.TraceError(exception.ToString());", "»»}", "»}", "}", "",
        ];
        var setup = new Setup { EditorConfig = unit == "\t" ? "indent_style = tab" : $"indent_size = {unit.Length}" };
        Assert.Equal(Text(after), await WrappedAsync(Text(before), setup));

        string Text(string[] lines) => string.Join(lineBreak, lines).Replace("»", unit, StringComparison.Ordinal);
    }

    [Fact]
    public Task The_braces_follow_the_configuration() => Wraps(
        """
        using System.Diagnostics;

        class C {
            [|async void M() {
                await Task.Yield();
            }|]
        }
        """,
        """
        using System.Diagnostics;

        class C {
            async void M() {
                try {
                    await Task.Yield();
                } catch (Exception exception) {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            }
        }
        """,
        new Setup { EditorConfig = "csharp_new_line_before_open_brace = none\ncsharp_new_line_before_catch = false" });

    private static async Task Wraps(string before, string after, Setup? setup = null) =>
        Assert.Equal(after, await WrappedAsync(before, setup ?? Setup.Default));

    private static async Task<string> WrappedAsync(string code, Setup setup)
    {
        var place = await PlaceAsync(code, setup);
        var mended = await FixSession.ApplyAsync(place.Document.Project.Solution, [(await PlanAsync(place))!], default);
        var action = CodeAction.Create("wrap", _ => Task.FromResult(mended), "wrap");
        var changed = await OwnEngine.ApplyAsync(action);
        Assert.Empty(await Workspaces.BuildErrorsAsync(changed));
        return (await changed.GetDocument(place.Document.Id)!.GetTextAsync()).ToString();
    }

    private static async Task<Fix?> PlanAsync(CodePlace place) =>
        await Task.Run(() => CatchAll.Of(place, null, default)) is { } caught ? new Fix(caught.Title, caught.Edits) : null;

    private static async Task<CodePlace> PlaceAsync(string code, Setup setup)
    {
        var markup = Markup.Parse(code, "AP0000");
        var document = Workspaces.Create(markup.Files, setup).Projects.Single().Documents.Single(document => document.Name == "Test.cs");
        var root = (await document.GetSyntaxRootAsync())!;
        var node = root.FindNode(markup.Expected.Single().Span).DescendantNodesAndSelf().First(Functions.IsFunction);
        return (await CodePlace.OfAsync(document, node, default))!;
    }
}
