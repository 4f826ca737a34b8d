namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0002Tests : PrecedenceTest
{
    [Fact]
    public Task Wait_that_holds_up_the_start_is_no_plain_one() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            public async Task StartAsync(CancellationToken token)
            {
                Task.Delay(1).{|AP0015:Wait|}();
                await Task.Yield();
                Task.Delay(1).{|AP0002:Wait|}();
            }

            public Task StopAsync(CancellationToken token) => Task.CompletedTask;
        }
        """, Setup.AspNet);
}
