namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0005BeforeAP0020Tests : PrecedenceTest
{
    [Fact]
    public Task Offloaded_logging_is_said_to_be_that_though_what_it_logs_is_closed() => Check(
        """
        class C
        {
            void M()
            {
                using var stream = new MemoryStream();
                _ = {|AP0005:Task.Run(() => Console.WriteLine(stream.Length))|};
            }

            void N()
            {
                using var stream = new MemoryStream();
                _ = {|AP0020:Task.Run(() => stream.WriteByte(1))|};
            }
        }
        """);
}
