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
    public async Task What_looks_endless_or_calls_what_does_may_never_end(string members) => Assert.True(await MayNeverEnd(members));

    [Theory]
    [InlineData("void M() { }")]
    [InlineData("void M() { while (true) { break; } }")]
    [InlineData("void M() { for (var i = 0; i < 3; i++) { } }")]
    [InlineData("void M() { } void N() { while (true) { } }")]
    [InlineData("void M() { /* while (true) { } */ }")]
    [InlineData("void M() { Task.Run(() => { while (true) { } }); }")]
    public async Task What_names_nothing_of_that_kind_ends(string members) => Assert.False(await MayNeverEnd(members));

    private static async Task<bool> MayNeverEnd(string members)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ {members} }}");
        var method = snippet.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().First(declaration => declaration.Identifier.ValueText == "M");
        return new EndlessNames(snippet.Model).Hold((IMethodSymbol)snippet.Semantics.GetDeclaredSymbol(method)!, default);
    }
}
