namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0002BeforeAP0014Tests : PrecedenceTest
{
    [Fact]
    public Task A_wait_for_an_awaiter_of_this_compilation_is_no_call_that_blocks_further_down() => Check(
        """
        using System.Runtime.CompilerServices;

        class Pending
        {
            public Awaiter GetAwaiter() => new();
        }

        class Awaiter : INotifyCompletion
        {
            private readonly ManualResetEventSlim done = new();

            public bool IsCompleted => done.IsSet;

            public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());

            public void GetResult() => done.Wait();
        }

        class C
        {
            static void Save() => new Pending().GetAwaiter().{|AP0002:GetResult|}();

            async Task M()
            {
                await new Pending();
                new Pending().GetAwaiter().{|AP0002:GetResult|}();
                {|AP0014:Save|}();
            }
        }
        """);
}
