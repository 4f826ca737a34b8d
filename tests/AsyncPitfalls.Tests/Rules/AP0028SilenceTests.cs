using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Where the sibling would be wrong, no gain, or could not be awaited.</summary>
public sealed class AP0028SilenceTests() : RuleTest(new AP0028AsyncSiblingAnalyzer())
{
    [Fact]
    public Task What_has_everything_in_memory_is_silent() => Silent(
        """
        using System.IO.Compression;
        using System.Text.Json;

        class C
        {
            private readonly Stream kept = new MemoryStream();
            private readonly StringWriter text = new();

            async Task M(byte[] bytes, bool flag, Stream target)
            {
                var memory = new MemoryStream(bytes);
                memory.Write(bytes, 0, 1);
                memory.CopyTo(target);
                Stream hidden = memory;
                hidden.Flush();
                Stream chosen = flag ? new MemoryStream() : Stream.Null;
                chosen.Write(bytes, 0, 1);
                kept.Flush();
                text.Write("");
                TextReader reader = new StringReader("");
                reader.ReadToEnd();
                TextWriter.Null.WriteLine("");
                JsonSerializer.Serialize(memory, bytes);

                using (var zip = new GZipStream(memory, CompressionMode.Compress))
                    zip.Write(bytes, 0, 1);
                using var lines = new StreamReader(new MemoryStream(bytes));
                Console.WriteLine(lines.ReadToEnd());
                using StreamWriter writer = new(hidden);
                writer.WriteLine("");
                using var resource = new StreamReader(typeof(C).Assembly.GetManifestResourceStream("x")!);
                Console.WriteLine(resource.ReadToEnd());
            }
        }
        """);

    [Fact]
    public Task What_may_be_a_file_is_found() => Reports(
        """
        class C
        {
            private Stream given = new MemoryStream();

            public void Set(Stream stream) => given = stream;

            async Task M(bool flag, string path, Stream other)
            {
                Stream chosen = flag ? new MemoryStream() : File.OpenRead(path);
                chosen.[|Flush|]();
                given.[|Flush|]();
                other.[|CopyTo|](new MemoryStream());
                var writer = new StreamWriter(path);
                writer.[|WriteLine|]("");
            }
        }
        """);

