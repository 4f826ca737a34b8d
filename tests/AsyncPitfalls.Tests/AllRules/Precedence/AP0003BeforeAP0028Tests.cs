namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0003BeforeAP0028Tests : PrecedenceTest
{
    [Fact]
    public Task A_loop_runner_is_no_missed_sibling() => Check(
        """
        using Microsoft.VisualStudio.Threading;

        class C
        {
            async Task M(JoinableTaskFactory factory, JoinableTask joinable, string path)
            {
                factory.{|AP0003:Run|}(() => Task.Delay(1));
                joinable.{|AP0003:Join|}();
                await Task.Delay(1);
                File.{|AP0028:WriteAllText|}(path, "");
            }
        }
        """ + Stubs.VisualStudioThreading);

    [Fact]
    public Task A_host_runs_in_an_entry_point() => Check(
        """
        using Microsoft.Extensions.Hosting;

        await Task.Delay(1);
        using var host = Host.CreateApplicationBuilder(args).Build();
        host.{|AP0028:Start|}();
        host.WaitForShutdown();
        host.Run();
        """, Setup.AspNet);
}
