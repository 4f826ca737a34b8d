using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What blocks only to make an exception that is thrown is no step of a chain.</summary>
public sealed class AP0014ThrownTests() : RuleTest(new AP0014BlockedCallAnalyzer())
{
    [Theory]
    [InlineData("throw Break();")]
    [InlineData("if (failed) throw Break(); await Task.Yield();")]
    [InlineData("var text = failed ? throw Break() : \"\"; await Task.Yield();")]
    [InlineData("Check(failed); await Task.Yield();")]
    public Task A_throw_is_no_place_to_wait_at(string body) => Silent(In(body));

    [Theory]
    [InlineData("var broken = [|Break|](); await Task.Yield(); throw broken;")]
    [InlineData("[|CheckAndClose|](failed); await Task.Yield();")]
    public Task What_runs_before_it_is(string body) => Reports(In(body));

    private static string In(string body) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        public class C
        {
            public async Task M(bool failed)
            {
                {{body}}
            }

            private static void Check(bool failed)
            {
                if (failed)
                    throw Break();
            }

            private static void CheckAndClose(bool failed)
            {
                Break();
                if (failed)
                    throw Break();
            }

            private static Exception Break()
            {
                Thread.Sleep(1000);
                return new InvalidOperationException();
            }
        }
        """;
}
