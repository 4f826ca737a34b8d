namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0013Tests : PrecedenceTest
{
    [Fact]
    public Task Blocking_call_that_holds_up_the_start_is_no_plain_one() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            public async Task StartAsync(CancellationToken token)
            {
                Thread.{|AP0015:Sleep|}(1);
                await Task.Yield();
                Thread.{|AP0013:Sleep|}(1);
            }

            public Task StopAsync(CancellationToken token) => Task.CompletedTask;
        }
        """, Setup.AspNet);
}
