using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Benchmarks.Floors;

/// <summary>An action that an analyzer has registered: which, for what, and how to register what is called in its place.</summary>
internal sealed record Registration(string Action, string Kinds, Action<CompilationStartAnalysisContext, ActionCalls> Register)
{
    /// <summary>The kinds of operations that it asks for; none for other actions.</summary>
    public IReadOnlyList<OperationKind> Operations { get; init; } = [];
}
