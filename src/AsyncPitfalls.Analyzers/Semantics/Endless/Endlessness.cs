namespace AsyncPitfalls.Semantics;

/// <summary>What work that goes on and on is measured by.</summary>
internal enum Endlessness
{
    /// <summary>Nothing ends it: it does not even ask for a cancellation token.</summary>
    ForEver,

    /// <summary>Nothing ends it but somebody who cancels a token or sets a field from outside.</summary>
    UntilStopped,
}
