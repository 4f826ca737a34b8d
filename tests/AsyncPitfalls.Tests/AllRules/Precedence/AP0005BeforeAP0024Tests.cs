namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0005BeforeAP0024Tests : PrecedenceTest
{
    [Fact]
    public Task A_thread_that_only_logs_is_offloaded_logging() => Check(
        """
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public async Task Log() => {|AP0005:await Task.Run(() => Console.WriteLine())|};
            public async Task Write() => {|AP0005:await Task.Run(async () => await Console.Out.WriteLineAsync())|};
            public async Task Send() => await {|AP0024:Task.Run|}(async () => await SendAsync());
            private static async Task SendAsync() => await Task.Delay(1);
        }
        """, Setup.AspNet);
}
