using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.AllRules;

public sealed class RuleOptionTests
{
    private const string Code =
        """
        namespace Acme
        {
            public interface IPump { void Start(); }

            public class Pump : IPump
            {
                public Pump() { }
                public void Start() { }
                public virtual void Run(int seconds) { }
                public void Run(string name) { }
                public void Run<T>(T value) { }
                public int State => 0;
                public class Nested { public void Go() { } }
            }

            public class FastPump : Pump
            {
                public override void Run(int seconds) { }
                public void Other() { }
            }

            public class Box<T> { public void Put(T value) { } }

            public static class Extensions { public static void Drain(this Pump pump) { } }

            public class Use
            {
                public void M(FastPump fast, Pump pump, Box<int> box) => pump.Drain();
            }
        }
        """;

    [Theory]
    [InlineData("M:Acme.Pump.Run(System.Int32)", "M:Acme.Pump.Run(System.Int32)|M:Acme.FastPump.Run(System.Int32)")]
    [InlineData("M:Acme.Pump.Run", "M:Acme.Pump.Run(System.Int32)|M:Acme.Pump.Run(System.String)|M:Acme.Pump.Run``1(``0)|M:Acme.FastPump.Run(System.Int32)")]
    [InlineData("Acme.Pump.Run", "M:Acme.Pump.Run(System.Int32)|M:Acme.Pump.Run(System.String)|M:Acme.Pump.Run``1(``0)|M:Acme.FastPump.Run(System.Int32)")]
    [InlineData("M:Acme.Pump.Run``1", "M:Acme.Pump.Run``1(``0)")]
    [InlineData("M:Acme.Pump.Run``1(``0)", "M:Acme.Pump.Run``1(``0)")]
    [InlineData("M:Acme.Pump.Start", "M:Acme.Pump.Start")]
    [InlineData("M:Acme.Pump.Start()", "M:Acme.Pump.Start")]
    [InlineData("P:Acme.Pump.State", "P:Acme.Pump.State")]
    [InlineData("M:Acme.Pump.State", "")]
    [InlineData("M:Acme.Pump..ctor", "M:Acme.Pump.#ctor")]
    [InlineData("T:Acme.Pump.Nested", "M:Acme.Pump.Nested.#ctor|M:Acme.Pump.Nested.Go")]
    [InlineData("Acme.Pump+Nested", "M:Acme.Pump.Nested.#ctor|M:Acme.Pump.Nested.Go")]
    [InlineData("Acme.Box`1", "M:Acme.Box`1.#ctor|M:Acme.Box`1.Put(`0)")]
    [InlineData("M:Acme.Box`1.Put", "M:Acme.Box`1.Put(`0)")]
    [InlineData("Acme.Extensions", "M:Acme.Extensions.Drain(Acme.Pump)")]
    [InlineData(" M:Acme.Pump.Start | P:Acme.Pump.State |", "M:Acme.Pump.Start|P:Acme.Pump.State")]
    [InlineData("M:Acme.Pump.Start?|Acme.Pump.State ?", "M:Acme.Pump.Start|P:Acme.Pump.State")]
    [InlineData("Elsewhere.Pump", "")]
    [InlineData("", "")]
    public async Task A_list_holds_the_members_that_it_names(string value, string members)
    {
        var compilation = await CompileAsync("");
        var list = SymbolList.Read(value, compilation).Value;
        var held = MembersOf(compilation).Where(list.Holds).Select(member => member.GetDocumentationCommentId()!);
        Assert.Equal(members.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(), held.Order());
        Assert.Equal(members.Length == 0, list.IsEmpty);
    }

