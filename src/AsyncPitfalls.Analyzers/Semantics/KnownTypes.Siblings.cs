using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell whether an awaitable sibling is worth its await.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? Stream { get; } = types.Find("System.IO.Stream");
    public INamedTypeSymbol? SpanOfT { get; } = types.Find("System.Span`1");
    public INamedTypeSymbol? ReadOnlySpanOfT { get; } = types.Find("System.ReadOnlySpan`1");
    public INamedTypeSymbol? MemoryOfT { get; } = types.Find("System.Memory`1");
    public INamedTypeSymbol? ReadOnlyMemoryOfT { get; } = types.Find("System.ReadOnlyMemory`1");
    public INamedTypeSymbol? ArraySegmentOfT { get; } = types.Find("System.ArraySegment`1");
    public INamedTypeSymbol? MemoryExtensions { get; } = types.Find("System.MemoryExtensions");
    public INamedTypeSymbol? Assembly { get; } = types.Find("System.Reflection.Assembly");
    public INamedTypeSymbol? ObsoleteAttribute { get; } = types.Find("System.ObsoleteAttribute");
    public INamedTypeSymbol? XmlReader { get; } = types.Find("System.Xml.XmlReader");
    public INamedTypeSymbol? XmlWriter { get; } = types.Find("System.Xml.XmlWriter");
    public INamedTypeSymbol? XmlReaderSettings { get; } = types.Find("System.Xml.XmlReaderSettings");
    public INamedTypeSymbol? XmlWriterSettings { get; } = types.Find("System.Xml.XmlWriterSettings");
    public INamedTypeSymbol? DbDataReader { get; } = types.Find("System.Data.Common.DbDataReader");
    public INamedTypeSymbol? DbContext { get; } = types.Find("Microsoft.EntityFrameworkCore.DbContext");
    public INamedTypeSymbol? DbSetOfT { get; } = types.Find("Microsoft.EntityFrameworkCore.DbSet`1");
    public INamedTypeSymbol? DbContextFactoryOfT { get; } = types.Find("Microsoft.EntityFrameworkCore.IDbContextFactory`1");
    public INamedTypeSymbol? MongoCollectionOfT { get; } = types.Find("MongoDB.Driver.IMongoCollection`1");
    public INamedTypeSymbol? MongoCollectionExtensions { get; } = types.Find("MongoDB.Driver.IMongoCollectionExtensions");

    /// <summary>Validators of FluentValidation and what calls them; rules with asynchronous parts are the only ones that need an await.</summary>
    public ImmutableArray<INamedTypeSymbol> FluentValidation { get; } = types.FindAll(
        "FluentValidation.IValidator",
        "FluentValidation.IValidator`1",
        "FluentValidation.AbstractValidator`1",
        "FluentValidation.InlineValidator`1",
        "FluentValidation.DefaultValidatorExtensions",
        "FluentValidation.TestHelper.ValidationTestExtension");

    /// <summary>Classes whose methods assert, and whose awaitable methods take other delegates.</summary>
    public ImmutableArray<INamedTypeSymbol> Assertions { get; } = types.FindAll(
        "NUnit.Framework.Assert",
        "NUnit.Framework.Legacy.ClassicAssert",
        "TUnit.Assertions.Assert",
        "Xunit.Assert",
        "Microsoft.VisualStudio.TestTools.UnitTesting.Assert");

    /// <summary>Streams, readers and writers that never wait, since all they have is in memory.</summary>
    public ImmutableArray<INamedTypeSymbol> InMemory { get; } = types.FindAll(
        "System.IO.MemoryStream",
        "System.IO.UnmanagedMemoryStream",
        "System.IO.StringReader",
        "System.IO.StringWriter",
        "System.Buffers.ArrayBufferWriter`1");

    public INamedTypeSymbol? FileInfo { get; } = types.Find("System.IO.FileInfo");
    public INamedTypeSymbol? FileStream { get; } = types.Find("System.IO.FileStream");
    public INamedTypeSymbol? FileAccess { get; } = types.Find("System.IO.FileAccess");

    /// <summary>What reads from or writes to something else, on which it depends whether it waits.</summary>
    public ImmutableArray<INamedTypeSymbol> ReadersAndWriters { get; } = types.FindAll(
        "System.IO.Stream",
        "System.IO.TextReader",
        "System.IO.TextWriter",
        "System.IO.BinaryReader",
        "System.IO.BinaryWriter",
        "System.IO.Pipelines.PipeReader",
        "System.IO.Pipelines.PipeWriter",
        "System.IO.Compression.ZipArchive",
        "System.Text.Json.Utf8JsonWriter",
        "System.Buffers.ArrayBufferWriter`1",
        "System.Xml.XmlReader",
        "System.Xml.XmlWriter",
        "Newtonsoft.Json.JsonReader",
        "Newtonsoft.Json.JsonWriter");

    /// <summary>The objects of ADO.NET that wait for a server.</summary>
    public ImmutableArray<INamedTypeSymbol> AdoNet { get; } = types.FindAll(
        "System.Data.Common.DbConnection",
        "System.Data.Common.DbCommand",
        "System.Data.Common.DbDataReader",
        "System.Data.Common.DbTransaction",
        "System.Data.Common.DbBatch",
        "System.Data.Common.DbDataSource");

    /// <summary>The objects of SQLite's providers, all of whose asynchronous methods run synchronously.</summary>
    public ImmutableArray<INamedTypeSymbol> Sqlite { get; } = types.FindAll(
        "Microsoft.Data.Sqlite.SqliteConnection",
        "Microsoft.Data.Sqlite.SqliteCommand",
        "Microsoft.Data.Sqlite.SqliteDataReader",
        "Microsoft.Data.Sqlite.SqliteTransaction",
        "Microsoft.Data.Sqlite.SqliteBlob",
        "System.Data.SQLite.SQLiteConnection",
        "System.Data.SQLite.SQLiteCommand",
        "System.Data.SQLite.SQLiteDataReader",
        "System.Data.SQLite.SQLiteTransaction");

    /// <summary>What flushes, waits for a server or disposes services when it is closed, and can do so asynchronously.</summary>
    public ImmutableArray<INamedTypeSymbol> ClosedAsynchronously { get; } = types.FindAll(
        "System.IO.FileStream",
        "System.IO.StreamWriter",
        "System.IO.BufferedStream",
        "System.IO.Compression.DeflateStream",
        "System.IO.Compression.GZipStream",
        "System.IO.Compression.BrotliStream",
        "System.IO.Compression.ZLibStream",
        "System.Security.Cryptography.CryptoStream",
        "System.Data.Common.DbConnection",
        "System.Data.Common.DbCommand",
        "System.Data.Common.DbDataReader",
        "System.Data.Common.DbTransaction",
        "System.Data.Common.DbBatch",
        "System.Data.Common.DbDataSource",
        "Microsoft.EntityFrameworkCore.DbContext",
        "Microsoft.Extensions.DependencyInjection.ServiceProvider",
        "Microsoft.Extensions.DependencyInjection.AsyncServiceScope");
}
