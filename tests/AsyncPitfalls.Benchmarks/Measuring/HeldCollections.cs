using System.Runtime;

namespace AsyncPitfalls.Benchmarks.Measuring;

/// <summary>
/// Holds collections back until it is disposed, or more is allocated than a third of the memory: a collection stops all threads, so
/// that the rule in whose call it falls would seem to take the time that many have brought about. What each allocates is counted by itself.
/// </summary>
internal sealed class HeldCollections : IDisposable
{
    public HeldCollections()
    {
        // What an earlier run has left is not to be collected in the time of this one.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.TryStartNoGCRegion(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 3);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It has ended by itself where more was allocated.
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
    }
}
