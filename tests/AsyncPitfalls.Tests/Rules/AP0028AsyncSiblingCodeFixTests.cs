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
    public Task A_token_in_scope_is_passed_on() => Fixes(
        """
        class Api
        {
            public int Get(int id, bool all = false) => id;
            public Task<int> GetAsync(int id, bool all = false, CancellationToken cancellationToken = default) => null!;
            public void Put(int id) { }
            public Task PutAsync(int id) => null!;
            public Task PutAsync(int id, CancellationToken token) => null!;
            public void Drop(int id) { }
            public Task DropAsync(int id, CancellationToken token) => null!;
            public void Ask(int id, CancellationToken token) { }
            public Task AskAsync(int id, CancellationToken token) => null!;
        }

        class C
        {
            async Task M(Api api, Stream stream, CancellationToken token)
            {
                api.[|Get|](1);
                api.[|Get|](1, true);
                api.[|Get|](all: true, id: 1);
                api.[|Put|](1);
                api.[|Drop|](1);
                api.[|Ask|](1, CancellationToken.None);
                stream.[|Flush|]();
                try
                {
                    await Task.Delay(1, token);
                }
                catch (IOException)
                {
                    stream.[|Flush|]();
                    api.[|Drop|](2);
                }
            }

            async Task N(Api api)
            {
                api.[|Get|](1);
                api.[|Put|](1);
                api.[|Drop|](1);
            }
        }
        """,
        """
        class Api
        {
            public int Get(int id, bool all = false) => id;
            public Task<int> GetAsync(int id, bool all = false, CancellationToken cancellationToken = default) => null!;
            public void Put(int id) { }
            public Task PutAsync(int id) => null!;
            public Task PutAsync(int id, CancellationToken token) => null!;
            public void Drop(int id) { }
            public Task DropAsync(int id, CancellationToken token) => null!;
            public void Ask(int id, CancellationToken token) { }
            public Task AskAsync(int id, CancellationToken token) => null!;
        }

        class C
        {
            async Task M(Api api, Stream stream, CancellationToken token)
            {
                await api.GetAsync(1, cancellationToken: token);
                await api.GetAsync(1, true, token);
                await api.GetAsync(all: true, id: 1, cancellationToken: token);
                await api.PutAsync(1, token);
                await api.DropAsync(1, token);
                await api.AskAsync(1, CancellationToken.None);
                await stream.FlushAsync(token);
                try
                {
                    await Task.Delay(1, token);
                }
                catch (IOException)
                {
                    await stream.FlushAsync();
                    await api.DropAsync(2, default);
                }
            }

            async Task N(Api api)
            {
                await api.GetAsync(1);
                await api.PutAsync(1);
                await api.DropAsync(1, default);
            }
        }
        """);

    [Fact]
    public Task Arguments_are_given_as_the_sibling_takes_them() => Fixes(
        """
        class Api
        {
            public void Name(string path, int count) { }
            public Task NameAsync(string file, int size) => null!;
            public void In(in int n) { }
            public Task InAsync(int n) => null!;
            public void Read(ReadOnlySpan<char> text) { }
            public Task ReadAsync(ReadOnlyMemory<char> text) => null!;
            public T Make<T>(T value) => value;
            public Task<T> MakeAsync<T>(T value) => null!;
            public void Many(params string[] names) { }
            public Task ManyAsync(params string[] names) => null!;
        }

        class C
        {
            async Task M(Api api, Stream stream, byte[] buffer, Memory<byte> memory, string text, CancellationToken token)
            {
                api.[|Name|](count: 1, path: "");
                var n = 1;
                api.[|In|](in n);
                api.[|Read|](text);
                api.[|Read|](text.AsSpan(1, 2));
                api.[|Make|]<object>(n).ToString();
                api.[|Many|]("a", "b");
                stream.[|Write|](buffer.AsSpan(0, 4));
                stream.[|Write|](buffer.AsSpan()[1..]);
                stream.[|Write|](memory.Span);
                stream.[|Write|](memory.Span.Slice(1));
                stream.[|Write|](new ReadOnlySpan<byte>(buffer, 0, 1));
                n = stream.[|Read|](memory[..1].Span);
            }
        }
        """,
        """
        class Api
        {
            public void Name(string path, int count) { }
            public Task NameAsync(string file, int size) => null!;
            public void In(in int n) { }
            public Task InAsync(int n) => null!;
            public void Read(ReadOnlySpan<char> text) { }
            public Task ReadAsync(ReadOnlyMemory<char> text) => null!;
            public T Make<T>(T value) => value;
            public Task<T> MakeAsync<T>(T value) => null!;
            public void Many(params string[] names) { }
            public Task ManyAsync(params string[] names) => null!;
        }

        class C
        {
            async Task M(Api api, Stream stream, byte[] buffer, Memory<byte> memory, string text, CancellationToken token)
            {
                await api.NameAsync(size: 1, file: "");
                var n = 1;
                await api.InAsync(n);
                await api.ReadAsync(text.AsMemory());
                await api.ReadAsync(text.AsMemory(1, 2));
                (await api.MakeAsync<object>(n)).ToString();
                await api.ManyAsync("a", "b");
                await stream.WriteAsync(buffer.AsMemory(0, 4), token);
                await stream.WriteAsync(buffer.AsMemory()[1..], token);
                await stream.WriteAsync(memory, token);
                await stream.WriteAsync(memory.Slice(1), token);
                await stream.WriteAsync(new ReadOnlyMemory<byte>(buffer, 0, 1), token);
                n = await stream.ReadAsync(memory[..1], token);
            }
        }
        """);

    [Fact]
    public Task A_span_without_a_memory_has_no_fix() => OffersNoFix(
        """
        class C
        {
            async Task M(Stream stream, List<byte> list)
            {
                stream.[|Write|]("abc"u8);
                stream.[|Write|](System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));
                stream.[|Write|](stackalloc byte[] { 1, 2 });
                await Task.Yield();
            }
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
                [|using|] (var other = File.OpenRead(path))
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
                await using (var other = File.OpenRead(path))
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
    public Task Sockets_take_the_same_buffers() => Fixes(
        """
        using System.Net.Sockets;

        class C
        {
            async Task M(Socket socket, byte[] buffer, CancellationToken token)
            {
                socket.[|Connect|]("host", 80);
                socket.[|Send|](buffer.AsSpan(0, 1));
                socket.[|Receive|](buffer.AsSpan(), SocketFlags.None);
            }
        }
        """,
        """
        using System.Net.Sockets;

        class C
        {
            async Task M(Socket socket, byte[] buffer, CancellationToken token)
            {
                await socket.ConnectAsync("host", 80, token);
                await socket.SendAsync(buffer.AsMemory(0, 1), token);
                await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, token);
            }
        }
        """);

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
                    using var file = File.OpenRead(path);
                }
            }
            """));

    [Fact]
    public Task Siblings_of_the_types_that_the_option_names_are_called_by_name() => Fixes(
        """
        using App;

        class C
        {
            async Task M(Db db, string path, CancellationToken token)
            {
                db.[|Load|](1);
                OldFile.[|Read|](path);
            }
        }
        === Test/Data.cs
        namespace App
        {
            public class Db { public int Load(int id) => id; }
            public static class OldFile { public static string Read(string path) => path; }
        }

        namespace App.Extras
        {
            public static class DbExtensions { public static Task<int> LoadAsync(this App.Db db, int id, CancellationToken token = default) => null!; }
            public static class AsyncFile { public static Task<string> ReadAsync(string path) => null!; }
        }
        """,
        """
        using App;
        using App.Extras;

        class C
        {
            async Task M(Db db, string path, CancellationToken token)
            {
                await DbExtensions.LoadAsync(db, 1, token);
                await AsyncFile.ReadAsync(path);
            }
        }
        === Test/Data.cs
        namespace App
        {
            public class Db { public int Load(int id) => id; }
            public static class OldFile { public static string Read(string path) => path; }
        }

        namespace App.Extras
        {
            public static class DbExtensions { public static Task<int> LoadAsync(this App.Db db, int id, CancellationToken token = default) => null!; }
            public static class AsyncFile { public static Task<string> ReadAsync(string path) => null!; }
        }
        """, setup: new Setup { EditorConfig = "async_pitfalls.sibling_types = App.Extras.DbExtensions|T:App.Extras.AsyncFile" });
}
