namespace AsyncPitfalls.Tests.Framework;

/// <summary>Source stubs of libraries that reach for data, with what rules know of them.</summary>
public static class DataStubs
{
    public const string EntityFramework =
        """

        === Test/EntityFramework.cs
        using System.Linq.Expressions;
        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext : IDisposable, IAsyncDisposable
            {
                public virtual int SaveChanges() => 0;
                public virtual int SaveChanges(bool acceptAllChangesOnSuccess) => 0;
                public virtual Task<int> SaveChangesAsync(CancellationToken cancellationToken = default) => Task.FromResult(0);
                public virtual Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => Task.FromResult(0);
                public virtual object Add(object entity) => entity;
                public virtual ValueTask<object> AddAsync(object entity, CancellationToken cancellationToken = default) => new(entity);
                public virtual void AddRange(params object[] entities) { }
                public virtual Task AddRangeAsync(params object[] entities) => Task.CompletedTask;
                public virtual TEntity? Find<TEntity>(params object?[]? keyValues) where TEntity : class => null;
                public virtual ValueTask<TEntity?> FindAsync<TEntity>(params object?[]? keyValues) where TEntity : class => default;
                public virtual ValueTask<TEntity?> FindAsync<TEntity>(object?[]? keyValues, CancellationToken cancellationToken) where TEntity : class => default;
                public virtual DbSet<TEntity> Set<TEntity>() where TEntity : class => null!;
                public DatabaseFacade Database => null!;
                public void Dispose() { }
                public ValueTask DisposeAsync() => default;
            }

            public abstract class DbSet<TEntity> : IQueryable<TEntity> where TEntity : class
            {
                public virtual object Add(TEntity entity) => entity;
                public virtual ValueTask<object> AddAsync(TEntity entity, CancellationToken cancellationToken = default) => default;
                public virtual void AddRange(IEnumerable<TEntity> entities) { }
                public virtual Task AddRangeAsync(IEnumerable<TEntity> entities, CancellationToken cancellationToken = default) => Task.CompletedTask;
                public virtual TEntity? Find(params object?[]? keyValues) => null;
                public virtual ValueTask<TEntity?> FindAsync(params object?[]? keyValues) => default;
                public virtual ValueTask<TEntity?> FindAsync(object?[]? keyValues, CancellationToken cancellationToken) => default;
                public IEnumerator<TEntity> GetEnumerator() => null!;
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!;
                public Type ElementType => null!;
                public Expression Expression => null!;
                public IQueryProvider Provider => null!;
            }

            public class DatabaseFacade
            {
                public bool EnsureCreated() => true;
                public Task<bool> EnsureCreatedAsync(CancellationToken cancellationToken = default) => Task.FromResult(true);
            }

            public interface IDbContextFactory<TContext> where TContext : DbContext
            {
                TContext CreateDbContext();
                Task<TContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => Task.FromResult(CreateDbContext());
            }

            public static class RelationalDatabaseFacadeExtensions
            {
                public static void Migrate(this DatabaseFacade database) { }
                public static Task MigrateAsync(this DatabaseFacade database, CancellationToken cancellationToken = default) => Task.CompletedTask;
                public static int ExecuteSqlRaw(this DatabaseFacade database, string sql, params object[] parameters) => 0;
                public static Task<int> ExecuteSqlRawAsync(this DatabaseFacade database, string sql, params object[] parameters) => Task.FromResult(0);
                public static Task<int> ExecuteSqlRawAsync(this DatabaseFacade database, string sql, CancellationToken cancellationToken = default) => Task.FromResult(0);
            }

            public static class EntityFrameworkQueryableExtensions
            {
                public static Task<List<TSource>> ToListAsync<TSource>(this IQueryable<TSource> source, CancellationToken cancellationToken = default) => null!;
                public static Task<TSource[]> ToArrayAsync<TSource>(this IQueryable<TSource> source, CancellationToken cancellationToken = default) => null!;
                public static Task<TSource?> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate, CancellationToken cancellationToken = default) => null!;
                public static Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source, CancellationToken cancellationToken = default) => null!;
                public static Task<int> CountAsync<TSource>(this IQueryable<TSource> source, CancellationToken cancellationToken = default) => null!;
                public static Task<Dictionary<TKey, TSource>> ToDictionaryAsync<TSource, TKey>(this IQueryable<TSource> source, Func<TSource, TKey> keySelector, CancellationToken cancellationToken = default) where TKey : notnull => null!;
            }
        }
        """;

    public const string Sqlite =
        """

        === Test/Sqlite.cs
        using System.Data;
        using System.Data.Common;
        using System.Diagnostics.CodeAnalysis;
        namespace Microsoft.Data.Sqlite
        {
            public class SqliteConnection : DbConnection
            {
                public SqliteConnection(string connectionString) { }
                [AllowNull] public override string ConnectionString { get; set; } = "";
                public override string Database => "";
                public override string DataSource => "";
                public override string ServerVersion => "";
                public override ConnectionState State => default;
                public override void ChangeDatabase(string databaseName) { }
                public override void Open() { }
                public override void Close() { }
                public new virtual SqliteCommand CreateCommand() => null!;
                protected override DbCommand CreateDbCommand() => null!;
                protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => null!;
            }

            public class SqliteCommand : DbCommand
            {
                [AllowNull] public override string CommandText { get; set; } = "";
                public override int CommandTimeout { get; set; }
                public override CommandType CommandType { get; set; }
                public override bool DesignTimeVisible { get; set; }
                public override UpdateRowSource UpdatedRowSource { get; set; }
                protected override DbConnection? DbConnection { get; set; }
                protected override DbParameterCollection DbParameterCollection => null!;
                protected override DbTransaction? DbTransaction { get; set; }
                public override void Cancel() { }
                public override int ExecuteNonQuery() => 0;
                public override object? ExecuteScalar() => null;
                public override void Prepare() { }
                protected override DbParameter CreateDbParameter() => null!;
                protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => null!;
            }
        }
        """;
}
