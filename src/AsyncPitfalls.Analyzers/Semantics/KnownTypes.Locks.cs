using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that belong to one thread: locks, and values that each thread has its own of.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? Mutex { get; } = types.Find("System.Threading.Mutex");
    public INamedTypeSymbol? ReaderWriterLock { get; } = types.Find("System.Threading.ReaderWriterLock");
    public INamedTypeSymbol? ReaderWriterLockSlim { get; } = types.Find("System.Threading.ReaderWriterLockSlim");
    public INamedTypeSymbol? SpinLock { get; } = types.Find("System.Threading.SpinLock");
    public INamedTypeSymbol? Lock { get; } = types.Find("System.Threading.Lock");
    public INamedTypeSymbol? ThreadStaticAttribute { get; } = types.Find("System.ThreadStaticAttribute");
    public INamedTypeSymbol? ThreadLocalOfT { get; } = types.Find("System.Threading.ThreadLocal`1");
    public INamedTypeSymbol? AsyncLocalOfT { get; } = types.Find("System.Threading.AsyncLocal`1");
}
