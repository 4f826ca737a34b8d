using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types whose members keep a thread waiting.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? Monitor { get; } = types.Find("System.Threading.Monitor");
    public INamedTypeSymbol? Barrier { get; } = types.Find("System.Threading.Barrier");
    public INamedTypeSymbol? BlockingCollectionOfT { get; } = types.Find("System.Collections.Concurrent.BlockingCollection`1");
    public INamedTypeSymbol? Process { get; } = types.Find("System.Diagnostics.Process");
}
