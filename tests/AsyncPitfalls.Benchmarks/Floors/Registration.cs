using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Floors;

/// <summary>An action that an analyzer has registered: which, for what, and how to register one that does nothing in its place.</summary>
internal sealed record Registration(string Action, string Kinds, Action<CompilationStartAnalysisContext> RegisterEmpty)
{
    /// <summary>The kinds of operations that it asks for; none for other actions.</summary>
    public IReadOnlyList<OperationKind> Operations { get; init; } = [];
}
