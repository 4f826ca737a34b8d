using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How the awaited sibling gets its arguments: names, memories for spans, the token in scope.</summary>
public sealed class AP0028ArgumentFixTests() : RuleTest(new AP0028AsyncSiblingAnalyzer(), new AP0028AsyncSiblingCodeFix())
{
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
