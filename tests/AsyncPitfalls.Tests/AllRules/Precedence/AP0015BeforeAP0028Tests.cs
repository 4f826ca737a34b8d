namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0015BeforeAP0028Tests : PrecedenceTest
{
    [Fact]
    public Task Blocking_member_with_a_sibling_is_said_to_hold_up_the_start() => Check(
        """
        using Microsoft.Extensions.Hosting;

        class Service : IHostedService
        {
            private readonly Store store = new();

            public async Task StartAsync(CancellationToken token)
            {
                store.{|AP0015:Save|}();
                await store.SaveAsync();
            }

            public Task StopAsync(CancellationToken token) => Task.CompletedTask;

            public async Task OtherAsync()
            {
                await Task.Yield();
                store.{|AP0028:Load|}();
            }
        }

        class Store
        {
            public void Save() => Thread.Sleep(1);
            public Task SaveAsync() => Task.Delay(1);
            public void Load() => Console.WriteLine();
            public Task LoadAsync() => Task.Delay(1);
        }
        """, Setup.AspNet);
}
