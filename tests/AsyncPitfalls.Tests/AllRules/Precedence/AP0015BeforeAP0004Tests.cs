namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0004Tests : PrecedenceTest
{
    [Fact]
    public Task Foreign_loop_that_holds_up_the_start_is_no_plain_one() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            private readonly SynchronizationContext context = new();

            public async Task StartAsync(CancellationToken token)
            {
                context.{|AP0015:Send|}(_ => { }, null);
                await Task.Yield();
                context.{|AP0004:Send|}(_ => { }, null);
            }

            public Task StopAsync(CancellationToken token) => Task.CompletedTask;
        }
        """, Setup.AspNet);
}
