using AsyncPitfalls.Rules;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>The awaited sibling with its arguments, and <c>await using</c>.</summary>
public sealed class AP0028AsyncSiblingCodeFixTests() : RuleTest(new AP0028AsyncSiblingAnalyzer(), new AP0028AsyncSiblingCodeFix())
{
    [Fact]
    public Task The_sibling_is_awaited_in_every_position() => Fixes(
        """
        class C
        {
            async Task<string> M(StreamReader reader, string path, byte[] buffer)
            {
                // first
                File.[|WriteAllText|](path, File.[|ReadAllText|](path)); // written
                var n = reader.[|ReadToEnd|]().Trim().Length + File.[|ReadAllBytes|](path)[0];
                string? line;
                while ((line = reader.[|ReadLine|]()) != null)
                    Console.WriteLine(line!.Length);
                if (File.[|ReadAllText|](path) is { Length: > 1 } text)
                    return text;
                return n > 1 ? (File.[|ReadAllText|](path)) : reader
                    .[|ReadToEnd|](); /* kept */
            }

            async Task<string> Arrow(string path) => File.[|ReadAllText|](path);
        }
        """,
        """
        class C
        {
            async Task<string> M(StreamReader reader, string path, byte[] buffer)
            {
                // first
                await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(path)); // written
                var n = (await reader.ReadToEndAsync()).Trim().Length + (await File.ReadAllBytesAsync(path))[0];
                string? line;
                while ((line = await reader.ReadLineAsync()) != null)
                    Console.WriteLine(line!.Length);
                if (await File.ReadAllTextAsync(path) is { Length: > 1 } text)
                    return text;
                return n > 1 ? (await File.ReadAllTextAsync(path)) : await reader
                    .ReadToEndAsync(); /* kept */
            }

            async Task<string> Arrow(string path) => await File.ReadAllTextAsync(path);
        }
        """);

    [Fact]
    public Task Conditional_accesses_await_what_is_there() => Fixes(
        """
        class C
        {
            async Task M(Stream? stream, StreamReader? reader, FileStream? file)
            {
                stream?.[|Flush|]();
                file?.[|Dispose|]();
                var text = reader?.[|ReadToEnd|]();
                Console.WriteLine(text);
            }
        }
        """,
        """
        class C
        {
            async Task M(Stream? stream, StreamReader? reader, FileStream? file)
            {
                await (stream?.FlushAsync() ?? Task.CompletedTask);
                await (file?.DisposeAsync() ?? default);
                var text = reader is null ? null : await reader.ReadToEndAsync();
                Console.WriteLine(text);
            }
        }
        """);

    [Fact]
    public Task Usings_and_disposals_close_asynchronously() => Fixes(
        """
        class C
        {
            async Task M(string path, FileStream given)
            {
                // the file
                [|using|] var file = File.Create(path);
                [|using|] (var writer = new StreamWriter(path)) // written
                {
                    writer.[|Write|]("");
                }

                [|using|] (given)
                [|using|] (var other = File.OpenWrite(path))
                    await Task.Yield();
                try
                {
                    given.[|Close|]();
                }
                finally
                {
                    given.[|Dispose|](); // done
                }
            }
        }
        """,
        """
        class C
        {
            async Task M(string path, FileStream given)
            {
                // the file
                await using var file = File.Create(path);
                await using (var writer = new StreamWriter(path)) // written
                {
                    await writer.WriteAsync("");
                }

                await using (given)
                await using (var other = File.OpenWrite(path))
                    await Task.Yield();
                try
                {
                    await given.DisposeAsync();
                }
                finally
                {
                    await given.DisposeAsync(); // done
                }
            }
        }
        """);

    [Fact]
    public Task A_pattern_is_awaited_for_what_it_returns() => Fixes(
        """
        sealed class Pattern : IDisposable
        {
            public void Dispose() { }
            public async Task DisposeAsync() => await Task.Yield();
        }

        class C
        {
            async Task M(Pattern? pattern)
            {
                pattern?.[|Dispose|]();
                [|using|] var other = new Pattern();
            }
        }
        """,
        """
        sealed class Pattern : IDisposable
        {
            public void Dispose() { }
            public async Task DisposeAsync() => await Task.Yield();
        }

        class C
        {
            async Task M(Pattern? pattern)
            {
                await (pattern?.DisposeAsync() ?? Task.CompletedTask);
                await using var other = new Pattern();
            }
        }
        """);

