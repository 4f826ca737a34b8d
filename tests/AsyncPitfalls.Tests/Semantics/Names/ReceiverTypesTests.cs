using AsyncPitfalls.Semantics;

namespace AsyncPitfalls.Tests.Semantics.Names;

public sealed class ReceiverTypesTests
{
    private const string Types =
        """
        class Own : SemaphoreSlim { public Own() : base(1) { } void M() { Wait(); } }
        class Below : Own { }
        class Gate { public void Wait() { } public Gate Inner => this; public static void Enter() { } }
        class Locks { public static SemaphoreSlim Shared = new(1); public static Gate Open = new(); public SemaphoreSlim Kept = new(1); protected Gate Shut = new(); public static void Wait() { } }
        namespace Far { class SemaphoreSlim { public void Wait() { } } class Turnstile : System.Threading.SemaphoreSlim { public Turnstile() : base(1) { } } }
        class Turnstile { public void Wait() { } }
        static class Extensions { public static void Wait(this object any) { } }
        class Latch<T> : SemaphoreSlim { public Latch() : base(1) { } }
        class Door { public void Wait() { } }
        class Door<T> : SemaphoreSlim { public Door() : base(1) { } }
        class Hatch : SemaphoreSlim { public Hatch() : base(1) { } }
        class Hatch<T> { public void Wait() { } }

        """;

    [Theory]
    [InlineData("void M(SemaphoreSlim x) { x.Wait(); }")]
    [InlineData("void M(SemaphoreSlim? x) { x?.Wait(); }")]
    [InlineData("void M(Own x) { x.Wait(); }")]
    [InlineData("void M(Below x) { x.Wait(); }")]
    [InlineData("void M(Alias x) { x.Wait(); }")]
    [InlineData("void M(Latch<int> x) { x.Wait(); }")]
    [InlineData("void M(Door<int> x) { x.Wait(); }")]
    [InlineData("void M(Hatch x) { x.Wait(); }")]
    [InlineData("void M(Hatch x) { x.Wait(); } Hatch<int>? other;")]
    [InlineData("} class L<T> : SemaphoreSlim { public L() : base(1) { } void M() { this.Wait(); }")]
    [InlineData("void M(System.Threading.SemaphoreSlim x) { x.Wait(); }")]
    // What the name alone means is another type.
    [InlineData("void M(Far.Turnstile x) { x.Wait(); }")]
    [InlineData("void M() { var x = new SemaphoreSlim(1); x.Wait(); }")]
    [InlineData("void M() { new SemaphoreSlim(1).Wait(); }")]
    [InlineData("void M(object x) { ((SemaphoreSlim)x).Wait(); }")]
    [InlineData("void M(SemaphoreSlim[] x) { x[0].Wait(); }")]
    [InlineData("void M() { Make().Wait(); } SemaphoreSlim Make() => new(1);")]
    [InlineData("void M<T>(T x) where T : SemaphoreSlim { x.Wait(); }")]
    [InlineData("void M() { foreach (var x in new[] { new SemaphoreSlim(1) }) x.Wait(); }")]
    [InlineData("SemaphoreSlim x = new(1); void M() { x.Wait(); this.x.Wait(); }")]
    [InlineData("void M() { Kept.Wait(); }")]
    [InlineData("void M() { Kept!.Wait(); }")]
    [InlineData("class Nested { void M() { Shared.Wait(); } }")]
    [InlineData("void M() { Locks.Shared.Wait(); }")]
    [InlineData("SemaphoreSlim P { set { value.Wait(); } }")]
    [InlineData("} interface IHas { SemaphoreSlim Held { get; } } interface IMore : IHas { void M() { Held.Wait(); }")]
    [InlineData("} record struct R(SemaphoreSlim Held) { void M() { Held.Wait(); }")]
    public async Task An_object_that_may_be_of_a_type_is_not_ruled_out(string members) => Assert.All(await AskAsync(members), Assert.True);

    [Theory]
    [InlineData("void M(Gate x) { x.Wait(); }")]
    [InlineData("void M(Gate? x) { x?.Wait(); }")]
    [InlineData("void M(Gate x) { x!.Wait(); (x).Wait(); }")]
    [InlineData("void M(Turnstile x) { x.Wait(); }")]
    [InlineData("void M(Door x) { x.Wait(); }")]
    [InlineData("void M(Hatch<int> x) { x.Wait(); }")]
    [InlineData("} class G<T> { public void Wait() { } void M() { this.Wait(); }")]
    [InlineData("void M() { var x = new Gate(); x.Wait(); }")]
    [InlineData("void M() { new Gate().Wait(); }")]
    [InlineData("void M(object x) { ((Gate)x).Wait(); }")]
    [InlineData("void M(Gate[] x) { x.Wait(); }")]
    [InlineData("void M(string x) { x.Wait(); }")]
    [InlineData("Gate x = new(); void M() { x.Wait(); this.x.Wait(); }")]
    [InlineData("void M() { Shut.Wait(); Open.Wait(); }")]
    [InlineData("void M() { Locks.Wait(); }")]
    [InlineData("Gate P { set { value.Wait(); } }")]
    [InlineData("Gate P => null!; void M() { this.P.Wait(); }")]
    [InlineData("} record R(Gate Held) { void M() { this.Held.Wait(); }")]
    [InlineData("} class D : Gate { void M() { base.Wait(); this.Wait(); Wait(); }")]
    [InlineData("class Nested { void M() { Open.Wait(); } }")]
    public async Task An_object_of_another_type_and_a_type_itself_are_ruled_out(string members) => Assert.All(await AskAsync(members), Assert.False);

    [Fact]
    public async Task What_a_type_inherits_it_may_be_called_on_itself()
    {
        var snippet = await Snippet.CompileAsync("using System.Threading;\n" + Types);
        var use = Assert.Single(NamedBodies.In(snippet.Root.SyntaxTree, default).UsesOf("Wait"));
        Assert.True(MayBeSemaphore(use, snippet));
    }

    [Fact]
    public async Task Static_members_that_a_file_imports_may_be_what_a_name_means()
    {
        var uses = await AskAsync("void M() { Elsewhere.Wait(); }", "using static Statics;", "static class Statics { public static SemaphoreSlim Elsewhere = new(1); }");
        Assert.All(uses, Assert.True);
    }

    /// <summary>Whether each use of Wait in a type below Locks may be that of a semaphore.</summary>
    private static async Task<IReadOnlyList<bool>> AskAsync(string members, string import = "", string more = "")
    {
        var snippet = await Snippet.CompileAsync($"using System.Threading;\nusing Alias = System.Threading.SemaphoreSlim;\n{import}\n{Types}class C : Locks {{ {members} }} {more}");
        var uses = NamedBodies.In(snippet.Root.SyntaxTree, default).UsesOf("Wait").Where(use => use.Place.SpanStart > snippet.Root.ToFullString().IndexOf("class C :", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(uses);
        return [.. uses.Select(use => MayBeSemaphore(use, snippet))];
    }

    private static bool MayBeSemaphore(NameUse use, Snippet snippet) =>
        new ReceiverTypes(snippet.Model).MayBe(use, NamedBodies.In(snippet.Root.SyntaxTree, default), [snippet.Model.Types.SemaphoreSlim!], default);
}
