namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0016BeforeAP0028Tests : PrecedenceTest
{
    [Fact]
    public Task A_lock_held_over_an_await_is_no_missed_sibling() => Check(
        """
        class C
        {
            private readonly Mutex mutex = new();

            async Task M(string path)
            {
                {|AP0016:mutex.WaitOne()|};
                await Task.Delay(1);
                File.{|AP0028:WriteAllText|}(path, "");
                mutex.ReleaseMutex();
            }
        }

        static class Extensions
        {
            public static Task<bool> WaitOneAsync(this WaitHandle handle) => Task.FromResult(true);
        }
        """);
}
