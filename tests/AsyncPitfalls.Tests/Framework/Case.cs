using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncPitfalls.Tests.Framework;

/// <summary>What an engine checks: code with the findings expected in it and, for a fix, the code that must come out.</summary>
/// <param name="Analyzer">The rule under test.</param>
/// <param name="CodeFix">Its fix; null where the rule has none.</param>
/// <param name="Before">The code, and what is found in it.</param>
/// <param name="After">What the fix makes of it, and what is still found in that; null where no fix is asked for.</param>
/// <param name="Idea">The equivalence key of the fix that is asked for; null for the first one offered.</param>
/// <param name="Setup">How the code is compiled.</param>
public sealed record Case(DiagnosticAnalyzer Analyzer, CodeFixProvider? CodeFix, Markup Before, Markup? After, string? Idea, Setup Setup);

/// <summary>Checks a case and throws where it does not hold.</summary>
public interface IEngine
{
    Task CheckAsync(Case test);
}
