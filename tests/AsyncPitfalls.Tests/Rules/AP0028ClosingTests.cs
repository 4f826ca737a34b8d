using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What is closed synchronously though it closes asynchronously.</summary>
public sealed class AP0028ClosingTests() : RuleTest(new AP0028AsyncSiblingAnalyzer())
{
    [Fact]
    public Task Streams_and_writers_are_found() => Reports(
        """
        using System.IO.Compression;
        using System.Security.Cryptography;

        class C
        {
            async Task M(string path, Stream target, FileStream given, Aes aes)
            {
                [|using|] var file = new FileStream(path, FileMode.Open);
                [|using|] Stream hidden = File.OpenWrite(path);
                [|using|] (var writer = new StreamWriter(path)) { }
                [|using|] (FileStream a = File.Create(path), b = File.Create(path)) { }
                [|using|] (given) { }
                [|using|] var zip = new GZipStream(target, CompressionMode.Compress);
                [|using|] var deflate = new DeflateStream(zip, CompressionMode.Compress);
                [|using|] var brotli = new BrotliStream(deflate, CompressionMode.Compress);
                [|using|] var crypto = new CryptoStream(brotli, aes.CreateEncryptor(), CryptoStreamMode.Write);
                [|using|] var buffered = new BufferedStream(crypto);
                given.[|Dispose|]();
                given?.[|Dispose|]();
                given.[|Close|]();
                hidden.[|Dispose|]();
            }
        }
        """);

    [Fact]
    public Task What_closes_synchronously_is_silent() => Silent(
        """
        using System.Net.Http;

        class C
        {
            async Task M(Stream unknown, HttpClient client, string path, CancellationToken token, Timer timer)
            {
                using (unknown) { }
                unknown.Dispose();
                client.Dispose();
                timer.Dispose();
                using var reader = new StreamReader(path);
                using var response = await client.GetAsync(path);
                using var source = CancellationTokenSource.CreateLinkedTokenSource(token);
                using var registration = token.Register(() => { });
                await using var file = File.OpenWrite(path);
                await using (var writer = new StreamWriter(path)) { }
                using var memory = new MemoryStream();
                await file.DisposeAsync();
                using IDisposable other = File.OpenWrite(path);
            }

            void Synchronous(string path)
            {
                using var file = File.OpenWrite(path);
                file.Dispose();
            }
        }
        """);

    [Fact]
    public Task Files_that_are_only_read_have_nothing_to_write_when_they_close() => Silent(
        """
        using System.IO.Compression;

        class C
        {
            async Task M(string path, FileInfo info, bool flag)
            {
                using var file = File.OpenRead(path);
                using (Stream hidden = flag ? info.OpenRead() : File.Open(path, FileMode.Open, FileAccess.Read)) { }
                using var created = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.Asynchronous);
                using var zip = new GZipStream(file, CompressionMode.Decompress);
                using var buffered = new BufferedStream(zip);
                await Task.Yield();
                created.Dispose();
            }
        }
        """);

    [Fact]
    public Task Files_that_may_be_written_are_found() => Reports(
        """
        using System.IO.Compression;

        class C
        {
            async Task M(string path, FileInfo info, bool flag, Stream given, FileAccess access)
            {
                [|using|] var file = File.Open(path, FileMode.Open);
                [|using|] (Stream hidden = flag ? info.OpenRead() : info.OpenWrite()) { }
                [|using|] var created = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
                [|using|] var chosen = new FileStream(path, FileMode.Open, access);
                [|using|] var zip = new GZipStream(given, CompressionMode.Compress);
                FileStream later = File.OpenRead(path);
                later = File.Create(path);
                later.[|Dispose|]();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Databases_and_containers_are_found() => Reports(
        """
        using System.Data.Common;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;

        class Shop : DbContext { }

        class C
        {
            async Task M(DbConnection connection, DbCommand command, Shop shop, IDbContextFactory<Shop> factory, ServiceCollection services)
            {
                [|using|] (connection) { }
                [|using|] var transaction = await connection.BeginTransactionAsync();
                [|using|] var reader = await command.ExecuteReaderAsync();
                [|using|] var created = connection.CreateCommand();
                [|using|] var db = factory.CreateDbContext();
                shop.[|Dispose|]();
                [|using|] var provider = services.BuildServiceProvider();
                using var scope = provider.CreateScope();
            }
        }
        """ + DataStubs.EntityFramework, Setup.AspNet);

    [Fact]
    public Task Own_types_count_where_they_await() => Reports(
        """
        sealed class Awaits : IDisposable, IAsyncDisposable
        {
            private readonly Stream stream = Stream.Null;
            public void Dispose() => stream.Dispose();
            public async ValueTask DisposeAsync() => await stream.DisposeAsync();
        }

        class Core : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }
            public async ValueTask DisposeAsync() { await DisposeAsyncCore(); Dispose(); }
            protected virtual async ValueTask DisposeAsyncCore() { await Task.Yield(); Dispose(); }
        }

        class Derived : Core { }

        sealed class Forwards : IDisposable, IAsyncDisposable
        {
            private readonly Awaits inner = new();
            public void Dispose() => inner.Dispose();
            ValueTask IAsyncDisposable.DisposeAsync() => inner.DisposeAsync();
        }

        sealed class Pattern : IDisposable
        {
            public void Dispose() { }
            public async Task DisposeAsync() => await Task.Yield();
        }

        sealed class Completes : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }
            public ValueTask DisposeAsync() { Dispose(); return default; }
        }

        class C
        {
            async Task M(Awaits given)
            {
                [|using|] var awaits = new Awaits();
                [|using|] var derived = new Derived();
                [|using|] var forwards = new Forwards();
                [|using|] var pattern = new Pattern();
                using var completes = new Completes();
                given.[|Dispose|]();
            }
        }
        """);

    [Fact]
    public Task In_an_entry_point_a_using_counts_after_the_first_await() => Reports(
        """
        using (var first = File.OpenWrite("x"))
            await Task.Delay(1);
        [|using|] (var second = File.OpenWrite("x")) { }
        [|using|] Stream third = File.OpenWrite("x");
        """);

    [Fact]
    public Task Without_asynchronous_closing_nothing_is_said() => Silent(
        """
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string path)
            {
                using (var file = File.OpenWrite(path)) { }
                File.OpenWrite(path).Dispose();
                await Task.Yield();
            }
        }
        """, Setup.Desktop);
}
