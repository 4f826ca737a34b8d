using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that belong to one thread: locks, and values that each thread has its own of.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? Mutex { get; } = Find(compilation, "System.Threading.Mutex");
    public INamedTypeSymbol? ReaderWriterLock { get; } = Find(compilation, "System.Threading.ReaderWriterLock");
    public INamedTypeSymbol? ReaderWriterLockSlim { get; } = Find(compilation, "System.Threading.ReaderWriterLockSlim");
    public INamedTypeSymbol? SpinLock { get; } = Find(compilation, "System.Threading.SpinLock");
    public INamedTypeSymbol? Lock { get; } = Find(compilation, "System.Threading.Lock");
    public INamedTypeSymbol? ThreadStaticAttribute { get; } = Find(compilation, "System.ThreadStaticAttribute");
    public INamedTypeSymbol? ThreadLocalOfT { get; } = Find(compilation, "System.Threading.ThreadLocal`1");
    public INamedTypeSymbol? AsyncLocalOfT { get; } = Find(compilation, "System.Threading.AsyncLocal`1");
}
