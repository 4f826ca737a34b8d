using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which calls have a sibling that should be awaited.</summary>
public sealed class AP0028AsyncSiblingTests() : RuleTest(new AP0028AsyncSiblingAnalyzer())
{
    [Fact]
    public Task Calls_of_the_framework_in_each_kind_of_async_function_are_found() => Reports(
        """
        using System.Net;
        using static System.IO.File;

        class C
        {
            async Task<string> Method(string path, CancellationToken token)
            {
                File.[|WriteAllText|](path, "");
                [|AppendAllText|](path, "");
                var lines = (File.[|ReadAllLines|](path))!;
                return File.[|ReadAllText|](path) + lines.Length;
            }

            async ValueTask<int> Streams(Stream source, Stream target, byte[] buffer)
            {
                source.[|CopyTo|](target);
                target?.[|Flush|]();
                checked { return source.[|Read|](buffer, 0, (int)buffer.Length); }
            }

            async void Handler(object? sender, EventArgs e) => Console.WriteLine(File.[|ReadAllBytes|]("x").Length);

            async IAsyncEnumerable<string> Iterator(StreamReader reader)
            {
                while (reader.[|ReadLine|]() is { } line)
                    yield return line;
                await Task.Yield();
            }

            void Nested()
            {
                Func<Task> lambda = async () => File.[|ReadAllLines|](Path.GetFullPath("x"));
                Func<Task> anonymous = async delegate { Dns.[|GetHostAddresses|]("x"); };
                async Task Local() => await Task.Run(async () => File.[|WriteAllBytes|]("x", new byte[0]));
                _ = (lambda, anonymous, (Func<Task>)Local);
            }
        }
        """);

    [Fact]
    public Task Synchronous_functions_are_silent() => Silent(
        """
        class C
        {
            string Method(string path) => File.ReadAllText(path);
            Task<string> Forwarding(string path) => Task.FromResult(File.ReadAllText(path));
            async Task Nested(string[] paths)
            {
                string Local(string path) => File.ReadAllText(path);
                var texts = paths.Select(path => File.ReadAllText(path)).ToList();
                texts.Add(Local(""));
                await Task.WhenAll(texts.Select(text => Task.Delay(text.Length)));
            }

            string Property => File.ReadAllText("x");
            string field = File.ReadAllText("x");
        }
        """);

    [Fact]
    public Task Own_members_count_through_bases_and_interfaces() => Reports(
        """
        interface IReader { string Get(int id); }
        interface IStore : IReader { Task<string> GetAsync(int id, CancellationToken token = default); }
        abstract class Base { public abstract Task SaveAsync(); protected Task<bool> CheckAsync() => Task.FromResult(true); }
        class Store : Base
        {
            public void Save() { }
            public bool Check() => true;
            public override Task SaveAsync() => Task.CompletedTask;
            public int this[int index] => index;

            async Task Inside() { this.[|Save|](); Console.WriteLine([|Check|]()); await Task.Yield(); }
        }

        class Derived : Store { public new void Save() { } }

        class Guarded { protected void Load() { } protected Task LoadAsync() => Task.Delay(1); }
        class Opened : Guarded { async Task Inside() { base.[|Load|](); this.[|Load|](); [|Load|](); await Task.Yield(); } }

        class C
        {
            async Task M(IStore store, Store own, Derived derived)
            {
                store.[|Get|](1);
                own.[|Save|]();
                own?.[|Save|]();
                derived.[|Save|]();
                own.Check();
            }

            async Task G<T>(T store) where T : Store, IDisposable => store.[|Save|]();
        }
        """);

