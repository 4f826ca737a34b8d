using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>What becomes of the declaration of a function that is made async.</summary>
public sealed class DeclarationTests : AsyncifyTest
{
    [Fact]
    public Task Void_becomes_Task_and_a_value_becomes_a_task_of_it() => Fixes(
        """
        class C
        {
            void Pause() => Task.Delay(1).[|Wait|]();
            string Read(string path) { return File.ReadAllTextAsync(path).[|Result|]; }
            (int Length, string? Text) Both(string path) => (1, File.ReadAllTextAsync(path).[|Result|]);
        }
        """,
        """
        class C
        {
            async Task Pause() => await Task.Delay(1);
            async Task<string> Read(string path) { return await File.ReadAllTextAsync(path); }
            async Task<(int Length, string? Text)> Both(string path) => (1, await File.ReadAllTextAsync(path));
        }
        """);

    [Fact]
    public Task Async_follows_the_other_modifiers() => Fixes(
        """
        class C
        {
            public static void A() => Task.Delay(1).[|Wait|]();
            protected internal virtual void B() => Task.Delay(1).[|Wait|]();
            private static new string ToString() => File.ReadAllTextAsync("").[|Result|];
        }
        """,
        """
        class C
        {
            public static async Task A() => await Task.Delay(1);
            protected internal virtual async Task B() => await Task.Delay(1);
            private static new async Task<string> ToString() => await File.ReadAllTextAsync("");
        }
        """);

    [Fact]
    public Task Comments_attributes_and_documentation_stay() => Fixes(
        """
        class C
        {
            // before
            /// <summary>Reads.</summary>
            [Obsolete] // why
            /* type */ string /* name */ Read(/* none */) // after
            {
                // first
                return File.ReadAllTextAsync("").[|Result|]; // last
            }

            /* alone */ void Pause()
            {
        #if true
                Task.Delay(1) // here
                    .[|Wait|]();
        #endif
            }
        }
        """,
        """
        class C
        {
            // before
            /// <summary>Reads.</summary>
            [Obsolete] // why
            /* type */ async Task<string> /* name */ Read(/* none */) // after
            {
                // first
                return await File.ReadAllTextAsync(""); // last
            }

            /* alone */ async Task Pause()
            {
        #if true
                await Task.Delay(1) /* here */;
        #endif
            }
        }
        """);

    [Fact]
    public Task The_types_keep_the_names_they_are_written_with() => Fixes(
        """
        using Names = System.Collections.Generic.List<string>;

        class C
        {
            Names B(Task<Names> names) => names.[|Result|];
            dynamic D(Task<object> task) => task.[|Result|];
            string?[]? E(Task<string?[]?> task) => task.[|Result|];
        }
        """,
        """
        using Names = System.Collections.Generic.List<string>;

        class C
        {
            async Task<Names> B(Task<Names> names) => await names;
            async Task<dynamic> D(Task<object> task) => await task;
            async Task<string?[]?> E(Task<string?[]?> task) => await task;
        }
        """);

    [Fact]
    public Task Generic_extension_nested_and_struct_methods_change_alike() => Fixes(
        """
        static class Outer
        {
            public static T First<T>(this IEnumerable<Task<T>> tasks) where T : class => tasks.ElementAt(0).[|Result|];

            struct Inner
            {
                public int Read(Task<int> task) => task.[|Result|];
                public static int Use(Inner inner, Task<int> task) => inner.Read(task);
            }

            static string Use(List<Task<string>> tasks) => tasks.First<string>() + Outer.First(tasks);
        }
        """,
        """
        static class Outer
        {
            public static async Task<T> First<T>(this IEnumerable<Task<T>> tasks) where T : class => await tasks.ElementAt(0);

            struct Inner
            {
                public async Task<int> Read(Task<int> task) => await task;
                public static async Task<int> Use(Inner inner, Task<int> task) => await inner.Read(task);
            }

            static async Task<string> Use(List<Task<string>> tasks) => await tasks.First<string>() + await Outer.First(tasks);
        }
        """);

    [Fact]
    public Task Local_functions_become_async_up_to_the_function_around_them() => Fixes(
        """
        class C
        {
            int Outer(Task<int> task)
            {
                return Twice() + Once();

                int Once()
                {
                    return task.[|Result|];
                }

                int Twice() => Once() + Once();
            }
        }
        """,
        """
        class C
        {
            async Task<int> Outer(Task<int> task)
            {
                return await Twice() + await Once();

                async Task<int> Once()
                {
                    return await task;
                }

                async Task<int> Twice() => await Once() + await Once();
            }
        }
        """);

    [Fact]
    public Task A_recursive_method_awaits_itself() => Fixes(
        """
        class C
        {
            int Count(Task<int> task, int depth) => depth == 0 ? task.[|Result|] : 1 + Count(task, depth - 1);
        }
        """,
        """
        class C
        {
            async Task<int> Count(Task<int> task, int depth) => depth == 0 ? await task : 1 + await Count(task, depth - 1);
        }
        """);

