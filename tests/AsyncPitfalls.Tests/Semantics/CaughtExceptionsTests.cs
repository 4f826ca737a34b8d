using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Each snippet is the body of an async method that has a <c>token</c> and <c>items</c>.</summary>
public sealed class CaughtExceptionsTests
{
    [Theory]
    [InlineData("try { await F(); } catch (Exception e) { Show(e); }")]
    [InlineData("try { await F(); } catch { }")]
    [InlineData("try { await F(); } catch (Exception) when (true) { }")]
    [InlineData("try { await F(); } catch (OperationCanceledException) { } catch (Exception e) { Show(e); }")]
    [InlineData("try { await F(); } catch (Exception) { try { throw; } catch { } }")]
    [InlineData("try { await F(); } catch (Exception e) { Action a = () => throw e; }")]
    [InlineData("try { await F(); } catch (Exception) { } finally { Show(null); }")]
    [InlineData("try { try { await F(); } catch { } } finally { }")]
    [InlineData("if (token.IsCancellationRequested) return; try { await F(); } catch { }")]
    [InlineData("var tries = 0; string? name = null; try { tries++; await F(); } catch { }")]
    [InlineData("Console.WriteLine(nameof(F)); try { await F(); } catch { }")]
    [InlineData("while (!token.IsCancellationRequested) { try { await F(); } catch { } }")]
    [InlineData("do { try { await F(); } catch { } } while (true);")]
    [InlineData("for (var i = 0; i < 3; i++) try { await F(); } catch { }")]
    [InlineData("foreach (var item in items) { try { await F(); } catch { } }")]
    [InlineData("switch (items.Length) { case 0: return; default: try { await F(); } catch { } break; }")]
    [InlineData("if (items.Length > 0) { try { await F(); } catch { } } else { return; }")]
    [InlineData("try { await F(); } catch { } async Task Local() => await F();")]
    [InlineData("try { await F(); } catch (Exception e) { _ = e.InnerException ?? throw e; }")]
    [InlineData("try { await F(); } catch (Exception e) { if (e is IOException) throw; }")]
    [InlineData("try { await F(); } catch (Exception e) { if (e is IOException) return; throw; }")]
    [InlineData("try { await F(); } catch (Exception e) when (!Equals(e)) { }")]
    public async Task A_body_that_keeps_every_exception(string body) => Assert.True(await KeepsAllAsync(body));

    [Theory]
    [InlineData("await F();")]
    [InlineData("try { await F(); } finally { Show(null); }")]
    [InlineData("try { await F(); } catch (InvalidOperationException) { }")]
    [InlineData("try { await F(); } catch (Exception e) { Show(e); throw; }")]
    [InlineData("try { await F(); } catch (Exception e) { throw new InvalidOperationException(\"\", e); }")]
    [InlineData("try { await F(); } catch (Exception e) { if (e.Message == \"\") throw; else throw new InvalidOperationException(); }")]
    [InlineData("try { await F(); } catch (Exception e) { while (true) { throw e; } }")]
    [InlineData("try { await F(); } catch (Exception e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e).Throw(); }")]
    [InlineData("try { await F(); } catch (Exception e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e); }")]
    [InlineData("try { await F(); } catch (Exception e) when (e.Message != \"\") { }")]
    [InlineData("try { await F(); } catch (OperationCanceledException) { throw; } catch (Exception) { }")]
    [InlineData("await F(); try { await F(); } catch { }")]
    [InlineData("try { await F(); } catch { } await F();")]
    [InlineData("Show(null); try { await F(); } catch { }")]
    [InlineData("using var stream = new System.IO.MemoryStream(); try { await F(); } catch { }")]
    [InlineData("if (items.Length > 0) { try { await F(); } catch { } } else { await F(); }")]
    [InlineData("var first = items[0]; try { await F(); } catch { }")]
    [InlineData("foreach (var item in items) { await F(); try { Show(null); } catch { } }")]
    public async Task A_body_that_lets_one_out(string body) => Assert.False(await KeepsAllAsync(body));

    [Theory]
    [InlineData("try { [|await F()|]; } catch (Exception) { }", true)]
    [InlineData("Show(null); try { if (items.Length > 0) { [|await F()|]; } } catch { }", true)]
    [InlineData("try { try { [|await F()|]; } catch (InvalidOperationException) { throw; } } catch { }", true)]
    [InlineData("try { } catch { [|await F()|]; }", false)]
    [InlineData("try { } catch { } finally { [|await F()|]; }", false)]
    [InlineData("try { [|await F()|]; } catch (Exception) { throw; }", false)]
    [InlineData("try { Func<Task> f = async () => [|await F()|]; } catch { }", false)]
    public async Task An_exception_at_a_place_stays_in_its_function(string body, bool stays)
    {
        var snippet = await CompileAsync(body);
        Assert.Equal(stays, snippet.Model.CaughtExceptions.IsCaught(snippet.Marked.Single(), snippet.Semantics));
    }

    private static async Task<bool> KeepsAllAsync(string body)
    {
        var snippet = await CompileAsync(body);
        var function = snippet.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == "M");
        return snippet.Model.CaughtExceptions.KeepsAll(function, snippet.Semantics);
    }

    private static Task<Snippet> CompileAsync(string body) => Snippet.CompileAsync(
        $$"""
        class C
        {
            async void M(CancellationToken token, string[] items) { {{body}} }
            static Task F() => Task.Delay(1);
            static void Show(Exception? e) { }
        }
        """);
}
