using System.Collections.Immutable;
using AsyncPitfalls.Tests.Framework;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Fuzz;

/// <summary>A file of C#.</summary>
/// <param name="Path">How it is called.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsAlone">Whether it is a program of its own, so that its types would clash with those of other such files.</param>
public sealed record CodeFile(string Path, string Text, bool IsAlone = false);

/// <summary>Files that belong together, with what they compile against.</summary>
/// <param name="Name">How it is called in seeds.</param>
/// <param name="Files">Its files, always in the same order.</param>
/// <param name="Libraries">What it compiles against: a name that <see cref="Against"/> knows.</param>
public sealed record CodeBase(string Name, IReadOnlyList<CodeFile> Files, string Libraries)
{
    /// <summary>The libraries of the process itself, Roslyn among them.</summary>
    public const string OwnLibraries = "Own";

    /// <summary>The libraries of a name.</summary>
    public static ImmutableArray<MetadataReference> Against(string libraries) =>
        libraries == OwnLibraries ? Shipped.References : ReferenceSets.Load(Enum.Parse<References>(libraries));
}

/// <summary>What is wrong with what a batch of mutants compiles against.</summary>
public enum Trouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>There are no references, as when a restore has failed.</summary>
    NoReferences,

    /// <summary>Two assemblies declare the same well-known types.</summary>
    TypesInTwoReferences,

    /// <summary>The code declares well-known types once more.</summary>
    TypesInSourceToo,

    /// <summary>Every file is there twice.</summary>
    FilesTwice,
}