    [Fact]
    public Task The_sibling_takes_the_called_parameters_in_order() => Reports(
        """
        class Api
        {
            public int A(int n) => n;
            public Task<int> AAsync(int n, CancellationToken token) => null!;

            public int B(int n, string s) => n;
            public Task<int> BAsync(int n, string s, CancellationToken token, bool more = false, params int[] rest) => null!;

            public int D(int n, bool flag = false) => n;
            public Task<int> DAsync(int n) => null!;

            public void E(params string[] names) { }
            public Task EAsync(params string[] names) => null!;

            public void F(string name) { }
            public Task FTaskAsync(string name) => null!;
            public void FAsync(string name) { }

            public T H<T>(T value) where T : class => value;
            public Task<T> HAsync<T>(T value) where T : class => null!;

            public IEnumerable<int> I(List<int> xs) => xs;
            public Task<List<int>> IAsync(IEnumerable<int> xs, IProgress<int>? progress = null) => null!;

            public void J(in int n, CancellationToken token) { }
            public Task JAsync(int n, CancellationToken token) => null!;

            public bool K() => true;
            public Task KAsync() => null!;

            public static void L(Func<int> f) { }
            public static Task LAsync(Func<int> f) => null!;
        }

        class C
        {
            async Task M(Api api, CancellationToken token)
            {
                api.[|A|](1);
                api.[|B|](s: "", n: 1);
                api.[|D|](1);
                api.[|E|]();
                api.[|E|]("a", "b");
                api.[|E|](new[] { "a" });
                api.[|F|]("");
                api.[|H|]("");
                api.[|H|]<string>("");
                api.[|I|](new List<int>());
                api.[|J|](1, token);
                api.[|K|]();
                Api.[|L|](() => 1);
            }
        }
        """);

    [Fact]
    public Task What_takes_something_else_is_no_sibling() => Silent(
        """
        class Api
        {
            public int A(int n) => n;
            public Task<int> AAsync(string s) => null!;
            public Task<int> AAsync(int n, string s) => null!;
            public Task<int> AAsync(CancellationToken token, int n) => null!;
            public Task<int> AAsync() => null!;

            public int B(int n, string s) => n;
            public Task<int> BAsync(string s, int n) => null!;

            public int D(int n) => n;
            public int DAsync(int n) => n;
            public void DTaskAsync(int n) { }

            public bool E(out int n) { n = 0; return true; }
            public Task<bool> EAsync(out int n) { n = 0; return null!; }

            public int F() => 0;
            public Task<string> FAsync() => null!;

            public int G() => 0;
            public Task GAsync() => null!;

            public T H<T>(T value) => value;
            public Task<T> HAsync<T>(T value) where T : struct => null!;

            public T I<T>() => default!;
            public Task<object> IAsync() => null!;

            public void J() { }
            [Obsolete] public Task JAsync() => null!;

            public void K() { }
            private Task KAsync() => null!;

            public void L() { }
            public static Task LAsync() => null!;

            public void N() { }
            public Task NAsync { get; } = Task.CompletedTask;
            public event Func<Task>? OAsync;
            public void O() => OAsync?.Invoke();

            public void P(string s, params int[] rest) { }
            public Task PAsync(string s, int[] rest) => null!;

            public void Q(Action<int> f) { }
            public Task QAsync(Func<int, Task> f) => null!;

            public void R(int n, bool flag = false) { }
            public Task RAsync(int n) => null!;

            public void S(string s) { }
            public Task SAsync(object o) => null!;

            public Task T() => null!;
            public Task TAsync() => null!;
            public IAsyncEnumerable<int> U() => null!;
            public Task UAsync() => null!;

            public IEnumerable<int> V() => null!;
            public IAsyncEnumerable<int> VAsync() => null!;

            public ref int W() => throw null!;
            public Task<int> WAsync() => null!;
        }

        class C
        {
            async Task M(Api api)
            {
                api.A(1);
                api.B(1, "");
                api.D(1);
                api.E(out _);
                Console.WriteLine(api.F() + api.G());
                Console.WriteLine(api.H(""));
                var i = api.I<int>();
                api.J();
                api.K();
                api.L();
                api.N();
                api.O();
                api.P("", 1, 2);
                api.Q(n => { });
                api.R(1, true);
                api.S("");
                await api.T();
                await foreach (var u in api.U()) { }
                foreach (var v in api.V()) { }
                api.W()++;
            }
        }
        """);

