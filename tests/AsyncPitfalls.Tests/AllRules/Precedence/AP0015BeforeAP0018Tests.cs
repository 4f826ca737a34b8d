namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0018Tests : PrecedenceTest
{
    [Fact]
    public Task Endless_await_that_holds_up_the_start_is_no_plain_one() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            public async Task StartAsync(CancellationToken token)
            {
                {|AP0015:await Task.Delay(Timeout.Infinite)|};
                Console.WriteLine();
            }

            public async Task StopAsync(CancellationToken token)
            {
                {|AP0018:await Task.Delay(Timeout.Infinite)|};
                Console.WriteLine();
            }
        }
        """, Setup.AspNet);
}
