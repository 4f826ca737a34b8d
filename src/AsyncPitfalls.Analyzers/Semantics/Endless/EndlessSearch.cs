using System.Threading;

namespace AsyncPitfalls.Semantics;

/// <summary>One search for functions and tasks that never end.</summary>
/// <param name="by">What they are measured by.</param>
/// <param name="cancellation">Stops the search.</param>
internal class EndlessSearch(Endlessness by, CancellationToken cancellation)
{
    public Endlessness By { get; } = by;

    public CancellationToken Cancellation { get; } = cancellation;
}
