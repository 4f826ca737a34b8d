using System.Collections.Immutable;

namespace AsyncPitfalls.Benchmarks.Peers;

/// <summary>A package that others install for their async code.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Package">The package's id; the SDK is where its version is not said, see <see cref="PeerFiles"/>.</param>
/// <param name="Assemblies">Its analyzers, below the package's folder: those for the newest compiler where it has several.</param>
/// <param name="AsyncRules">Its rules about tasks, <c>async</c>, <c>await</c> and cancellation; those about naming count, those about other things do not.</param>
internal sealed record Peer(string Name, string Package, ImmutableArray<string> Assemblies, ImmutableArray<string> AsyncRules)
{
    /// <summary>How it is called on the command line.</summary>
    public string Key => Name.ToLowerInvariant();
}
