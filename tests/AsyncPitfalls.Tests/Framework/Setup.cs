using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>How the code of a test is compiled.</summary>
public sealed record Setup
{
    public static readonly Setup Default = new();

    public static readonly Setup AspNet = new() { References = References.AspNet };

    public static readonly Setup AspNet8 = new() { References = References.AspNet8 };

    public static readonly Setup Desktop = new() { References = References.Desktop };

    public References References { get; init; } = References.Net;

    public LanguageVersion Language { get; init; } = LanguageVersion.Preview;

    /// <summary>The lines of an <c>.editorconfig</c> for all files, without its section header.</summary>
    public string EditorConfig { get; init; } = "";

    /// <summary>The text of a baseline beside each project; null where there is none.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether the usual namespaces are imported, as new projects have it; needs C# 10.</summary>
    public bool ImplicitUsings { get; init; } = true;

    /// <summary>The kind of output; where null, a program if there are top-level statements or a <c>Main</c>, else a library.</summary>
    public OutputKind? Output { get; init; }
}
