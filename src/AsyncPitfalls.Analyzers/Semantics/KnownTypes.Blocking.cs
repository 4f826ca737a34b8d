using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types whose members keep a thread waiting.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? Monitor { get; } = Find(compilation, "System.Threading.Monitor");
    public INamedTypeSymbol? Barrier { get; } = Find(compilation, "System.Threading.Barrier");
    public INamedTypeSymbol? BlockingCollectionOfT { get; } = Find(compilation, "System.Collections.Concurrent.BlockingCollection`1");
    public INamedTypeSymbol? Process { get; } = Find(compilation, "System.Diagnostics.Process");
}
