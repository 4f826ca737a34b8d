using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0001NeverAwaitsCodeFixTests() : RuleTest(new AP0001NeverAwaitsAnalyzer(), new AP0001NeverAwaitsCodeFix())
{
    private const string ReturnCompleted = "AP0001_ReturnCompleted";

    [Theory]
    [InlineData("async Task [|M|]() { }", "Task M() { return Task.CompletedTask; }")]
    [InlineData("async Task [|M|]() { Console.Beep(); }", "Task M() { Console.Beep(); return Task.CompletedTask; }")]
    [InlineData("async Task [|M|](bool b) { if (b) return; Console.Beep(); }", "Task M(bool b) { if (b) return Task.CompletedTask; Console.Beep(); return Task.CompletedTask; }")]
    [InlineData("async Task [|M|]() { while (true) { } }", "Task M() { while (true) { } }")]
    [InlineData("async Task [|M|](bool b) { if (b) return; throw new Exception(); }", "Task M(bool b) { if (b) return Task.CompletedTask; throw new Exception(); }")]
    [InlineData("async Task<int> [|M|]() { return 1; }", "Task<int> M() { return Task.FromResult(1); }")]
    [InlineData("async Task<int> [|M|]() => 1;", "Task<int> M() => Task.FromResult(1);")]
    [InlineData("async Task<int> [|M|]() => (1 + 2);", "Task<int> M() => Task.FromResult(1 + 2);")]
    [InlineData("public static async Task<int> [|M|](string? s) => s?.Length ?? throw new Exception();", "public static Task<int> M(string? s) => Task.FromResult(s?.Length ?? throw new Exception());")]
    [InlineData("async Task<T> [|M|]<T>(T value) => value;", "Task<T> M<T>(T value) => Task.FromResult(value);")]
    [InlineData("async Task<Task> [|M|]() => Task.Delay(1);", "Task<Task> M() => Task.FromResult(Task.Delay(1));")]
    [InlineData("async ValueTask [|M|]() { }", "ValueTask M() { return ValueTask.CompletedTask; }")]
    [InlineData("async ValueTask<int> [|M|]() => 1;", "ValueTask<int> M() => ValueTask.FromResult(1);")]
    [InlineData("async void [|M|]() { }", "void M() { }")]
    [InlineData("async void [|M|](bool b) { if (b) return; }", "void M(bool b) { if (b) return; }")]
    [InlineData("async void [|M|]() => Console.Beep();", "void M() => Console.Beep();")]
    public Task Method_returns_completed_tasks(string before, string after) =>
        Fixes($"class C {{ {before} }}", $"class C {{ {after} }}", ReturnCompleted);

    [Theory]
    [InlineData("string?", "null", "string?")]
    [InlineData("string?", "\"a\"", "string?")]
    [InlineData("string", "\"a\"", null)]
    [InlineData("long", "1", "long")]
    [InlineData("long", "1L", null)]
    [InlineData("int?", "1", "int?")]
    [InlineData("int", "default", "int")]
    [InlineData("int", "default(int)", null)]
    [InlineData("object", "\"a\"", "object")]
    [InlineData("List<int>", "new()", "List<int>")]
    [InlineData("List<int>", "new List<int>()", null)]
    [InlineData("IEnumerable<int>", "new List<int>()", "IEnumerable<int>")]
    [InlineData("Func<int>", "() => 1", null)]
    [InlineData("Action", "() => { }", null)]
    [InlineData("Func<int, int>", "x => x", "Func<int, int>")]
    [InlineData("(int A, string B)", "(1, \"b\")", null)]
    [InlineData("(long A, string? B)", "(1, null)", "(long A, string? B)")]
    [InlineData("int?", "DateTime.Now.Ticks > 1 ? 1 : null", "int?")]
    [InlineData("long", "DateTime.Now.Ticks switch { 1 => 1, _ => 2L }", null)]
    [InlineData("long?", "DateTime.Now.Ticks switch { 1 => 1, _ => null }", "long?")]
    [InlineData("FormattableString", "$\"a{1}\"", "FormattableString")]
    [InlineData("string", "$\"a{1}\"", null)]
    [InlineData("dynamic", "1", "dynamic")]
    [InlineData("Exception", "new ArgumentException()", "Exception")]
    [InlineData("bool", "true", null)]
    [InlineData("byte", "1", "byte")]
    public Task Type_argument_is_written_where_inference_differs(string type, string value, string? argument) => Fixes(
        $$"""
        class C
        {
            async Task<{{type}}> [|M|]()
            {
                return {{value}};
            }
        }
        """,
        $$"""
        class C
        {
            Task<{{type}}> M()
            {
                return Task.FromResult{{(argument is null ? "" : $"<{argument}>")}}({{value}});
            }
        }
        """,
        ReturnCompleted);

    [NeedsCSharpFact(12)]
    public Task Collection_expression_has_its_type_written() => Fixes(
        "class C { async Task<int[]> [|M|]() => [1, 2]; async ValueTask<List<int>> [|N|]() => []; }",
        "class C { Task<int[]> M() => Task.FromResult<int[]>([1, 2]); ValueTask<List<int>> N() => ValueTask.FromResult<List<int>>([]); }",
        ReturnCompleted);

    [Fact]
    public Task Only_own_returns_change_and_the_end_returns_where_it_is_reachable() => Fixes(
        """
        class C
        {
            /// <summary>Documented.</summary>
            [Obsolete]
            internal async Task [|M|](List<int> list) // here
            {
                // first
                Func<int> f = () => { return 1; };
                int Local() { return 2; }
                foreach (var x in list)
                {
                    if (x == f())
                        return; // early
                }

                try
                {
                    Local();
                }
                finally
                {
                    list.Clear();
                }

                // last
            }
        }
        """,
        """
        class C
        {
            /// <summary>Documented.</summary>
            [Obsolete]
            internal Task M(List<int> list) // here
            {
                // first
                Func<int> f = () => { return 1; };
                int Local() { return 2; }
                foreach (var x in list)
                {
                    if (x == f())
                        return Task.CompletedTask; // early
                }

                try
                {
                    Local();
                }
                finally
                {
                    list.Clear();
                }

                // last
                return Task.CompletedTask;
            }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Directives_at_the_end_stay_before_the_return() => Fixes(
        """
        class C
        {
            async Task [|M|]()
            {
                Console.Beep();
        #if !DEBUG
                Console.Beep();
        #endif
            }
        }
        """,
        """
        class C
        {
            Task M()
            {
                Console.Beep();
        #if !DEBUG
                Console.Beep();
        #endif
                return Task.CompletedTask;
            }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Expression_body_without_a_result_becomes_a_block() => Fixes(
        """
        class C
        {
            int n;

            // why
            public async Task [|M|](int x) => n = x; // set

            async Task [|N|]() =>
                Console.WriteLine(
                    n);

            void Outer()
            {
                async ValueTask [|Local|]() => n++;
                Local();
            }
        }
        """,
        """
        class C
        {
            int n;

            // why
            public Task M(int x)
            {
                n = x; // set
                return Task.CompletedTask;
            }

            Task N()
            {
                Console.WriteLine(
                    n);
                return Task.CompletedTask;
            }

            void Outer()
            {
                ValueTask Local()
                {
                    n++;
                    return ValueTask.CompletedTask;
                }
                Local();
            }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Lambdas_and_anonymous_methods_return_completed_tasks() => Fixes(
        """
        class C
        {
            Func<Task> a = [|async|] () => { };
            Func<Task> b = [|async|] () => Console.Beep();
            Func<int, Task<int>> c = [|async|] x => x;
            Func<int, Task<long>> d = static [|async|] x => x;
            Func<int, ValueTask<int>> e = [|async|] delegate (int x) { return x; };
            Action f = [|async|] () => Console.Beep();
            Action g = [|async|] () => { };
            Func<Task<string?>> h = [|async|] () => null;

            void M()
            {
                var i = [|async|] () => 1;
                var j = [|async|] Task<object> () => 1;
                var k = new[] { 1 }.Select([|async|] x => x + 1);
                Use([|async|] () =>
                {
                    Console.Beep();
                });
                Console.CancelKeyPress += [|async|] (s, e) => Console.Beep();
            }

            void Use(Func<Task> f) { }
        }
        """,
        """
        class C
        {
            Func<Task> a = () => { return Task.CompletedTask; };
            Func<Task> b = () => { Console.Beep(); return Task.CompletedTask; };
            Func<int, Task<int>> c = x => Task.FromResult(x);
            Func<int, Task<long>> d = static x => Task.FromResult<long>(x);
            Func<int, ValueTask<int>> e = delegate (int x) { return ValueTask.FromResult(x); };
            Action f = () => Console.Beep();
            Action g = () => { };
            Func<Task<string?>> h = () => Task.FromResult<string?>(null);

            void M()
            {
                var i = () => Task.FromResult(1);
                var j = Task<object> () => Task.FromResult<object>(1);
                var k = new[] { 1 }.Select(x => Task.FromResult(x + 1));
                Use(() =>
                {
                    Console.Beep();
                    return Task.CompletedTask;
                });
                Console.CancelKeyPress += (s, e) => Console.Beep();
            }

            void Use(Func<Task> f) { }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Lambda_takes_the_synchronous_overload_of_its_call() => Fixes(
        """
        class C
        {
            void M()
            {
                Task<int> a = Task.Run([|async|] () => 5);
                Task b = Task.Run([|async|] () => { Console.Beep(); });
                Task c = Task.Run([|async|] () => Console.Beep(), CancellationToken.None);
                Task<Task> d = Task.Factory.StartNew([|async|] () => { });
                Run([|async|] () => { Console.Beep(); });
            }

            static void Run(Action a) { }
            static Task Run(Func<Task> a) => a();
        }
        """,
        """
        class C
        {
            void M()
            {
                Task<int> a = Task.Run(() => 5);
                Task b = Task.Run(() => { Console.Beep(); });
                Task c = Task.Run(() => Console.Beep(), CancellationToken.None);
                Task<Task> d = Task.Factory.StartNew(() => { return Task.CompletedTask; });
                Run(() => { Console.Beep(); return Task.CompletedTask; });
            }

            static void Run(Action a) { }
            static Task Run(Func<Task> a) => a();
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Lambda_given_to_a_constructor_returns_completed_tasks() => Fixes(
        """
        class C
        {
            static readonly Lazy<Task<int>> One = new([|async|] () => 2);
            static readonly Lazy<Task<int>> Two = new Lazy<Task<int>>([|async|] () => 2, true);
            C(Func<Task> f) { }
            C() : this([|async|] () => { }) { }
        }
        """,
        """
        class C
        {
            static readonly Lazy<Task<int>> One = new(() => Task.FromResult(2));
            static readonly Lazy<Task<int>> Two = new Lazy<Task<int>>(() => Task.FromResult(2), true);
            C(Func<Task> f) { }
            C() : this(() => { return Task.CompletedTask; }) { }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Lambda_behind_a_question_mark_returns_completed_tasks() => Fixes(
        """
        class C
        {
            void Use(Func<Task> f) { }
            void M(C? c) => c?.Use([|async|] () => { });
        }
        """,
        """
        class C
        {
            void Use(Func<Task> f) { }
            void M(C? c) => c?.Use(() => { return Task.CompletedTask; });
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Lambda_that_would_take_another_overload_is_not_changed() => OffersNoFix(
        """
        class C
        {
            void M() => Use([|async|] () => Number());
            int Number() => 1;
            void Use(Action a) { }
            void Use(Func<int> f) { }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Nested_functions_are_mended_together() => Fixes(
        """
        class C
        {
            async Task<Func<Task<int>>> [|M|]()
            {
                async Task [|Local|]() { }
                Local();
                Func<Task<int>> f = [|async|] () => 1;
                return f;
            }
        }
        """,
        """
        class C
        {
            Task<Func<Task<int>>> M()
            {
                Task Local() { return Task.CompletedTask; }
                Local();
                Func<Task<int>> f = () => Task.FromResult(1);
                return Task.FromResult(f);
            }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Main_and_files_without_using_are_mended() => Fixes(
        """
        class P
        {
            static async System.Threading.Tasks.Task [|Main|]()
            {
                System.Console.WriteLine();
            }
        }
        """,
        """
        using System.Threading.Tasks;

        class P
        {
            static System.Threading.Tasks.Task Main()
            {
                System.Console.WriteLine();
                return Task.CompletedTask;
            }
        }
        """,
        ReturnCompleted,
        Setup.Default with { ImplicitUsings = false, Language = LanguageVersion.CSharp8 });

    [Fact]
    public Task Modifier_before_others_keeps_what_stands_around_it() => Fixes(
        """
        class C
        {
            #region r
            // one
            async /* two */ static Task [|M|]()
            {
            }
            #endregion

            void N()
            {
                Func<Task> f = static /* a */ [|async|] /* b */ () => { };
            }
        }
        """,
        """
        class C
        {
            #region r
            // one
            /* two */ static Task M()
            {
                return Task.CompletedTask;
            }
            #endregion

            void N()
            {
                Func<Task> f = static /* a */ /* b */ () => { return Task.CompletedTask; };
            }
        }
        """,
        ReturnCompleted);

    [Fact]
    public Task Line_endings_stay() => Fixes(
        "class C\r\n{\r\n    async Task [|M|]()\r\n    {\r\n        Console.Beep();\r\n    }\r\n\r\n    async Task [|N|]() => Console.Beep();\r\n}\r\n",
        "class C\r\n{\r\n    Task M()\r\n    {\r\n        Console.Beep();\r\n        return Task.CompletedTask;\r\n    }\r\n\r\n    Task N()\r\n    {\r\n        Console.Beep();\r\n        return Task.CompletedTask;\r\n    }\r\n}\r\n",
        ReturnCompleted);

    [Fact]
    public Task Partial_method_keeps_its_other_part() => Fixes(
        """
        partial class C { public partial Task<int> M(); }
        partial class C { public async partial Task<int> [|M|]() => 1; }
        """,
        """
        partial class C { public partial Task<int> M(); }
        partial class C { public partial Task<int> M() => Task.FromResult(1); }
        """,
        ReturnCompleted);

    [Fact]
    public async Task Titles_say_what_is_done() => Assert.Equal(
        [
            "Remove 'async' from 'M' and return completed tasks",
            "Remove 'async' from 'N'",
            "Remove 'async' from the lambda",
        ],
        await Titles("public class C { public async Task M() { } public async void N() { } Func<Task> f = async () => { }; }"));
}
