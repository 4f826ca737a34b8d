using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0009AsyncVoidCodeFixTests() : RuleTest(new AP0009AsyncVoidAnalyzer(), new AP0009AsyncVoidCodeFix())
{
    [Theory]
    [InlineData("async void [|M|]() { await Task.Yield(); }", "async Task M() { await Task.Yield(); }")]
    [InlineData("async void [|M|]() => await Task.Yield();", "async Task M() => await Task.Yield();")]
    [InlineData("public static async void [|M|]<T>(T x) where T : class { await Task.Yield(); return; }", "public static async Task M<T>(T x) where T : class { await Task.Yield(); return; }")]
    [InlineData("/// <summary>Saves.</summary>\n    async /* a */ void /* b */ [|M|]() { await Task.Yield(); } // c", "/// <summary>Saves.</summary>\n    async /* a */ Task /* b */ M() { await Task.Yield(); } // c")]
    [InlineData("void N() { M(); async void [|M|]() { await Task.Yield(); } }", "async Task N() { await M(); async Task M() { await Task.Yield(); } }")]
    [InlineData("void N(bool b) { if (b) M(); } async void [|M|]() => await Task.Yield();", "async Task N(bool b) { if (b) await M(); } async Task M() => await Task.Yield();")]
    [InlineData("void N() => M(); async void [|M|]() => await Task.Yield();", "async Task N() => await M(); async Task M() => await Task.Yield();")]
    [InlineData("async Task N() { M(); this.M(); await Task.Yield(); } async void [|M|]() => await Task.Yield();", "async Task N() { await M(); await this.M(); await Task.Yield(); } async Task M() => await Task.Yield();")]
    [InlineData("async void [|N|]() { M(); await Task.Yield(); } async void [|M|]() { await Task.Yield(); N(); }", "async Task N() { await M(); await Task.Yield(); } async Task M() { await Task.Yield(); await N(); }")]
    [InlineData("async void [|M|](int n) { await Task.Yield(); if (n > 0) M(n - 1); }", "async Task M(int n) { await Task.Yield(); if (n > 0) await M(n - 1); }")]
    [InlineData("void N(C? c) { c?.M(); } async void [|M|]() => await Task.Yield();", "async Task N(C? c) { await (c?.M() ?? Task.CompletedTask); } async Task M() => await Task.Yield();")]
    [InlineData("Task N() { M(); return Task.CompletedTask; } async void [|M|]() => await Task.Yield();", "async Task N() { await M(); } async Task M() => await Task.Yield();")]
    [InlineData("int N() { M(); return 1; } async void [|M|]() => await Task.Yield();", "async Task<int> N() { await M(); return 1; } async Task M() => await Task.Yield();")]
    [InlineData("Task N() => Task.Run(M); async void [|M|]() => await Task.Yield();", "Task N() => Task.Run(M); async Task M() => await Task.Yield();")]
    [InlineData("Task N() => Task.Run(() => M()); async void [|M|]() => await Task.Yield();", "Task N() => Task.Run(async () => await M()); async Task M() => await Task.Yield();")]
    [InlineData("string N() => nameof(M); async void [|M|]() => await Task.Yield();", "string N() => nameof(M); async Task M() => await Task.Yield();")]
    [InlineData("/// <see cref=\"M\"/>\n    void N() { } async void [|M|]() => await Task.Yield();", "/// <see cref=\"M\"/>\n    void N() { } async Task M() => await Task.Yield();")]
    [InlineData("Task N() => Task.Run(() => { M(); Console.Beep(); }); async void [|M|]() => await Task.Yield();", "Task N() => Task.Run(async () => { await M(); Console.Beep(); }); async Task M() => await Task.Yield();")]
    [InlineData("void N() { for (var i = 0; i < 3; M()) i++; } async void [|M|]() => await Task.Yield();", "async Task N() { for (var i = 0; i < 3; await M()) i++; } async Task M() => await Task.Yield();")]
    [InlineData("async IAsyncEnumerable<int> N() { M(); yield return 1; await Task.Yield(); } async void [|M|]() => await Task.Yield();", "async IAsyncEnumerable<int> N() { await M(); yield return 1; await Task.Yield(); } async Task M() => await Task.Yield();")]
    [InlineData("void N() { M(1); M(\"\"); } void M(string x) { } async void [|M|](int x) => await Task.Delay(x);", "async Task N() { await M(1); M(\"\"); } void M(string x) { } async Task M(int x) => await Task.Delay(x);")]
    [InlineData("void N() { Local<int>(1); async void [|Local|]<T>(T x) => await Task.Yield(); }", "async Task N() { await Local<int>(1); async Task Local<T>(T x) => await Task.Yield(); }")]
    [InlineData("void N() { try { M(); } catch (IOException) { M(); } finally { M(); } } async void [|M|]() => await Task.Yield();", "async Task N() { try { await M(); } catch (IOException) { await M(); } finally { await M(); } } async Task M() => await Task.Yield();")]
    [InlineData("void N(C c) { c.M(); c!.M(); (c).M(); } async void [|M|]() => await Task.Yield();", "async Task N(C c) { await c.M(); await c!.M(); await (c).M(); } async Task M() => await Task.Yield();")]
    [InlineData("void N() { M(); } event EventHandler? E { add { } remove { } } void Init() => E += delegate { N(); }; async void [|M|]() => await Task.Yield();", "async Task N() { await M(); } event EventHandler? E { add { } remove { } } void Init() => E += async delegate { await N(); }; async Task M() => await Task.Yield();")]
    public Task A_task_is_returned_and_awaited_at_every_call(string before, string after) => Fixes($"class C\n{{\n    {before}\n}}\n", $"class C\n{{\n    {after}\n}}\n");

    [Fact]
    public Task The_local_function_changes_and_not_the_one_around_it() => Fixes(
        """
        class C
        {
            public async Task Run()
            {
                await Task.Yield();
                Start();

                async void [|Start|]()
                {
                    await Task.Yield();
                }
            }
        }
        """,
        """
        class C
        {
            public async Task Run()
            {
                await Task.Yield();
                await Start();

                async Task Start()
                {
                    await Task.Yield();
                }
            }
        }
        """);

    [Fact]
    public Task A_local_function_of_top_level_statements_is_mended() => Fixes(
        """
        Start();

        static async void [|Start|]()
        {
            await Task.Yield();
        }
        """,
        """
        await Start();

        static async Task Start()
        {
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Callers_in_other_files_and_projects_await() => Fixes(
        """
        === Library/Store.cs
        public class Store
        {
            public async void [|Save|]() => await Task.Yield();
            public virtual async void [|Load|]() => await Task.Yield();
        }
        === App/Program.cs
        class Special : Store
        {
            public override void Load() => Save();
        }

        class Page
        {
            public event EventHandler? Clicked { add { } remove { } }
            private readonly Store store = new Special();

            void Init() => Clicked += OnClicked;

            private void OnClicked(object? sender, EventArgs e)
            {
                store.Save();
            }
        }

        static class Program
        {
            static void Main() => new Store().Load();
        }
        """,
        """
        === Library/Store.cs
        public class Store
        {
            public async Task Save() => await Task.Yield();
            public virtual async Task Load() => await Task.Yield();
        }
        === App/Program.cs
        class Special : Store
        {
            public override async Task Load() => await Save();
        }

        class Page
        {
            public event EventHandler? Clicked { add { } remove { } }
            private readonly Store store = new Special();

            void Init() => Clicked += OnClicked;

            private async void OnClicked(object? sender, EventArgs e)
            {
                await store.Save();
            }
        }

        static class Program
        {
            static async Task Main() => await new Store().Load();
        }
        """);

    [Fact]
    public Task A_lambda_that_handles_an_event_becomes_async() => Fixes(
        """
        class C
        {
            event EventHandler? Clicked { add { } remove { } }
            void Init() => Clicked += (sender, e) => Save();
            async void [|Save|]() => await Task.Yield();
        }
        """,
        """
        class C
        {
            event EventHandler? Clicked { add { } remove { } }
            void Init() => Clicked += async (sender, e) => await Save();
            async Task Save() => await Task.Yield();
        }
        """);

    [Fact]
    public Task Overrides_change_with_their_base_and_interfaces_with_their_defaults() => Fixes(
        """
        class B
        {
            public virtual async void [|V|]() => await Task.Yield();
        }
        class D : B
        {
            public override async void V() { base.V(); await Task.Yield(); }
        }
        class E : D
        {
            public override void V() { }
        }
        interface I
        {
            async void [|Default|]() => await Task.Yield();
        }
        record R : I
        {
            void N() => ((I)this).Default();
        }
        """,
        """
        class B
        {
            public virtual async Task V() => await Task.Yield();
        }
        class D : B
        {
            public override async Task V() { await base.V(); await Task.Yield(); }
        }
        class E : D
        {
            public override Task V() { return Task.CompletedTask; }
        }
        interface I
        {
            async Task Default() => await Task.Yield();
        }
        record R : I
        {
            async Task N() => await ((I)this).Default();
        }
        """);

    [Fact]
    public Task Tests_and_extensions_return_a_task() => Fixes(
        """
        namespace Xunit { class FactAttribute : Attribute { } }
        static class Extensions
        {
            public static async void [|Fire|](this string text) => await Task.Delay(text.Length);
        }
        struct Tests
        {
            [Xunit.Fact]
            public async void [|Works|]()
            {
                "".Fire();
                Extensions.Fire("");
                await Task.Yield();
            }
        }
        """,
        """
        namespace Xunit { class FactAttribute : Attribute { } }
        static class Extensions
        {
            public static async Task Fire(this string text) => await Task.Delay(text.Length);
        }
        struct Tests
        {
            [Xunit.Fact]
            public async Task Works()
            {
                await "".Fire();
                await Extensions.Fire("");
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Both_parts_of_a_partial_method_change() => Fixes(
        """
        partial class C
        {
            partial void OnChanged();
            private partial void Load();
            void M() { OnChanged(); Load(); }
        }
        partial class C
        {
            async partial void [|OnChanged|]() => await Task.Yield();
            private async partial void [|Load|]() { await Task.Yield(); }
        }
        """,
        """
        partial class C
        {
            private partial Task OnChanged();
            private partial Task Load();
            async Task M() { await OnChanged(); await Load(); }
        }
        partial class C
        {
            private async partial Task OnChanged() => await Task.Yield();
            private async partial Task Load() { await Task.Yield(); }
        }
        """);

    [Fact]
    public Task The_import_is_added() => Fixes(
        """
        class C
        {
            async void [|M|]() => await System.Threading.Tasks.Task.Yield();
        }
        """,
        """
        using System.Threading.Tasks;

        class C
        {
            async Task M() => await System.Threading.Tasks.Task.Yield();
        }
        """, setup: new Setup { ImplicitUsings = false });

    [Theory]
    [InlineData("static Timer t = new(Tick); static async void [|Tick|](object? state) => await Task.Yield();")]
    [InlineData("void N() { var t = new Timer(Tick, null, 0, 1); } async void [|Tick|](object? state) => await Task.Yield();")]
    [InlineData("void N() { Action a = M; } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { Action a = () => M(); } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N(List<int> xs) { xs.ForEach(M); } async void [|M|](int x) => await Task.Yield();")]
    [InlineData("void N() { new Thread(M).Start(); } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { Task.Factory.StartNew(M); } async void [|M|]() => await Task.Yield();")]
    [InlineData("Action N() => M; async void [|M|]() => await Task.Yield();")]
    [InlineData("event Action E { add { } remove { } } void N() { E += On; } void On() { M(); } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N(List<int> xs) { xs.ForEach(x => M(x)); } async void [|M|](int x) => await Task.Delay(x);")]
    [InlineData("System.Linq.Expressions.Expression<Action> N() => () => M(); async void [|M|]() => await Task.Yield();")]
    [InlineData("event Action? E { add { M(); } remove { } } async void [|M|]() => await Task.Yield();")]
    [InlineData("unsafe void N() { M(); } async void [|M|]() => await Task.Yield();")]
    [InlineData("[System.Diagnostics.Conditional(\"DEBUG\")] async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { new Bag { 1 }; } class Bag : System.Collections.IEnumerable { public System.Collections.IEnumerator GetEnumerator() => null!; public async void [|Add|](int x) => await Task.Delay(x); }")]
    [InlineData("C() { M(); } async void [|M|]() => await Task.Yield();")]
    [InlineData("int P { get { M(); return 1; } } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { lock (this) { M(); } } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N() { for (M(); ; ) { break; } } async void [|M|]() => await Task.Yield();")]
    [InlineData("void N(out int x) { M(); x = 1; } async void [|M|]() => await Task.Yield();")]
    [InlineData("IEnumerable<int> N() { M(); yield return 1; } async void [|M|]() => await Task.Yield();")]
    [InlineData("public static C operator +(C a, C b) { a.M(); return b; } async void [|M|]() => await Task.Yield();")]
    [InlineData("[System.Runtime.Serialization.OnDeserialized] async void [|M|](System.Runtime.Serialization.StreamingContext context) => await Task.Yield();")]
    [InlineData("void N() { Start(); } void Start() { Loop(); Console.Beep(); } async void [|Loop|]() { while (true) await Task.Delay(1); }")]
    public Task What_cannot_await_keeps_it_as_it_is(string member) => OffersNoFix($"class C {{ {member} }}");

    [Fact]
    public async Task The_title_tells_of_a_public_signature() => Assert.Equal(
        [
            "Return a task from 'M' (public signature)",
            "Return a task from 'N'",
            "Return a task from 'P' and await it at every call",
            "Return a task from 'L' and await it at every call (public signature)",
        ],
        await Titles(
            """
            public class C
            {
                public async void M() => await Task.Yield();
                async void N() => await Task.Yield();
                async void P() { await Task.Yield(); P(); }
                public void O() { L(); async void L() => await Task.Yield(); }
            }
            """));

    [Fact]
    public Task The_suffix_is_added_where_the_option_asks_for_it() => Fixes(
        """
        class C
        {
            void N() => M();
            async void [|M|]() => await Task.Yield();
        }
        """,
        """
        class C
        {
            async Task NAsync() => await MAsync();
            async Task MAsync() => await Task.Yield();
        }
        """, setup: new Setup { EditorConfig = "async_pitfalls.fix_async_suffix = true" });
}
