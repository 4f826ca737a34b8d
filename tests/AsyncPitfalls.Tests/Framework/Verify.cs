namespace AsyncPitfalls.Tests.Framework;

/// <summary>The one way from tests to an engine: ours, or with <c>-p:UseRoslynTesting=true</c> that of Microsoft.CodeAnalysis.Testing.</summary>
public static class Verify
{
    private static readonly IEngine Engine =
#if ROSLYN_TESTING
        new RoslynTestingEngine();
#else
        new OwnEngine();
#endif

    public static Task Case(Case test) => Engine.CheckAsync(test);
}
