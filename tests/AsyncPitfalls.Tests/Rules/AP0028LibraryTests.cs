using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which calls of libraries have a sibling that should be awaited: databases, sockets, buffers.</summary>
public sealed class AP0028LibraryTests() : RuleTest(new AP0028AsyncSiblingAnalyzer())
{
    [Fact]
    public Task Entity_framework_is_found() => Reports(
        """
        using Microsoft.EntityFrameworkCore;

        class User { public int Id { get; set; } public string Name { get; set; } = ""; }
        class Shop : DbContext { public DbSet<User> Users => Set<User>(); }

        class C
        {
            async Task M(Shop db, CancellationToken token)
            {
                var all = db.Users.[|ToList|]();
                var some = db.Users.Where(user => user.Id > 1).Select(user => user.Name).[|ToArray|]();
                var first = db.Users.[|FirstOrDefault|](user => user.Id == 1);
                if (db.Users.[|Any|]())
                    Console.WriteLine(db.Users.[|Count|]());
                var map = db.Users.[|ToDictionary|](user => user.Id);
                var one = db.Users.[|Find|](1);
                var two = db.[|Find|]<User>(1);
                db.[|SaveChanges|]();
                db.[|SaveChanges|](true);
                db.Database.[|EnsureCreated|]();
                db.Database.[|Migrate|]();
                db.Database.[|ExecuteSqlRaw|]("delete {0}", 1);
            }
        }
        """ + DataStubs.EntityFramework);

    [Fact]
    public Task Entity_framework_without_gain_is_silent() => Silent(
        """
        using Microsoft.EntityFrameworkCore;

        class User { public int Id { get; set; } public List<User> Friends { get; set; } = new(); }
        class Shop : DbContext { public DbSet<User> Users => Set<User>(); }

        class C
        {
            async Task M(Shop db, IDbContextFactory<Shop> factory, List<User> list)
            {
                db.Add(new User());
                db.AddRange(new User(), new User());
                db.Users.Add(new User());
                db.Users.AddRange(list);
                await using var other = factory.CreateDbContext();
                Console.WriteLine(list.ToList().Count + list.AsQueryable().Where(user => user.Id > 1).ToList().Count);
                Console.WriteLine(db.Users.AsEnumerable().ToList());
                var nested = await db.Users.Where(user => user.Friends.AsQueryable().Any()).ToListAsync();
            }
        }
        """ + DataStubs.EntityFramework);

    [Fact]
    public Task Ado_net_is_found() => Reports(
        """
        using System.Data;
        using System.Data.Common;

        class C
        {
            async Task<object?> M(DbConnection connection, DbCommand command, DbTransaction transaction)
            {
                connection.[|Open|]();
                var begun = connection.[|BeginTransaction|](IsolationLevel.Snapshot);
                command.[|Prepare|]();
                command.[|ExecuteNonQuery|]();
                var reader = command.[|ExecuteReader|]();
                var sequential = command.[|ExecuteReader|](CommandBehavior.SequentialAccess);
                while (reader.[|Read|]())
                    Console.WriteLine(reader.GetString(0) + reader.GetFieldValue<int>(1) + reader.IsDBNull(2));
                reader.[|NextResult|]();
                transaction.[|Commit|]();
                connection.[|Close|]();
                return command.[|ExecuteScalar|]();
            }

            async Task Interface(IDbConnection connection) => connection.Open();
        }
        """);

    [Fact]
    public Task Spans_and_sockets_are_found() => Reports(
        """
        using System.Net.Sockets;
        using System.Text.Json;

        class C
        {
            async Task M(Stream stream, Socket socket, byte[] buffer, Memory<byte> memory, string path)
            {
                stream.[|Write|](buffer.AsSpan(0, 4));
                stream.[|Write|](memory.Span);
                var n = stream.[|Read|](memory.Span.Slice(1));
                stream.[|ReadExactly|](buffer);
                socket.[|Send|](buffer);
                socket.[|Receive|](memory.Span, SocketFlags.None);
                socket.[|Connect|]("host", 80);
                JsonSerializer.[|Serialize|](stream, path);
                var value = JsonSerializer.[|Deserialize|]<string>(stream);
            }
        }
        """);

    [NeedsCSharpFact(13)]
    public Task Spans_that_end_with_the_call_are_found() => Reports(
        """
        class C
        {
            async Task M(Stream stream)
            {
                Span<byte> bytes = stackalloc byte[4];
                var n = stream.Read(bytes);
                ReadOnlySpan<byte> rest = bytes[n..];
                stream.[|Write|](rest);
                await Task.Yield();
            }
        }
        """);
}
