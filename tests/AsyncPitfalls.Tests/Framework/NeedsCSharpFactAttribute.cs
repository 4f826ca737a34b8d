using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>A test whose code needs a language version that the oldest tested Roslyn does not know.</summary>
public sealed class NeedsCSharpFactAttribute : FactAttribute
{
    public NeedsCSharpFactAttribute(int version)
    {
        if (!LanguageVersionFacts.TryParse(version.ToString(), out _))
            Skip = $"This Roslyn does not know C# {version}.";
    }
}
