using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell what may be done side by side.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? HttpClient { get; } = types.Find("System.Net.Http.HttpClient");
    public INamedTypeSymbol? File { get; } = types.Find("System.IO.File");

    /// <summary>What does one thing after another, or is used up by what is done with it.</summary>
    public ImmutableArray<INamedTypeSymbol> OneAtATime { get; } = types.FindAll(
        "Microsoft.EntityFrameworkCore.DbContext",
        "Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade",
        "System.Data.Entity.DbContext",
        "System.Data.Entity.Database",
        "System.Linq.IQueryable",
        "System.Data.IDbConnection",
        "System.Data.IDbCommand",
        "System.Data.IDataReader",
        "System.Data.IDbTransaction",
        "System.Data.Common.DbConnection",
        "System.Data.Common.DbCommand",
        "System.Data.Common.DbDataReader",
        "System.Data.Common.DbTransaction",
        "System.Data.Common.DbBatch",
        "System.IO.Stream",
        "System.IO.TextReader",
        "System.IO.TextWriter",
        "System.IO.BinaryReader",
        "System.IO.BinaryWriter",
        "System.IO.Pipelines.PipeReader",
        "System.IO.Pipelines.PipeWriter",
        "System.Threading.Channels.ChannelReader`1",
        "System.Threading.Channels.ChannelWriter`1",
        "System.Collections.Generic.IAsyncEnumerator`1",
        "System.Net.Sockets.Socket",
        "System.Net.Sockets.TcpClient",
        "System.Net.Sockets.TcpListener",
        "System.Net.Sockets.UdpClient",
        "System.Net.HttpListener",
        "System.Net.WebSockets.WebSocket",
        "System.Threading.PeriodicTimer",
        "System.Threading.SemaphoreSlim",
        "System.Xml.XmlReader",
        "System.Xml.XmlWriter");

    /// <summary>What keeps several operations together until all are done.</summary>
    public ImmutableArray<INamedTypeSymbol> Transactions { get; } = types.FindAll(
        "System.Transactions.TransactionScope",
        "System.Data.IDbTransaction",
        "System.Data.Common.DbTransaction",
        "Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction");

    /// <summary>Objects of which several operations may have the same one.</summary>
    public ImmutableArray<INamedTypeSymbol> SharedByAll { get; } = types.FindAll(
        "System.String",
        "System.Type",
        "System.Uri",
        "System.Version",
        "System.Globalization.CultureInfo",
        "System.Net.Http.HttpClient",
        "System.Text.Encoding",
        "System.Text.Json.JsonSerializerOptions",
        "Microsoft.Extensions.Logging.ILogger");
}
