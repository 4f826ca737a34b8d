using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics.Names;

public sealed class EndlessNamesTests
{
    [Theory]
    [InlineData("void M() { while (true) { } }")]
    [InlineData("void M() { for (;;) { } }")]
    [InlineData("void M() { again: goto again; }")]
    [InlineData("Task M() => Task.Delay(-1);")]
    [InlineData("void M() { N(); } void N() { while (true) { } }")]
    [InlineData("void M() { N(); } void N() { O(); } void O() { while (true) { } }")]
    [InlineData("void M() { N(); O(); } void N() { while (true) { break; } } void O() { M(); while (true) { } }")]
    [InlineData("async Task M(System.Threading.CancellationToken t) { while (true) { await Task.Delay(1); } }")]
    [InlineData("async Task M(System.Threading.CancellationToken t) { while (true) { await N(t); while (true) { } } } Task N(System.Threading.CancellationToken t) => Task.CompletedTask;")]
    [InlineData("async Task M() { await N(); } async Task N() => await Task.Run(() => { for (;;) { } });")]
    [InlineData("void M() { N(); } void N() { while (!System.Console.KeyAvailable || true) { } }")]
    [InlineData("int M() { N(() => { while (true) { } }); return 1; } void N(System.Action a) { }")]
    public async Task What_looks_endless_or_calls_what_does_may_never_end(string members) => Assert.True(await MayNeverEnd(members));

    [Theory]
    [InlineData("void M() { }")]
    [InlineData("void M() { while (true) { break; } }")]
    [InlineData("void M() { for (var i = 0; i < 3; i++) { } }")]
    [InlineData("void M() { } void N() { while (true) { } }")]
    [InlineData("void M() { /* while (true) { } */ }")]
    [InlineData("void M() { Task.Run(() => { while (true) { } }); }")]
    [InlineData("void M() { N(); } void N() { O(); } void O() { N(); }")]
    [InlineData("Task M() => Delay(-1); Task Delay(int time) => Task.CompletedTask;")]
    public async Task What_names_nothing_of_that_kind_ends(string members) => Assert.False(await MayNeverEnd(members));

    [Theory]
    [InlineData("async Task M(CancellationToken t) { while (true) { await Task.Delay(1, t); } }")]
    [InlineData("async Task M(CancellationToken t) { await N(t); } async Task N(CancellationToken t) { while (true) { await Task.Delay(1, t); } }")]
    [InlineData("Task M(CancellationToken t) => Task.Delay(-1, t);")]
    public async Task What_only_looks_endless_by_syntax_ends(string members) => Assert.False(await MayNeverEnd(members));

    private static async Task<bool> MayNeverEnd(string members)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ {members} }}");
        var method = snippet.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().First(declaration => declaration.Identifier.ValueText == "M");
        return new EndlessNames(snippet.Model).Hold((IMethodSymbol)snippet.Semantics.GetDeclaredSymbol(method)!, default);
    }
}
