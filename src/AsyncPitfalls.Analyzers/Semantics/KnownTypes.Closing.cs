using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell what is closed, and who still needs it.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? Stopwatch { get; } = types.Find("System.Diagnostics.Stopwatch");
    public INamedTypeSymbol? Interlocked { get; } = types.Find("System.Threading.Interlocked");
    public INamedTypeSymbol? GarbageCollector { get; } = types.Find("System.GC");
    public INamedTypeSymbol? PlainEnumerator { get; } = types.Find("System.Collections.IEnumerator");
    public INamedTypeSymbol? ArrayPoolOfT { get; } = types.Find("System.Buffers.ArrayPool`1");
    public INamedTypeSymbol? ServiceProvider { get; } = types.Find("System.IServiceProvider");
    public INamedTypeSymbol? StringReader { get; } = types.Find("System.IO.StringReader");
    public INamedTypeSymbol? StringWriter { get; } = types.Find("System.IO.StringWriter");

    /// <summary>Locks that any thread can release.</summary>
    public ImmutableArray<INamedTypeSymbol> Semaphores { get; } = types.FindAll(
        "System.Threading.SemaphoreSlim",
        "System.Threading.Semaphore");

    /// <summary>What tasks tell each other with that something has happened.</summary>
    public ImmutableArray<INamedTypeSymbol> Signals { get; } = types.FindAll(
        "System.Threading.WaitHandle",
        "System.Threading.ManualResetEventSlim",
        "System.Threading.CountdownEvent",
        "System.Threading.SemaphoreSlim",
        "System.Threading.Barrier");

    /// <summary>Locks that are taken with a <c>using</c> around what the call of them returns.</summary>
    public ImmutableArray<INamedTypeSymbol> ScopedLocks { get; } = types.FindAll(
        "System.Threading.Lock",
        "Nito.AsyncEx.AsyncLock",
        "Nito.AsyncEx.AsyncReaderWriterLock",
        "Nito.AsyncEx.AsyncMonitor");

    /// <summary>Values that are of use only as long as the object that they come from.</summary>
    public ImmutableArray<INamedTypeSymbol> BorrowedValues { get; } = types.FindAll(
        "System.Threading.CancellationToken",
        "System.Memory`1",
        "System.ReadOnlyMemory`1",
        "System.Buffers.ReadOnlySequence`1",
        "System.Text.Json.JsonElement",
        "System.IServiceProvider",
        "System.Linq.IQueryable");

    /// <summary>Services that a container keeps longer than any of its scopes.</summary>
    public ImmutableArray<INamedTypeSymbol> LastingServices { get; } = types.FindAll(
        "Microsoft.Extensions.Logging.ILogger",
        "Microsoft.Extensions.Logging.ILoggerFactory",
        "Microsoft.Extensions.Options.IOptions`1",
        "Microsoft.Extensions.Options.IOptionsMonitor`1",
        "Microsoft.Extensions.Configuration.IConfiguration",
        "Microsoft.Extensions.Hosting.IHostApplicationLifetime",
        "Microsoft.Extensions.Hosting.IHostEnvironment",
        "Microsoft.Extensions.DependencyInjection.IServiceScopeFactory",
        "System.Net.Http.IHttpClientFactory");

    /// <summary>Exceptions that a method throws before it begins anything asynchronous: it has been called wrongly.</summary>
    public ImmutableArray<INamedTypeSymbol> ExceptionsOfCallers { get; } = types.FindAll(
        "System.ArgumentException",
        "System.NotSupportedException",
        "System.NotImplementedException",
        "System.InvalidOperationException",
        "System.FormatException",
        "System.InvalidCastException",
        "System.NullReferenceException",
        "System.MissingMemberException",
        "System.Reflection.TargetInvocationException");

    /// <summary>Exceptions that mostly tell how something asynchronous went.</summary>
    public ImmutableArray<INamedTypeSymbol> ExceptionsOfWork { get; } = types.FindAll(
        "System.OperationCanceledException",
        "System.TimeoutException",
        "System.Net.Http.HttpRequestException",
        "System.Net.Sockets.SocketException",
        "System.Data.Common.DbException");
}
