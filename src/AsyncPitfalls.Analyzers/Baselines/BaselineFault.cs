using System;

namespace AsyncPitfalls.Baselines;

/// <summary>Why a file is no baseline that can be used.</summary>
internal enum FaultKind
{
    /// <summary>The host could not give its text.</summary>
    Locked,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>It is no JSON from a line on.</summary>
    Broken,

    /// <summary>It holds the markers of a merge that nobody has finished.</summary>
    Conflict,

    /// <summary>It ends before its values do.</summary>
    Truncated,

    /// <summary>It is JSON, but has something else where a baseline has its findings.</summary>
    Unexpected,

    /// <summary>It is JSON, but no SARIF 2.1.0.</summary>
    NoSarif,

    /// <summary>It is the log of another tool.</summary>
    Foreign,

    /// <summary>A finding in it does not say which rule, file or line of code it is about.</summary>
    Incomplete,
}

/// <summary>Ends the reading of a file that cannot be used.</summary>
/// <param name="kind">What is wrong with it.</param>
/// <param name="line">The line in which it is wrong, from 1.</param>
/// <param name="tool">The tool that wrote a <see cref="FaultKind.Foreign"/> file.</param>
internal sealed class BaselineFault(FaultKind kind, int line, string tool = "") : Exception($"{kind} in line {line}")
{
    public FaultKind Kind { get; } = kind;

    public int Line { get; } = line;

    public string Tool { get; } = tool;
}
