using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0027EscapingExceptionsTests() : RuleTest(new AP0027EscapingExceptionsAnalyzer(), new AP0027EscapingExceptionsCodeFix())
{
    [Fact]
    public Task Handlers_by_shape_by_subscription_and_by_signature_are_reported() => Reports(
        """
        interface I { void M(); }
        abstract class B { protected abstract void A(); }
        class C : B, I
        {
            event Action? Happened;
            event EventHandler? Clicked;
            event EventHandler<int>? Counted { add { } remove { } }

            async void [|OnClick|](object? sender, EventArgs e) { await Task.Yield(); }
            async void [|OnHappened|]() => await Task.Yield();
            public async void [|M|]() { await Task.Yield(); }
            protected override async void [|A|]() { await Task.Yield(); }

            void N()
            {
                Happened += OnHappened;
                Clicked += OnLocal;
                Clicked += [|async|] (sender, e) => await Task.Yield();
                Clicked += [|async|] (sender, e) => { await Task.Yield(); };
                Clicked += [|async|] delegate { await Task.Yield(); };
                Clicked += new EventHandler([|async|] (sender, e) => await Task.Yield());
                Clicked += (EventHandler)([|async|] (sender, e) => await Task.Yield());
                Clicked += static [|async|] (sender, e) => await Task.Yield();
                Counted += [|async|] (sender, count) => await Task.Delay(count);
                async void [|OnLocal|](object? sender, EventArgs e) { await Task.Yield(); }
                Happened?.Invoke();
                Clicked?.Invoke(this, EventArgs.Empty);
            }
        }
        class Base { public async void [|Go|]() => await Task.Yield(); }
        interface IJob { void Go(); }
        class Derived : Base, IJob { }
        partial class P { async partial void [|OnChanged|]() => await Task.Yield(); }
        === Test/P.g.cs
        partial class P { partial void OnChanged(); }
        """);

    [Fact]
    public Task What_has_a_choice_or_another_rule_is_silent() => Silent(
        """
        class C
        {
            event Action? Happened;
            event EventHandler? Clicked;
            async void M() { await Task.Yield(); }
            async void OnNothing(object? sender, EventArgs e) { }
            async Task OnTask(object? sender, EventArgs e) => await Task.Yield();
            void OnSync(object? sender, EventArgs e) { Task.Delay(1); }
            void N()
            {
                Happened += async () => await Task.Yield();
                Clicked += async (sender, e) => { };
                Clicked += (sender, e) => { M(); };
                EventHandler h = async (sender, e) => await Task.Yield();
                Clicked += h;
                Happened?.Invoke();
                Clicked?.Invoke(this, EventArgs.Empty);
            }
        }
        """);

    [Theory]
    [InlineData("try { await F(); } catch { }")]
    [InlineData("try { await F(); } catch (Exception) { }")]
    [InlineData("try { await F(); } catch (Exception ex) when (true) { Console.WriteLine(ex); }")]
    [InlineData("try { await F(); } catch (IOException) { } catch (Exception) { }")]
    [InlineData("Console.Beep(); try { await F(); } catch (Exception) { } Console.Beep();")]
    [InlineData("try { try { await F(); } finally { await F(); } } catch (Exception) { }")]
    [InlineData("try { try { await F(); } catch (IOException) { await F(); throw; } } catch (Exception) { }")]
    [InlineData("while (true) { try { await F(); } catch (Exception) { } }")]
    [InlineData("try { await foreach (var x in xs) { } } catch (Exception) { }")]
    [InlineData("try { await using var x = d; } catch (Exception) { }")]
    [InlineData("try { await using (d) { } } catch (Exception) { }")]
    [InlineData("try { await F().ConfigureAwait(false)!; } catch (Exception) { }")]
    [InlineData("Func<Task> f = async () => await F(); try { await f(); } catch (Exception) { }")]
    [InlineData("try { await F(); } catch (Exception) { } async Task G() => await F();")]
    [InlineData("try { await F(); } catch (Exception) { try { throw; } catch (Exception) { } }")]
    [InlineData("try { await F(); } catch (Exception ex) { if (ex is OutOfMemoryException) throw; }")]
    [InlineData("try { await F(); } catch (Exception ex) when (!Equals(ex)) { }")]
    [InlineData("await Task.Yield(); try { await F(); } catch (Exception) { }")]
    [InlineData("await Task.Delay(1); try { await F(); } catch (Exception) { } finally { await Task.Delay(1).ConfigureAwait(true); }")]
    [InlineData("await F().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); try { await F(); } catch (Exception) { }")]
    [InlineData("await Task.CompletedTask; await Task.FromResult(1); try { await F(); } catch (Exception) { }")]
    public Task Awaits_inside_of_a_try_that_catches_all_are_silent(string body) => Silent(Handler("OnClick", body));

    [Theory]
    [InlineData("await F();")]
    [InlineData("try { await F(); } finally { }")]
    [InlineData("try { await F(); } catch (IOException) { }")]
    [InlineData("try { await F(); } catch (OperationCanceledException) { }")]
    [InlineData("try { await F(); } catch (Exception ex) when (ex is IOException) { }")]
    [InlineData("try { await F(); } catch (Exception) { throw; }")]
    [InlineData("try { await F(); } catch (Exception ex) { throw new InvalidOperationException(\"\", ex); }")]
    [InlineData("try { await F(); } catch (Exception) { await F(); }")]
    [InlineData("try { await F(); } catch (Exception) { } finally { await F(); }")]
    [InlineData("await F(); try { await F(); } catch (Exception) { }")]
    [InlineData("try { await F(); } catch (Exception) { } await F();")]
    [InlineData("try { Console.Beep(); } catch (Exception) { } await F();")]
    [InlineData("await using var x = d; try { await F(); } catch (Exception) { }")]
    [InlineData("await foreach (var x in xs) { try { await F(); } catch (Exception) { } }")]
    [InlineData("Func<Task> f = async () => { try { await F(); } catch (Exception) { } }; await f();")]
    [InlineData("if (sender is null) return; await F();")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Yield(); Console.Beep();")]
    [InlineData("await Task.Delay(1, new CancellationToken(true)); try { await F(); } catch (Exception) { }")]
    [InlineData("await Task.Delay(1).WaitAsync(TimeSpan.Zero); try { await F(); } catch (Exception) { }")]
    [InlineData("await F().ConfigureAwait(ConfigureAwaitOptions.ForceYielding); try { await F(); } catch (Exception) { }")]
    public Task An_await_outside_is_reported(string body) => Reports(Handler("[|OnClick|]", body));

    [Fact]
    public async Task The_message_names_the_function_and_the_await_is_related()
    {
        var found = await Findings("class C { event EventHandler? Clicked { add { } remove { } } async void OnClick(object s, EventArgs e) { await Task.Yield(); } void M() { Clicked += async (s, e) => await Task.Delay(1); } }");
        Assert.Equal("'OnClick' must be async void and awaits where nothing catches: an exception there reaches nobody and ends the process; catch and handle it here", found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith("This handler of 'Clicked' must be async void", found[1].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("await Task.Yield()", (await found[0].AdditionalLocations.Single().SourceTree!.GetTextAsync()).ToString(found[0].AdditionalLocations.Single().SourceSpan));
    }

    [Fact]
    public async Task It_is_off_where_nobody_turns_it_on()
    {
        var rule = new AP0027EscapingExceptionsAnalyzer().SupportedDiagnostics[0];
        Assert.False(rule.IsEnabledByDefault);
        var project = Workspaces.Create(Markup.Parse(Handler("OnClick", "await F();"), "AP0027").Files, Setup.Default).Projects.Single();
        var found = await Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzerExtensions
            .WithAnalyzers((await project.GetCompilationAsync())!, [new AP0027EscapingExceptionsAnalyzer()], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(found);
    }

    [Fact]
    public Task Handlers_are_wrapped_in_every_form() => Fixes(
        """
        using System.Diagnostics;

        class C
        {
            event EventHandler? Clicked { add { } remove { } }

            private async void [|OnClick|](object? sender, EventArgs e)
            {
                var text = await File.ReadAllTextAsync("a"); // the text
                if (text.Length == 0)
                    return;
                await File.WriteAllTextAsync("b", text);
            }

            private async void [|OnClosed|](object? sender, EventArgs e) => await Task.Yield();

            void M()
            {
                Clicked += [|async|] (sender, e) => await Task.Yield();
                Clicked += [|async|] (sender, e) =>
                {
                    Clicked += [|async|] delegate
                    {
                        await Task.Yield();
                    };
                    await Task.Yield();
                };
                async void [|OnLocal|](object? sender, EventArgs e)
                {
                    await Task.Yield();
                }
            }
        }
        """,
        """
        using System.Diagnostics;

        class C
        {
            event EventHandler? Clicked { add { } remove { } }

            private async void OnClick(object? sender, EventArgs e)
            {
                try
                {
                    var text = await File.ReadAllTextAsync("a"); // the text
                    if (text.Length == 0)
                        return;
                    await File.WriteAllTextAsync("b", text);
                }
                catch (Exception exception)
                {
                    // Handle the exception here: nobody else sees it.
                    Trace.TraceError(exception.ToString());
                }
            }

            private async void OnClosed(object? sender, EventArgs e)
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

            void M()
            {
                Clicked += async (sender, e) =>
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
                Clicked += async (sender, e) =>
                {
                    try
                    {
                        Clicked += async delegate
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
                        await Task.Yield();
                    }
                    catch (Exception exception)
                    {
                        // Handle the exception here: nobody else sees it.
                        Trace.TraceError(exception.ToString());
                    }
                };
                async void OnLocal(object? sender, EventArgs e)
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
        }
        """);

    // The import adder of the oldest Roslyn ends the line with CRLF, whatever the file does.
    [NeedsCSharpFact(12)]
    public Task The_logger_of_the_type_is_used_and_missing_imports_are_added() => Fixes(
        """
        using Microsoft.Extensions.Logging;

        class Page
        {
            private readonly ILogger<Page> logger;

            public Page(ILogger<Page> logger) => this.logger = logger;

            event System.EventHandler? Clicked { add { } remove { } }

            void M() => Clicked += [|async|] (sender, e) => await System.Threading.Tasks.Task.Yield();
        }
        """,
        """
        using System;
        using Microsoft.Extensions.Logging;

        class Page
        {
            private readonly ILogger<Page> logger;

            public Page(ILogger<Page> logger) => this.logger = logger;

            event System.EventHandler? Clicked { add { } remove { } }

            void M() => Clicked += async (sender, e) =>
            {
                try
                {
                    await System.Threading.Tasks.Task.Yield();
                }
                catch (Exception exception)
                {
                    logger.LogError(exception, "'Clicked' failed");
                }
            };
        }
        """, setup: Setup.AspNet with { ImplicitUsings = false });

    [Fact]
    public async Task The_title_says_what_is_done()
    {
        Assert.Equal(["Catch every exception, to be handled here"], await Titles(Handler("OnClick", "await F();")));
        Assert.Equal(
            ["Catch every exception and log it with 'log'"],
            await Titles("using Microsoft.Extensions.Logging; class C { ILogger log = null!; async void OnClick(object s, EventArgs e) => await Task.Yield(); }", Setup.AspNet));
    }

    private static string Handler(string name, string body) =>
        $$"""
        #pragma warning disable CS1998, CS8321
        class C
        {
            Task F() => Task.Delay(1);
            IAsyncEnumerable<int> xs = null!;
            IAsyncDisposable d = null!;
            async void {{name}}(object? sender, EventArgs e) { {{body}} }
        }
        """;
}
