namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0003Tests : PrecedenceTest
{
    [Fact]
    public Task Loop_runner_that_holds_up_the_start_is_no_plain_one() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            public async Task StartAsync(CancellationToken token)
            {
                Nito.AsyncEx.AsyncContext.{|AP0015:Run|}(() => Task.Delay(1));
                await Task.Yield();
                Nito.AsyncEx.AsyncContext.{|AP0003:Run|}(() => Task.Delay(1));
            }

            public Task StopAsync(CancellationToken token) => Task.CompletedTask;
        }
        """ + Stubs.Nito, Setup.AspNet);
}
