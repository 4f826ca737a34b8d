namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0002BeforeAP0028Tests : PrecedenceTest
{
    [Fact]
    public Task A_wait_for_a_task_is_no_missed_sibling() => Check(
        """
        class C
        {
            async Task M(Task task, string path, CancellationToken token)
            {
                task.{|AP0002:Wait|}(token);
                await Task.Delay(1, token);
                File.{|AP0028:WriteAllText|}(path, "");
            }

            async Task Completed(Task task, CancellationToken token)
            {
                await task;
                task.Wait(token);
            }
        }
        """);
}