    [Fact]
    public Task Methods_that_call_each_other_become_async_together() => Fixes(
        """
        class C
        {
            bool IsEven(int n, Task t) { if (n == 0) return true; return IsOdd(n - 1, t); }
            bool IsOdd(int n, Task t) { t.[|Wait|](); if (n == 0) return false; return IsEven(n - 1, t); }
        }
        """,
        """
        class C
        {
            async Task<bool> IsEven(int n, Task t) { if (n == 0) return true; return await IsOdd(n - 1, t); }
            async Task<bool> IsOdd(int n, Task t) { await t; if (n == 0) return false; return await IsEven(n - 1, t); }
        }
        """);

    [Fact]
    public Task A_partial_method_changes_in_both_parts() => Fixes(
        """
        partial class C
        {
            private partial string Read(string path);
            partial void Close();
            void Use() { Read(""); Close(); }
        }
        === Test/Other.cs
        partial class C
        {
            private partial string Read(string path) => File.ReadAllTextAsync(path).[|Result|];
            partial void Close()
            {
                Task.Delay(1).[|Wait|]();
            }
        }
        """,
        """
        partial class C
        {
            private partial Task<string> Read(string path);
            private partial Task Close();
            async Task Use() { await Read(""); await Close(); }
        }
        === Test/Other.cs
        partial class C
        {
            private async partial Task<string> Read(string path) => await File.ReadAllTextAsync(path);
            private async partial Task Close()
            {
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task The_using_that_is_missing_is_added() => Fixes(
        """
        class C
        {
            void Close(System.Threading.Tasks.Task task) => task.[|Wait|]();
        }
        """,
        """
        using System.Threading.Tasks;

        class C
        {
            async Task Close(System.Threading.Tasks.Task task) => await task;
        }
        """,
        setup: Setup.Default with { ImplicitUsings = false });

    [Fact]
    public Task Another_type_called_Task_does_not_get_in_the_way() => Fixes(
        """
        namespace Work;

        class Task { }

        class C
        {
            void Close(System.Threading.Tasks.Task task) => task.[|Wait|]();
        }
        """,
        """
        namespace Work;

        class Task { }

        class C
        {
            async System.Threading.Tasks.Task Close(System.Threading.Tasks.Task task) => await task;
        }
        """);

    [Fact]
    public async Task The_title_says_what_changes()
    {
        Assert.Equal(
            ["Await 'task'", "Await 'Delay' and make 'Close' async", "Await 'Delay' and make 'Open' async (public signature)", "Await 'Delay' and make 'Read' async (public signature)"],
            await Titles(
                """
                public class C
                {
                    async Task Run(Task task) { task.Wait(); await task; }
                    void Close() => Task.Delay(1).Wait();
                    protected void Open() => Task.Delay(1).Wait();
                    void Read() => Task.Delay(1).Wait();
                    public void Use() => Read();
                }
                """));
    }

    [Fact]
    public Task Line_endings_stay() => Fixes(
        "class C\r\n{\r\n    Task Run(bool b, Task t)\r\n    {\r\n        if (b)\r\n            return t;\r\n        t.[|Wait|]();\r\n        return t;\r\n    }\r\n}\r\n",
        "class C\r\n{\r\n    async Task Run(bool b, Task t)\r\n    {\r\n        if (b)\r\n        {\r\n            await t;\r\n            return;\r\n        }\r\n        await t;\r\n        await t;\r\n    }\r\n}\r\n");

    [Fact]
    public Task Old_language_versions_do_as_well() => Fixes(
        """
        using System.Threading.Tasks;

        class C
        {
            int Read(Task<int> task) { return task.[|Result|]; }
            int Use(C c, Task<int> task) { return c.Read(task); }
        }
        """,
        """
        using System.Threading.Tasks;

        class C
        {
            async Task<int> Read(Task<int> task) { return await task; }
            async Task<int> Use(C c, Task<int> task) { return await c.Read(task); }
        }
        """,
        setup: Setup.Default with { Language = LanguageVersion.CSharp6 });

    [Fact]
    public Task What_is_called_await_gets_an_at_sign() => Fixes(
        """
        class C
        {
            int await = 1;
            int Field() => await + Task.FromResult(await).Id + File.ReadAllTextAsync("").[|Result|].Length;

            int Parameter(int await)
            {
                Func<int> nested = () => await /* kept */ + 1;
                return nested() + this.await + File.ReadAllTextAsync("").[|Result|].Length;
            }

            int Caller() => Parameter(await: 2);
            int Other() => await + @await;
        }
        """,
        """
        class C
        {
            int await = 1;
            async Task<int> Field() => @await + Task.FromResult(@await).Id + (await File.ReadAllTextAsync("")).Length;

            async Task<int> Parameter(int @await)
            {
                Func<int> nested = () => @await /* kept */ + 1;
                return nested() + this.@await + (await File.ReadAllTextAsync("")).Length;
            }

            async Task<int> Caller() => await Parameter(@await: 2);
            int Other() => await + @await;
        }
        """);
}
