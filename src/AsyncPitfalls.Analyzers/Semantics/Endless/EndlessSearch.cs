using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>What a search for functions and tasks that never end goes by.</summary>
/// <param name="By">What they are measured by.</param>
/// <param name="Under">The search for endless functions in which it is made; null where none is under way.</param>
/// <param name="Cancellation">Stops it.</param>
internal readonly record struct EndlessSearch(Endlessness By, FactSearch<SyntaxNode>? Under, CancellationToken Cancellation);
