using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>The base of the tests of the engine that makes functions async, which is asked through AP0002's fix.</summary>
public abstract class AsyncifyTest() : RuleTest(new AP0002BlockingWaitAnalyzer(), new AP0002BlockingWaitCodeFix())
{
}
