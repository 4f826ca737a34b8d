namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Where several rules see one defect, one of them speaks.</summary>
public sealed class PrecedenceTests
{
    private const string Nito =
        """

        namespace Nito.AsyncEx
        {
            public static class AsyncContext
            {
                public static void Run(Action action) => action();
                public static void Run(Func<Task> action) => Console.WriteLine(action);
            }
        }
        """;

    [Fact]
    public Task Waiting_for_another_loop_is_no_plain_wait() => Check(
        """
        using System.Windows.Threading;

        class C
        {
            void M(Dispatcher dispatcher)
            {
                dispatcher.InvokeAsync(() => { }).{|AP0004:Wait|}();
                dispatcher.InvokeAsync(() => { }).Task.{|AP0004:Wait|}();
                Console.WriteLine(dispatcher.InvokeAsync(() => 1).{|AP0004:Result|});
                Console.WriteLine(dispatcher.InvokeAsync(() => 1).Task.GetAwaiter().{|AP0004:GetResult|}());
            }
        }
        """, Setup.Desktop);

    [Fact]
    public Task Waiting_for_another_loop_in_what_acts_like_a_runner_is_no_nested_loop() => Check(
        """
        using System.Windows.Threading;

        class C
        {
            private readonly Dispatcher dispatcher = Dispatcher.CurrentDispatcher;

            void RunOnUi(Func<Task> work) => dispatcher.InvokeAsync(work).Task.Unwrap().{|AP0004:Wait|}();
        }
        """, Setup.Desktop);

    [Fact]
    public Task A_nested_loop_is_no_plain_wait() => Check(
        """
        static class Helper
        {
            public static void Wait(Task task) => task.Wait();
            public static T RunSync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
        }

        class C
        {
            async Task<int> M()
            {
                await Task.Yield();
                Helper.{|AP0003:Wait|}(Task.Delay(1));
                return Helper.{|AP0003:RunSync|}(() => Task.FromResult(1));
            }
        }
        """);

    [Fact]
    public Task A_plain_wait_in_a_nested_loop_has_its_own_finding() => Check(
        """
        class C
        {
            async Task M()
            {
                await Task.Yield();
                Nito.AsyncEx.AsyncContext.{|AP0003:Run|}(() =>
                {
                    F().{|AP0002:Wait|}();
                });
            }

            static async Task F() => await Task.Yield();
        }
        """ + Nito);

    [Theory]
    [InlineData("{|AP0005:Task.Run(() => Console.WriteLine())|}.Wait();")]
    [InlineData("{|AP0005:Task.Run(() => Console.WriteLine())|}.GetAwaiter().GetResult();")]
    [InlineData("Task.WaitAll({|AP0005:Task.Run(() => Console.WriteLine())|});")]
    [InlineData("{|AP0005:Task.Run(() => Console.WriteLine())|};")]
    [InlineData("_ = {|AP0005:Task.Run(() => Console.WriteLine())|};")]
    [InlineData("var logging = {|AP0005:Task.Run(() => Console.WriteLine())|};")]
    [InlineData("{|AP0005:Task.Factory.StartNew(() => Console.WriteLine())|};")]
    public Task Offloaded_logging_is_neither_waited_for_nor_lost(string statement) => Check(
        $$"""
        static class Program
        {
            static void Main()
            {
                {{statement}}
            }
        }
        """);

    [Fact]
    public Task Awaited_logging_is_an_await() => Check(
        """
        using Microsoft.Extensions.Logging;

        class C
        {
            async Task M(ILogger log) => {|CS4008:{|AP0005:await log.LogInformation("")|}|};
        }
        """, Setup.AspNet);

    [Fact]
    public Task A_task_that_is_waited_for_is_not_lost() => Check(
        """
        var task = F();
        task.{|AP0002:Wait|}();
        F().{|AP0002:Wait|}();

        static async Task F() => await Task.Yield();
        """);

    [Fact]
    public Task A_function_that_never_awaits_has_its_other_pitfalls_too() => Check(
        """
        static class Program
        {
            static async Task {|AP0001:Main|}()
            {
                {|AP0006:F()|};
                F().{|AP0002:Wait|}();
            }

            static async Task F() => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_dictated_function_that_never_awaits_is_told_of_once() => Check(
        """
        interface I { Task M(); }
        class C : I { public async Task {|AP0026:M|}() { } }
        class D { public virtual async Task {|AP0001:M|}() { } }
        class E : D { public override async Task {|AP0026:M|}() { } }
        """);

    private static Task Check(string code, Setup? setup = null) => AllRulesRun.ReportsAsync(Markup.Parse(code, "none"), setup ?? Setup.Default);
}
