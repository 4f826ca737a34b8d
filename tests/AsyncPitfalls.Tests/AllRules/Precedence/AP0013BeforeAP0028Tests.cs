namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0013BeforeAP0028Tests : PrecedenceTest
{
    [Fact]
    public Task What_always_blocks_is_no_missed_sibling() => Check(
        """
        class C
        {
            async Task M(SemaphoreSlim semaphore, System.Diagnostics.Process process, string path)
            {
                semaphore.{|AP0013:Wait|}();
                process.{|AP0013:WaitForExit|}();
                semaphore.Wait(0);
                await Task.Delay(1);
                File.{|AP0028:WriteAllText|}(path, "");
            }
        }
        """);
}