    [Fact]
    public Task Before_csharp_8_there_is_no_await_using() => OffersNoFix(
        """
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string path)
            {
                [|using|] (var file = File.Create(path))
                    await Task.Yield();
            }
        }
        """, setup: new Setup { Language = LanguageVersion.CSharp7_3, ImplicitUsings = false });

    [Fact]
    public Task Queries_of_a_database_are_awaited() => Fixes(
        """
        using Microsoft.EntityFrameworkCore;

        class User { public int Id { get; set; } }
        class Shop : DbContext { public DbSet<User> Users => Set<User>(); }

        class C
        {
            async Task<int> M(Shop db, CancellationToken token)
            {
                foreach (var user in db.Users.Where(user => user.Id > 1).[|ToList|]())
                    Console.WriteLine(user.Id);
                var map = db.Users.[|ToDictionary|](user => user.Id);
                var one = db.Users.[|Find|](1);
                db.Database.[|ExecuteSqlRaw|]("delete {0}", 1);
                return db.[|SaveChanges|]() + map.Count;
            }
        }
        """ + DataStubs.EntityFramework,
        """
        using Microsoft.EntityFrameworkCore;

        class User { public int Id { get; set; } }
        class Shop : DbContext { public DbSet<User> Users => Set<User>(); }

        class C
        {
            async Task<int> M(Shop db, CancellationToken token)
            {
                foreach (var user in await db.Users.Where(user => user.Id > 1).ToListAsync(token))
                    Console.WriteLine(user.Id);
                var map = await db.Users.ToDictionaryAsync(user => user.Id, token);
                var one = await db.Users.FindAsync(1);
                await db.Database.ExecuteSqlRawAsync("delete {0}", 1);
                return await db.SaveChangesAsync(token) + map.Count;
            }
        }
        """ + DataStubs.EntityFramework);

    [Fact]
    public async Task Titles_say_what_is_awaited() => Assert.Equal(
        ["Await 'ReadAllTextAsync'", "Close it with 'await using'"],
        await Titles(
            """
            class C
            {
                async Task M(string path)
                {
                    File.ReadAllText(path);
                    using var file = File.OpenWrite(path);
                }
            }
            """));

    [Fact]
    public Task A_thread_that_was_to_do_nothing_else_is_not_taken() => Fixes(
        """
        class Store : IAsyncDisposable
        {
            public void Save(string text) { }
            public Task SaveAsync(string text, CancellationToken token = default) => Task.Delay(text.Length, token);
            public void Crunch() { }
            public async Task CrunchAsync() { for (var i = 0; i < 1000; i++) { } await Task.Yield(); }
            public void Dispose() { }
            public async ValueTask DisposeAsync() => await Task.Yield();
        }

        class C
        {
            async Task M(string path, Store store)
            {
                await Task.Run(async () => File.[|WriteAllText|](path, "")); // written
                var text = await Task.Run(async () => { return File.[|ReadAllText|](path); }).ConfigureAwait(false);
                await Task.Run(async () =>
                {
                    // why
                    store.[|Save|](text);
                });
                await Task.Factory.StartNew(async delegate { store.[|Dispose|](); }).Unwrap();
                await Task.Run(async () => File.[|WriteAllText|](path, File.[|ReadAllText|](text)));
            }

            async Task Passed(string path, Store store, CancellationToken token)
            {
                await Task.Run(async () => File.[|WriteAllText|](path, ""), token);
                await Task.Run(async () => store.[|Dispose|](), token);
            }

            async Task Needed(string path, string text, Store store)
            {
                await Task.Run(async () => store.[|Crunch|]());
                await Task.Run(async () => store.[|Save|](Normalized(text)));
                await Task.Run(async () => { store.[|Save|](text); store.[|Save|](path); });
                var started = Task.Run(async () => File.[|WriteAllText|](path, ""));
                await started;
            }

            static string Normalized(string text)
            {
                for (var length = 0; length != text.Length; text = text.Replace("  ", " "))
                    length = text.Length;
                return text;
            }
        }
        """,
        """
        class Store : IAsyncDisposable
        {
            public void Save(string text) { }
            public Task SaveAsync(string text, CancellationToken token = default) => Task.Delay(text.Length, token);
            public void Crunch() { }
            public async Task CrunchAsync() { for (var i = 0; i < 1000; i++) { } await Task.Yield(); }
            public void Dispose() { }
            public async ValueTask DisposeAsync() => await Task.Yield();
        }

        class C
        {
            async Task M(string path, Store store)
            {
                await File.WriteAllTextAsync(path, ""); // written
                var text = await File.ReadAllTextAsync(path).ConfigureAwait(false);
                await store.SaveAsync(text) /* why */;
                await store.DisposeAsync();
                await Task.Run(async () => await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(text)));
            }

            async Task Passed(string path, Store store, CancellationToken token)
            {
                await File.WriteAllTextAsync(path, "", token);
                await Task.Run(async () => await store.DisposeAsync(), token);
            }

            async Task Needed(string path, string text, Store store)
            {
                await Task.Run(async () => await store.CrunchAsync());
                await Task.Run(async () => await store.SaveAsync(Normalized(text)));
                await Task.Run(async () => { await store.SaveAsync(text); await store.SaveAsync(path); });
                var started = Task.Run(async () => await File.WriteAllTextAsync(path, ""));
                await started;
            }

            static string Normalized(string text)
            {
                for (var length = 0; length != text.Length; text = text.Replace("  ", " "))
                    length = text.Length;
                return text;
            }
        }
        """);

