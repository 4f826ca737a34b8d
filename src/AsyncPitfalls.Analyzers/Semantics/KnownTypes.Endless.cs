using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

internal sealed partial class KnownTypes
{
    // Work without an end, and what ends it
    public INamedTypeSymbol? PeriodicTimer { get; } = Find(compilation, "System.Threading.PeriodicTimer");
    public INamedTypeSymbol? Timeout { get; } = Find(compilation, "System.Threading.Timeout");
    public INamedTypeSymbol? Environment { get; } = Find(compilation, "System.Environment");
    public INamedTypeSymbol? DoesNotReturnAttribute { get; } = Find(compilation, "System.Diagnostics.CodeAnalysis.DoesNotReturnAttribute");
    public INamedTypeSymbol? DoesNotReturnIfAttribute { get; } = Find(compilation, "System.Diagnostics.CodeAnalysis.DoesNotReturnIfAttribute");
    public INamedTypeSymbol? ObjectDisposedException { get; } = Find(compilation, "System.ObjectDisposedException");
}
