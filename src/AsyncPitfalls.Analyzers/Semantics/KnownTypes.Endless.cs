using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

internal sealed partial class KnownTypes
{
    // Work without an end, and what ends it
    public INamedTypeSymbol? PeriodicTimer { get; } = types.Find("System.Threading.PeriodicTimer");
    public INamedTypeSymbol? Timeout { get; } = types.Find("System.Threading.Timeout");
    public INamedTypeSymbol? Environment { get; } = types.Find("System.Environment");
    public INamedTypeSymbol? DoesNotReturnAttribute { get; } = types.Find("System.Diagnostics.CodeAnalysis.DoesNotReturnAttribute");
    public INamedTypeSymbol? DoesNotReturnIfAttribute { get; } = types.Find("System.Diagnostics.CodeAnalysis.DoesNotReturnIfAttribute");
    public INamedTypeSymbol? ObjectDisposedException { get; } = types.Find("System.ObjectDisposedException");
}
