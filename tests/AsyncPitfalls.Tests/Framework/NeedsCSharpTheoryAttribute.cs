using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>A theory whose code needs a language version that the oldest tested Roslyn does not know.</summary>
public sealed class NeedsCSharpTheoryAttribute : TheoryAttribute
{
    public NeedsCSharpTheoryAttribute(int version)
    {
        if (!LanguageVersionFacts.TryParse(version.ToString(), out _))
            Skip = $"This Roslyn does not know C# {version}.";
    }
}