    [Fact]
    public Task The_console_and_cancellation_are_silent() => Silent(
        """
        class C
        {
            async Task M(CancellationTokenSource source)
            {
                Console.Out.WriteLine("");
                var errors = Console.Error;
                errors.Flush();
                Console.OpenStandardOutput().Flush();
                source.Cancel();
                source.Cancel(true);
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Xml_speaks_only_with_asynchronous_settings() => Reports(
        """
        using System.Xml;

        class C
        {
            async Task M(Stream stream, XmlReader given, string path)
            {
                given.Read();
                using var plain = XmlReader.Create(stream);
                plain.Read();
                using var synchronous = XmlWriter.Create(stream, new XmlWriterSettings { Async = false });
                synchronous.Flush();

                using var asynchronous = XmlReader.Create(stream, new XmlReaderSettings { Async = true });
                asynchronous.[|Read|]();
                var settings = new XmlWriterSettings { Indent = true, Async = true };
                var writer = XmlWriter.Create(stream, settings);
                writer.[|WriteStartDocument|]();
                var later = new XmlReaderSettings();
                later.Async = true;
                var reader = XmlReader.Create(stream, later);
                reader.[|MoveToContent|]();
            }
        }
        """);

    [Fact]
    public Task Sqlite_is_silent() => Silent(
        """
        using System.Data.Common;
        using Microsoft.Data.Sqlite;

        class C
        {
            async Task M()
            {
                using var connection = new SqliteConnection("");
                connection.Open();
                using var command = connection.CreateCommand();
                command.ExecuteNonQuery();
                DbConnection hidden = new SqliteConnection("");
                hidden.Open();
                using var other = hidden.CreateCommand();
                other.ExecuteNonQuery();
                using var reader = other.ExecuteReader();
                reader.Read();
                connection.Close();
            }
        }
        """ + DataStubs.Sqlite);

    [Fact]
    public Task Libraries_whose_siblings_are_for_something_else_are_silent() => Silent(
        """
        using FluentValidation;
        using MongoDB.Driver;
        using NUnit.Framework;

        class Rules : AbstractValidator<string> { }

        class C
        {
            async Task M(IMongoCollection<string> collection, IValidator<string> validator, Rules rules)
            {
                collection.Find("");
                validator.Validate("");
                rules.Validate("");
                rules.ValidateAndThrow("");
                Assert.That(1, 1);
                Assert.Throws(() => { });
                Xunit.Assert.All(new[] { 1 }, n => { });
                await Task.Yield();
            }
        }
        === Test/Libraries.cs
        namespace FluentValidation
        {
            public interface IValidator { }
            public interface IValidator<T> : IValidator { bool Validate(T instance); Task<bool> ValidateAsync(T instance, CancellationToken cancellation = default); }
            public abstract class AbstractValidator<T> : IValidator<T> { public bool Validate(T instance) => true; public Task<bool> ValidateAsync(T instance, CancellationToken cancellation = default) => null!; }
            public static class DefaultValidatorExtensions
            {
                public static void ValidateAndThrow<T>(this IValidator<T> validator, T instance) { }
                public static Task ValidateAndThrowAsync<T>(this IValidator<T> validator, T instance, CancellationToken cancellation = default) => null!;
            }
        }

        namespace MongoDB.Driver
        {
            public interface IMongoCollection<T> { }
            public static class IMongoCollectionExtensions
            {
                public static List<T> Find<T>(this IMongoCollection<T> collection, string filter) => null!;
                public static Task<List<T>> FindAsync<T>(this IMongoCollection<T> collection, string filter) => null!;
            }
        }

        namespace NUnit.Framework
        {
            public static class Assert
            {
                public static void That(object actual, object expected) { }
                public static Task ThatAsync(object actual, object expected) => null!;
                public static Exception Throws(Action code) => null!;
                public static Task<Exception> ThrowsAsync(Action code) => null!;
            }
        }

        namespace Xunit
        {
            public static class Assert
            {
                public static void All<T>(IEnumerable<T> xs, Action<T> code) { }
                public static Task AllAsync<T>(IEnumerable<T> xs, Action<T> code) => null!;
            }
        }
        """);

    [Fact]
    public Task Look_alikes_of_those_libraries_are_found() => Reports(
        """
        class C
        {
            async Task M(Mine.Validator validator)
            {
                validator.[|Validate|]("");
                Mine.Assert.[|That|](1);
            }
        }

        namespace Mine
        {
            public class Validator { public bool Validate(string s) => true; public Task<bool> ValidateAsync(string s) => null!; }
            public static class Assert { public static void That(int n) { } public static Task ThatAsync(int n) => null!; }
        }
        """);

    [Fact]
    public Task Set_ups_of_mocks_are_silent() => Silent(
        """
        using Moq;
        using NSubstitute;

        public interface IStore { int Load(); Task<int> LoadAsync(); void Save(); Task SaveAsync(); }

        class C
        {
            async Task M(Mock<IStore> mock, IStore store)
            {
                mock.Setup(s => s.Load());
                mock.Verify(s => s.Save());
                store.Received().Save();
                await Task.Yield();
            }
        }
        === Test/Mocks.cs
        namespace Moq
        {
            public class Mock<T>
            {
                public void Setup<R>(Func<T, R> call) { }
                public Task SetupAsync<R>(Func<T, R> call) => null!;
                public void Verify(Action<T> call) { }
            }
        }

        namespace NSubstitute
        {
            public static class SubstituteExtensions { public static T Received<T>(this T substitute) where T : class => substitute; }
        }
        """);

    [Fact]
    public Task A_sibling_that_would_call_itself_is_silent() => Silent(
        """
        static class Extensions
        {
            public static void Touch(this Store store) { }
            public static async Task TouchAsync(this Store store) { await Task.Yield(); store.Touch(); }
        }

        interface IStore { void Save(); Task SaveAsync(); }

        class Store : IStore
        {
            public void Save() { }
            public async Task SaveAsync() { Save(); this.Save(); await Task.Run(async () => { await Task.Yield(); Save(); }); }
            public async Task SaveAsync(CancellationToken token) { await Task.Delay(1, token); Save(); }

            public static void Load() { }
            public static async Task LoadAsync() { await Task.Yield(); Load(); }

            public void Send() { }
            public Task SendAsync() => SendCoreAsync();
            private async Task SendCoreAsync() { await Task.Yield(); Send(); }

            public void Copy() { }
            public Task CopyAsync() { Copy(); return Task.CompletedTask; }
            public async Task UseAsync() { await Task.Yield(); Copy(); }
        }

        class Explicit : IStore
        {
            public void Save() { }
            async Task IStore.SaveAsync() { await Task.Yield(); ((IStore)this).Save(); }
        }
        """);

    [Fact]
    public Task A_decorator_is_found() => Reports(
        """
        interface IStore { void Save(); Task SaveAsync(); }

        class Decorator : IStore
        {
            private readonly IStore inner;
            public Decorator(IStore inner) => this.inner = inner;
            public void Save() => inner.Save();
            public async Task SaveAsync() { await Task.Yield(); inner.[|Save|](); }
        }

        class Writer : Stream
        {
            private readonly Stream inner = null!;
            public override bool CanRead => true;
            public override bool CanSeek => true;
            public override bool CanWrite => true;
            public override long Length => 0;
            public override long Position { get; set; }
            public override void Flush() { }
            public override int Read(byte[] buffer, int offset, int count) => 0;
            public override long Seek(long offset, SeekOrigin origin) => 0;
            public override void SetLength(long value) { }
            public override void Write(byte[] buffer, int offset, int count) { }
            public override async Task FlushAsync(CancellationToken token) { await Task.Yield(); inner.[|Flush|](); Flush(); }
        }
        """);

    [Fact]
    public Task Where_no_await_can_stand_is_silent() => Silent(
        """
        class C
        {
            private readonly object gate = new();

            async Task M(Stream stream, byte[] buffer, string[] paths)
            {
                lock (gate)
                    stream.Flush();
                try
                {
                    await Task.Yield();
                }
                catch (IOException) when (File.ReadAllText("x") == "")
                {
                }

                var texts = from path in paths select File.ReadAllText(path);
                Console.WriteLine(nameof(File.ReadAllText) + string.Concat(texts));
                System.Linq.Expressions.Expression<Action> tree = () => stream.Flush();
            }

            unsafe class Pointers
            {
                async Task N(Stream stream) => stream.Flush();
            }
        }
        """);

    [NeedsCSharpFact(13)]
    public Task Where_a_span_would_live_across_the_await_is_silent() => Silent(
        """
        class C
        {
            async Task M(Stream stream)
            {
                Span<byte> bytes = stackalloc byte[4];
                var n = stream.Read(bytes);
                Console.WriteLine(bytes[0] + n);
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task An_entry_point_before_its_first_await_is_silent() => Reports(
        """
        var text = File.ReadAllText("x");
        using var early = File.OpenWrite(text);
        if (text == "")
            return;
        await Task.Delay(1);
        File.[|WriteAllText|]("x", text);

        async Task Local() => File.[|WriteAllText|]("x", "");
        await Local();
        """);

    [Fact]
    public Task Main_is_silent_before_its_first_await() => Reports(
        """
        class Program
        {
            static async Task Main(string[] args)
            {
                File.ReadAllText("x");
                using (var file = File.OpenWrite("x")) { }
                foreach (var arg in args)
                {
                    File.[|ReadAllText|](arg);
                    await Task.Delay(1);
                }
            }
        }
        """);

    [Fact]
    public Task Top_level_statements_without_an_await_are_silent() => Silent(
        """
        Console.WriteLine(File.ReadAllText("x"));
        """);

    [Fact]
    public Task What_an_option_says_to_block_nobody_is_silent() => Silent(
        """
        class Cache { public int Get(int id) => id; public Task<int> GetAsync(int id) => null!; }

        class C
        {
            async Task M(Cache cache, string path)
            {
                cache.Get(1);
                File.ReadAllText(path);
                await Task.Yield();
            }
        }
        """, new Setup { EditorConfig = "async_pitfalls.nonblocking_methods = M:Cache.Get|T:System.IO.File" });

    [Fact]
    public Task What_other_rules_say_or_pass_over_is_silent() => Silent(
        """
        class C
        {
            async Task M(SemaphoreSlim semaphore, Task task)
            {
                semaphore.Wait(0);
                semaphore.Wait(TimeSpan.Zero);
                task.Wait();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task A_call_that_waits_for_no_answer_is_silent_and_one_that_does_is_found() => Reports(
        """
        [Flags] enum CommandFlags { None = 0, FireAndForget = 2, DemandMaster = 4 }

        class Database
        {
            public bool KeyDelete(string key, CommandFlags flags = CommandFlags.None) => true;
            public Task<bool> KeyDeleteAsync(string key, CommandFlags flags = CommandFlags.None) => Task.FromResult(true);
        }

        class C
        {
            async Task M(Database db, CommandFlags given)
            {
                await db.KeyDeleteAsync("a");
                db.KeyDelete("b", CommandFlags.FireAndForget);
                db.KeyDelete("c", flags: CommandFlags.FireAndForget | CommandFlags.DemandMaster);
                db.KeyDelete("d", given);
                db.[|KeyDelete|]("e");
                db.[|KeyDelete|]("f", CommandFlags.DemandMaster);
            }
        }
        """);
}