    [Theory]
    [InlineData("Acme.Pump", "Acme.FastPump|Acme.Pump")]
    [InlineData("T:Acme.IPump", "Acme.FastPump|Acme.IPump|Acme.Pump")]
    [InlineData("Acme.Box`1", "Acme.Box<T>")]
    public async Task A_list_holds_the_types_that_it_names_and_those_below(string value, string types)
    {
        var compilation = await CompileAsync("");
        var list = SymbolList.Read(value, compilation).Value;
        var held = TypesOf(compilation).Where(list.HoldsType).Select(type => type.ToDisplayString());
        Assert.Equal(types.Split('|').Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_holds_what_is_made_of_a_generic_it_names()
    {
        var compilation = await CompileAsync("");
        var made = compilation.GetTypeByMetadataName("Acme.Box`1")!.Construct(compilation.GetSpecialType(SpecialType.System_Int32));
        var list = SymbolList.Read("Acme.Box`1", compilation).Value;
        Assert.True(list.HoldsType(made));
        Assert.True(list.Holds(made.GetMembers("Put").Single()));
        Assert.False(list.HoldsType(null));
        Assert.False(list.Holds(null));
    }

    [Theory]
    [InlineData("Acme.Pump", "")]
    [InlineData("M:Elsewhere.Pump.Run(System.Int32)", "M:Elsewhere.Pump.Run(System.Int32)")]
    [InlineData("M:Elsewhere.Pump.Run(System.Int32)?", "")]
    [InlineData("Elsewhere.Pump", "Elsewhere.Pump")]
    [InlineData("Elsewhere.Pump ?", "")]
    [InlineData("M:Acme.Pump.Rum", "M:Acme.Pump.Rum")]
    [InlineData("M:Acme.Pump.Rum?", "")]
    [InlineData("M:Acme.Pump.Rum|M:Acme.Pump.Rum", "M:Acme.Pump.Rum")]
    [InlineData("?", "?")]
    [InlineData("Acme.Pump.Rum", "Acme.Pump.Rum")]
    [InlineData("M:Acme.Pump.Run(System.Int64)", "M:Acme.Pump.Run(System.Int64)")]
    [InlineData("Pump", "Pump")]
    [InlineData("M:Pump", "M:Pump")]
    [InlineData("X:Acme.Pump", "X:Acme.Pump")]
    [InlineData("T:Acme.Pump(System.Int32)", "T:Acme.Pump(System.Int32)")]
    [InlineData("Acme.Pump, Acme.Box", "Acme.Pump, Acme.Box")]
    [InlineData("M:", "M:")]
    [InlineData("Acme.Pump|what is this?|Acme.", "what is this?|Acme.")]
    public async Task What_is_no_name_and_what_names_nothing_are_faults(string value, string faults) =>
        Assert.Equal(faults, string.Join('|', SymbolList.Read(value, await CompileAsync("")).Faults.Select(fault => fault.Text)));

    [Theory]
    [InlineData("", false)]
    [InlineData("async_pitfalls.test_flag = true", true)]
    [InlineData("async_pitfalls.AP0002.test_flag = true", true)]
    [InlineData("async_pitfalls.AP0003.test_flag = true", false)]
    [InlineData("async_pitfalls.test_flag = true\nasync_pitfalls.AP0002.test_flag = false", false)]
    [InlineData("async_pitfalls.test_flag = what", false)]
    public async Task The_more_specific_key_comes_first(string editorConfig, bool expected)
    {
        var option = RuleOption.Flag("test_flag", whereUnset: false, RuleCatalog.AP0002, RuleCatalog.AP0003);
        var project = ProjectOf(editorConfig);
        var compilation = (await project.GetCompilationAsync())!;
        var model = AsyncModel.For(compilation, project.AnalyzerOptions);
        Assert.Equal(expected, option.In(compilation.SyntaxTrees.Last(), model, "AP0002"));
    }

    [Fact]
    public async Task An_option_of_one_rule_is_read_by_its_key_without_saying_so()
    {
        var option = RuleOption.Symbols("test_list", "Acme.Pump", RuleCatalog.AP0002);
        var project = ProjectOf("async_pitfalls.AP0002.test_list = Acme.Pump");
        var compilation = (await project.GetCompilationAsync())!;
        var model = AsyncModel.For(compilation, project.AnalyzerOptions);
        var list = option.In(compilation.SyntaxTrees.Last(), model);
        Assert.True(list.HoldsType(compilation.GetTypeByMetadataName("Acme.Pump")));
        Assert.Same(list, option.In(compilation.SyntaxTrees.Last(), model));
    }

    [Fact]
    public void Every_option_is_found_by_its_field()
    {
        Assert.Contains(FixOptions.AsyncSuffix, RuleOption.All);
        Assert.Equal(RuleOption.All.Count, RuleOption.All.Select(option => option.Key).Distinct().Count());
    }

    private static Project ProjectOf(string editorConfig) =>
        Workspaces.Create(Markup.Parse(Code, "AP0002").Files, new Setup { EditorConfig = editorConfig }).Projects.Single();

    private static async Task<Compilation> CompileAsync(string editorConfig) => (await ProjectOf(editorConfig).GetCompilationAsync())!;

    private static IEnumerable<INamedTypeSymbol> TypesOf(Compilation compilation) =>
        compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>();

    private static IEnumerable<ISymbol> MembersOf(Compilation compilation) => TypesOf(compilation)
        .SelectMany(type => type.GetMembers())
        .Where(member => member is IPropertySymbol or IMethodSymbol { AssociatedSymbol: null });
}