    [Fact]
    public Task A_value_that_the_thread_gave_another_type_keeps_it() => Fixes(
        """
        class C
        {
            async Task<object> M(string path)
            {
                await Task.Run<object>(async () => File.[|ReadAllText|](path)); // read
                object text = await Task.Run<object>(async () => File.[|ReadAllText|](path));
                var again = /* why */ await Task.Run<object>(async () => File.[|ReadAllText|](path)).ConfigureAwait(false);
                again = text;
                Show(await Task.Run<object>(async () => { return File.[|ReadAllText|](path); }));
                var shown = await Task.Run(async () => (object)File.[|ReadAllText|](path));
                shown = again;
                var bytes = await Task.Run<IEnumerable<byte>>(async () => File.[|ReadAllBytes|](path));
                bytes = new List<byte>();
                return (await Task.Run<object>(async () => File.[|ReadAllText|](path))).ToString()!;
            }

            static void Show(string text) { }
            static void Show(object text) { }
        }
        """,
        """
        class C
        {
            async Task<object> M(string path)
            {
                await File.ReadAllTextAsync(path); // read
                object text = await File.ReadAllTextAsync(path);
                var again = /* why */ (object)await File.ReadAllTextAsync(path).ConfigureAwait(false);
                again = text;
                Show((object)await File.ReadAllTextAsync(path));
                var shown = (object)await File.ReadAllTextAsync(path);
                shown = again;
                var bytes = (IEnumerable<byte>)await File.ReadAllBytesAsync(path);
                bytes = new List<byte>();
                return (await File.ReadAllTextAsync(path)).ToString()!;
            }

            static void Show(string text) { }
            static void Show(object text) { }
        }
        """);

    [Fact]
    public Task A_cast_in_the_thread_makes_the_same_value_without_it() => Fixes(
        """
        class C
        {
            async Task<object> M(Store store)
            {
                var half = await Task.Run(async () => (double)store.[|Count|]()) / 2;
                await Task.Run(async () => (byte)(store.[|Count|]())); // counted
                Show(await Task.Run<object>(async () => { return (double)/* all */store.[|Count|](); }).ConfigureAwait(false));
                object all = (await Task.Run(async () => (Amount)(long)store.[|Count|]())).ToString();
                return await Task.Run<object>(async () => (double)store.[|Count|]());
            }

            static void Show(double number) { }
            static void Show(object value) { }
        }

        class Store
        {
            public int Count() => 1;
            public Task<int> CountAsync() => Task.FromResult(1);
        }

        struct Amount
        {
            public static explicit operator Amount(long number) => default;
        }
        """,
        """
        class C
        {
            async Task<object> M(Store store)
            {
                var half = (double)await store.CountAsync() / 2;
                _ = (byte)await store.CountAsync(); // counted
                Show((object)(double)await store.CountAsync() /* all */.ConfigureAwait(false));
                object all = ((Amount)(long)await store.CountAsync()).ToString();
                return (double)await store.CountAsync();
            }

            static void Show(double number) { }
            static void Show(object value) { }
        }

        class Store
        {
            public int Count() => 1;
            public Task<int> CountAsync() => Task.FromResult(1);
        }

        struct Amount
        {
            public static explicit operator Amount(long number) => default;
        }
        """);
}
