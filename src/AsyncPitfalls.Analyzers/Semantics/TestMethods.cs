using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>Which methods a test framework runs as tests: xUnit, NUnit, MSTest and TUnit, by their attributes and those derived from them.</summary>
internal static class TestMethods
{
    public static bool IsTest(IMethodSymbol method, KnownTypes types) =>
        Inheritance.HasAttribute(method, types.XunitFactAttribute)
        || Inheritance.HasAttribute(method, types.NUnitTestAttribute)
        || Inheritance.HasAttribute(method, types.NUnitTestCaseAttribute)
        || Inheritance.HasAttribute(method, types.NUnitTestCaseSourceAttribute)
        || Inheritance.HasAttribute(method, types.NUnitTheoryAttribute)
        || Inheritance.HasAttribute(method, types.NUnitTestBuilder)
        || Inheritance.HasAttribute(method, types.NUnitSimpleTestBuilder)
        || Inheritance.HasAttribute(method, types.MSTestMethodAttribute)
        || Inheritance.HasAttribute(method, types.TUnitTestAttribute);
}
