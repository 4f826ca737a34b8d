namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0018BeforeAP0002Tests : PrecedenceTest
{
    [Fact]
    public Task Wait_that_never_ends_is_no_plain_wait() => Check(
        """
        class C
        {
            void A(Listener listener)
            {
                listener.RunAsync().{|AP0018:Wait|}();
                Console.WriteLine();
            }

            void B(Listener listener) => listener.RunAsync().{|AP0002:Wait|}();
        }

        class Listener
        {
            private readonly CancellationToken stopping;
            public async Task RunAsync() { {|AP0019:while|} (true) await Task.Delay(1); }
        }
        """);
}
