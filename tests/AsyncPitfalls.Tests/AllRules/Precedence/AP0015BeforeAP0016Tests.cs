namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0016Tests : PrecedenceTest
{
    [Fact]
    public Task Lock_whose_wait_holds_up_the_start_is_no_plain_one() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            private readonly Mutex mutex = new();

            public async Task StartAsync(CancellationToken token)
            {
                mutex.{|AP0015:WaitOne|}();
                await Task.Yield();
                mutex.ReleaseMutex();
            }

            public async Task StopAsync(CancellationToken token)
            {
                {|AP0016:mutex.WaitOne()|};
                await Task.Yield();
                mutex.ReleaseMutex();
            }
        }
        """, Setup.AspNet);
}
