using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Tests.Semantics.Names;

public sealed class ConfirmedReachTests
{
    private readonly List<string> looked = [];

    [Theory]
    [InlineData("void M() { Mark(); }")]
    [InlineData("void M() { N(); } void N() { Mark(); }")]
    [InlineData("void M() { N(); } void N() { O(); M(); } void O() { Mark(); N(); }")]
    [InlineData("void M() { N(1); } void N(int n) { } void N(string s) { Mark(); }")]
    [InlineData("void M() { new D().N(); } class D { public void N() { Mark(); } }")]
    [InlineData("void M(D d) { d.N(); } class B { public virtual void N() { Mark(); } } class D : B { }")]
    [InlineData("void M() { var n = P; } int P { get { Mark(); return 1; } }")]
    [InlineData("void M() { new D(); } class D { int n = Mark(); }")]
    [InlineData("void M() { D.N(); } class D { public static void N() { Mark(); } }")]
    [InlineData("void M() { E.N(); } class D { public static void N() { Mark(); } } class E : D { }")]
    [InlineData("static void M() { D.Do(); } class D { public static void Do() { N(); } static void N() { Mark(); } }")]
    [InlineData("void M() { var n = G<int>.P; } class G<T> { public static int P => Mark(); }")]
    [InlineData("void M() { T<D>(); } void T<T1>() where T1 : I { T1.N(); } interface I { static abstract void N(); } class D : I { public static void N() { Mark(); } }")]
    public async Task What_leads_to_a_body_that_holds_it_comes_to_it(string members) => Assert.True(await HasM(members, holds: _ => true));

    [Theory]
    [InlineData("void M() { Mark(); }")]
    [InlineData("void M() { N(); } void N() { Mark(); }")]
    [InlineData("void M() { N(); } void N() { O(); M(); } void O() { Mark(); N(); }")]
    public async Task What_leads_only_to_bodies_with_its_name_does_not(string members) => Assert.False(await HasM(members, holds: _ => false));

    [Theory]
    [InlineData("void M() { } void N() { Mark(); }")]
    [InlineData("void M() { N(); } void N() { } void N(int n) { Mark(); }")]
    [InlineData("void M() { E.N(); } class E { public static void N() { } } class D { public static void N() { Mark(); } }")]
    [InlineData("void M() { var n = E.P; } class E { public static int P => 0; } class D { public static int P => Mark(); }")]
    [InlineData("void M() { var e = new E(); e.N(); } class E { public void N() { } } class D { public static void N() { Mark(); } }")]
    public async Task What_leads_nowhere_is_not_asked_about(string members)
    {
        Assert.False(await HasM(members, holds: _ => true));
        Assert.Empty(looked);
    }

    [Fact]
    public async Task One_of_several_that_holds_it_is_enough()
    {
        Assert.True(await HasM("void M() { N(); O(); } void N() { Mark(); } void O() { P(); } void P() { Mark(); }", holds: name => name == "P"));
        Assert.Equal(["N", "P"], looked);
    }

    [Fact]
    public async Task Each_body_is_looked_at_once_for_all_that_lead_to_it()
    {
        Assert.False(await HasM("void M() { N(); } void N() { O(); } void O() { Mark(); } void Q() { O(); }", holds: _ => false, "Q", "N", "O", "M"));
        Assert.Equal(["O"], looked);
    }

    /// <summary>Whether the last of the methods comes to it, where all of them are asked about one after the other.</summary>
    private async Task<bool> HasM(string members, Func<string, bool> holds, params string[] names)
    {
        var snippet = await Snippet.CompileAsync($"class C {{ {members} static int Mark() => 0; }}");
        var named = new NameReach(snippet.Model.NamedFiles, counts: _ => true, passesOn: _ => true, leads: (_, _) => true);
        foreach (var use in snippet.Model.NamedFiles.All(default).SelectMany(file => file.UsesOf("Mark")))
            named.Add(use.Body);
        var reach = new ConfirmedReach(named.Close(default), (body, _) => Look(body, holds));
        var found = false;
        foreach (var name in names.DefaultIfEmpty("M"))
            found = reach.HasBody(snippet.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.Identifier.ValueText == name), default);
        return found;
    }

    private bool Look(SyntaxNode body, Func<string, bool> holds)
    {
        var name = (body as MethodDeclarationSyntax)?.Identifier.ValueText ?? "";
        looked.Add(name);
        return holds(name);
    }
}