    [Fact]
    public Task Extension_methods_count_where_they_are_in_scope() => Reports(
        """
        using Imported;
        using static Single.StaticExtensions;
        namespace App
        {
            class Db { public int Load(int id) => id; public void Save() { } public void Send(string s) { } public void Drop() { } public void Fill(int n) { } }
            static class SameNamespace { public static Task DropAsync(this Db db) => null!; }

            namespace Inner
            {
                class C
                {
                    async Task M(Db db)
                    {
                        db.[|Load|](1);
                        db.[|Save|]();
                        db?.[|Drop|]();
                        db.Send("");
                        db.Fill(1);
                        new[] { db }.[|Each|]();
                        1.[|Twice|]();
                    }
                }
            }
        }

        namespace Imported
        {
            static class Extensions
            {
                public static Task<int> LoadAsync(this App.Db db, int id, CancellationToken token = default) => null!;
                public static Task FillAsync(this string text, int n) => null!;
                public static void Each<T>(this IEnumerable<T> xs) { }
                public static Task EachAsync<T>(this IEnumerable<T> xs) => null!;
                public static int Twice(this int n) => n;
                public static Task<int> TwiceAsync(this int n) => null!;
            }
        }

        namespace Single { static class StaticExtensions { public static Task SaveAsync(this App.Db db) => null!; } }
        namespace Elsewhere { static class Extensions { public static Task SendAsync(this App.Db db, string s) => null!; } }
        """);

    [Fact]
    public Task Extension_methods_of_global_usings_and_of_no_namespace_count() => Reports(
        """
        class C
        {
            async Task M(Db db)
            {
                db.[|Load|]();
                db.[|Save|]();
            }
        }

        class Db { public void Load() { } public void Save() { } }
        static class Extensions { public static Task LoadAsync(this Db db) => null!; }
        === Test/Usings.cs
        global using Everywhere;
        namespace Everywhere { static class Extensions { public static Task SaveAsync(this Db db) => null!; } }
        """);

    [NeedsCSharpFact(14)]
    public Task Extension_members_count() => Reports(
        """
        class Db { public void Save() { } }

        static class Extensions
        {
            extension(Db db)
            {
                public Task SaveAsync() => Task.CompletedTask;
                public int Count() => 0;
                public Task<int> CountAsync(CancellationToken token = default) => Task.FromResult(0);
            }
        }

        class C
        {
            async Task M(Db db)
            {
                db.[|Save|]();
                Console.WriteLine(db.[|Count|]());
            }
        }
        """);

    [Fact]
    public async Task The_message_names_both()
    {
        var findings = await Findings(
            """
            class C
            {
                async Task M(string path, FileStream file)
                {
                    File.ReadAllText(path);
                    file.Dispose();
                    using var stream = File.OpenWrite(path);
                }
            }
            """);
        Assert.Equal(
            [
                "'File.ReadAllText' keeps its thread waiting, and this function is async; await 'ReadAllTextAsync' instead",
                "'Stream.Dispose' flushes or waits for a server on this thread, and this function is async; await 'DisposeAsync' instead",
                "What this 'using' closes flushes or waits for a server on this thread when the block ends; use 'await using'",
            ],
            findings.Select(finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(findings, finding => Assert.Equal(DiagnosticSeverity.Info, finding.Severity));
    }

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M(Stream stream)
            {
                Console.Write({|CS0103:unknown|});
                {|CS0103:Missing|}();
                stream.{|CS1061:Unheard|}();
                using var x = new {|CS0246:Lost|}();
                File.{|CS1501:ReadAllText|}();
            }
        }
        """);
}
