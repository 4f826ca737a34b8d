namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0014Tests : PrecedenceTest
{
    [Fact]
    public Task Chain_that_holds_up_the_start_is_no_plain_one() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            public async Task StartAsync(CancellationToken token)
            {
                {|AP0015:Flush|}();
                await Task.Yield();
                {|AP0014:Flush|}();
            }

            public Task StopAsync(CancellationToken token) => Task.CompletedTask;

            private static void Flush() => Thread.Sleep(1);
        }
        """, Setup.AspNet);
}
