namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>What becomes of the calls of a method that is made async, wherever they stand.</summary>
public sealed class CallSiteTests : AsyncifyTest
{
    private const string Read = "string Read(string path = \"\") => File.ReadAllTextAsync(path).[|Result|];";
    private const string ReadAsync = "async Task<string> Read(string path = \"\") => await File.ReadAllTextAsync(path);";

    [Fact]
    public Task Statements() => FixesUse(
        """
            void Use(bool b, List<char> letters)
            {
                Read(); // dropped
                _ = Read("a");
                var text = Read("b");
                string first = Read("c"), second = Read("d");
                text += Read();
                if (Read() == "x") Read();
                while (Read().Length < 3) Read();
                do Read(); while (Read() != "");
                for (; Read() != ""; Read()) { }
                foreach (var c in Read()) letters.Add(c);
                using (new StringReader(Read())) { }
                using var reader = new StringReader(Read());
                lock (Read()) { }
                switch (Read()) { case "a": Read(); break; }
                throw new InvalidOperationException(Read());
            }
        """,
        """
            async Task Use(bool b, List<char> letters)
            {
                await Read(); // dropped
                _ = await Read("a");
                var text = await Read("b");
                string first = await Read("c"), second = await Read("d");
                text += await Read();
                if (await Read() == "x") await Read();
                while ((await Read()).Length < 3) await Read();
                do await Read(); while (await Read() != "");
                for (; await Read() != ""; await Read()) { }
                foreach (var c in await Read()) letters.Add(c);
                using (new StringReader(await Read())) { }
                using var reader = new StringReader(await Read());
                lock (await Read()) { }
                switch (await Read()) { case "a": await Read(); break; }
                throw new InvalidOperationException(await Read());
            }
        """);

    [Fact]
    public Task Expressions() => FixesUse(
        """
            object Use(bool b, string[] texts, C c)
            {
                Console.WriteLine(Read() + Read("a") + $"{Read()} {Read().Length,3}");
                var one = Read()[0] + Read()!.Length + Read().Trim().Length;
                var two = (object)Read() as string ?? Read() ?? throw new Exception(Read());
                var three = b ? Read() : c.Read(path: Read());
                var four = Read() switch { "a" => Read(), var x when x == Read() => x, _ => "" };
                var five = new { Text = Read(), Array = new[] { Read() }, List = new List<string> { Read(), { Read() } } };
                texts[Read().Length] = Read();
                var six = !Read().Equals(Read()) && Read() is { Length: > 1 };
                var seven = (Read(), this.Read());
                var eight = checked(Read().Length + 1);
                var nine = from letter in Read() where letter != 'x' select letter;
                var ten = Read()?.Length;
                return (Read());
            }
        """,
        """
            async Task<object> Use(bool b, string[] texts, C c)
            {
                Console.WriteLine(await Read() + await Read("a") + $"{await Read()} {(await Read()).Length,3}");
                var one = (await Read())[0] + (await Read())!.Length + (await Read()).Trim().Length;
                var two = (object)await Read() as string ?? await Read() ?? throw new Exception(await Read());
                var three = b ? await Read() : await c.Read(path: await Read());
                var four = await Read() switch { "a" => await Read(), var x when x == await Read() => x, _ => "" };
                var five = new { Text = await Read(), Array = new[] { await Read() }, List = new List<string> { await Read(), { await Read() } } };
                texts[(await Read()).Length] = await Read();
                var six = !(await Read()).Equals(await Read()) && await Read() is { Length: > 1 };
                var seven = (await Read(), await this.Read());
                var eight = checked((await Read()).Length + 1);
                var nine = from letter in await Read() where letter != 'x' select letter;
                var ten = (await Read())?.Length;
                return (await Read());
            }
        """);

    [Fact]
    public Task Arguments_that_are_calls_themselves_are_awaited_inside_out() => FixesUse(
        """
            string Use(C c) => Read(Read(c.Read(Use2(Read()))));
            string Use2(string text) => new C().Read(text).Replace("a", Read());
        """,
        """
            async Task<string> Use(C c) => await Read(await Read(await c.Read(await Use2(await Read()))));
            async Task<string> Use2(string text) => (await new C().Read(text)).Replace("a", await Read());
        """);

    [Fact]
    public Task Chains_over_lines_keep_their_layout_and_comments() => FixesUse(
        """
            string Use(C c)
            {
                // first
                return c
                    // then
                    .Read("a")
                    .Trim(); // end
            }
        """,
        """
            async Task<string> Use(C c)
            {
                // first
                return (await c
                    // then
                    .Read("a"))
                    .Trim(); // end
            }
        """);

    [Fact]
    public Task Callers_become_async_all_the_way_up() => FixesUse(
        """
            int One() => Read().Length;
            int Two() => One() + 1;
            void Three() { Two(); }
            async Task Four() { await Task.Yield(); Three(); }
        """,
        """
            async Task<int> One() => (await Read()).Length;
            async Task<int> Two() => await One() + 1;
            async Task Three() { await Two(); }
            async Task Four() { await Task.Yield(); await Three(); }
        """);

    [Fact]
    public Task Names_in_nameof_and_documentation_stay() => FixesUse(
        """
            /// <summary>Calls <see cref="Read(string)"/> and <see cref="Read"/>.</summary>
            string Use() => nameof(Read) + nameof(C.Read) + Read();
        """,
        """
            /// <summary>Calls <see cref="Read(string)"/> and <see cref="Read"/>.</summary>
            async Task<string> Use() => nameof(Read) + nameof(C.Read) + await Read();
        """);

    [Fact]
    public Task A_statement_behind_a_conditional_access_awaits_a_completed_task_where_it_is_null() => FixesUse(
        """
            void Use(C? c, C[]? cs, Func<C?> find)
            {
                c?.Read();
                cs?[0].Read("a");
                find()?.Read();
                c?.Self()?.Self().Read();
                c?.Use(c, cs, find);
            }

            C Self() => this;
        """,
        """
            async Task Use(C? c, C[]? cs, Func<C?> find)
            {
                await (c?.Read() ?? Task.CompletedTask);
                await (cs?[0].Read("a") ?? Task.CompletedTask);
                await (find()?.Read() ?? Task.CompletedTask);
                await (c?.Self()?.Self().Read() ?? Task.CompletedTask);
                await (c?.Use(c, cs, find) ?? Task.CompletedTask);
            }

            C Self() => this;
        """);

    [Fact]
    public Task A_value_behind_a_conditional_access_is_awaited_where_there_is_one() => FixesUse(
        """
            int? length;
            C? next;

            string? Use(C? c, Func<C?> find)
            {
                length = c?.Read().Length;
                var found = find()?.Read("a");
                if (next?.Read() == "") return this.next?.Read().Trim();
                var deep = c?.next?.Read();
                return c?.Read() ?? "";
            }
        """,
        """
            int? length;
            C? next;

            async Task<string?> Use(C? c, Func<C?> find)
            {
                length = c is null ? (int?)null : (await c.Read()).Length;
                var found = find() is { } c1 ? await c1.Read("a") : null;
                if ((next is null ? null : await next.Read()) == "") return this.next is null ? null : (await this.next.Read()).Trim();
                var deep = c?.next is { } c2 ? await c2.Read() : null;
                return (c is null ? null : await c.Read()) ?? "";
            }
        """);

    [NeedsCSharpFact(12)]
    public Task Callers_in_other_files_and_projects_follow() => Fixes(
        """
        === Core/Store.cs
        namespace Core;

        public class Store
        {
            public string Load(string key) => File.ReadAllTextAsync(key).[|Result|];
        }
        === Core/Cache.cs
        namespace Core;

        public class Cache(Store store)
        {
            public int Count(string key)
            {
                return store.Load(key).Length;
            }
        }
        === App/Program.cs
        using Core;

        var cache = new Cache(new Store());
        Console.WriteLine(cache.Count("a") + Twice());

        int Twice() => 2 * cache.Count("b");
        """,
        """
        === Core/Store.cs
        namespace Core;

        public class Store
        {
            public async Task<string> Load(string key) => await File.ReadAllTextAsync(key);
        }
        === Core/Cache.cs
        namespace Core;

        public class Cache(Store store)
        {
            public async Task<int> Count(string key)
            {
                return (await store.Load(key)).Length;
            }
        }
        === App/Program.cs
        using Core;

        var cache = new Cache(new Store());
        Console.WriteLine(await cache.Count("a") + await Twice());

        async Task<int> Twice() => 2 * await cache.Count("b");
        """);

    [Fact]
    public Task Findings_that_share_callers_are_mended_together() => FixesUse(
        """
            int Length() => File.ReadAllTextAsync("b").[|Result|].Length;
            int Sum(Task<int> more) => Length() + Read().Length + more.[|Result|];
            void Use(Task<int> more) { Sum(more); more.[|Wait|](); Length(); }
        """,
        """
            async Task<int> Length() => (await File.ReadAllTextAsync("b")).Length;
            async Task<int> Sum(Task<int> more) => await Length() + (await Read()).Length + await more;
            async Task Use(Task<int> more) { await Sum(more); await more; await Length(); }
        """);

    private Task FixesUse(string before, string after) =>
        Fixes(
            $$"""
            class C
            {
                {{Read}}

            {{before}}
            }
            """,
            $$"""
            class C
            {
                {{ReadAsync}}

            {{after}}
            }
            """);
}
