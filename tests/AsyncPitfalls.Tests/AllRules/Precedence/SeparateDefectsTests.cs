namespace AsyncPitfalls.Tests.AllRules.Precedence;

/// <summary>What stands close to each other, and still is one defect for one rule, or two for two.</summary>
public sealed class SeparateDefectsTests : PrecedenceTest
{
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

    [Fact]
    public Task Async_void_that_must_be_so_is_told_of_once() => Check(
        """
        class C
        {
            void Subscribe() => AppDomain.CurrentDomain.ProcessExit += OnExit;
            async void {|AP0027:OnExit|}(object? sender, EventArgs e) => await Task.Delay(1);
            async void {|AP0009:Save|}() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task A_wait_for_a_task_of_a_task_blocks_and_ends_too_early() => Check(
        """
        class C
        {
            void M() => {|AP0011:Task.Factory.StartNew(F)|}.{|AP0002:Wait|}();
            static async Task F() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task A_task_of_a_task_that_never_awaits_is_only_needlessly_async() => Check(
        """
        class C
        {
            void M() => Task.Factory.StartNew({|AP0001:async|} () => { Environment.Exit(1); }).{|AP0002:Wait|}();
        }
        """);

    [Fact]
    public Task A_runner_and_a_wait_each_have_their_finding_beside_logging_that_is_sent_away() => Check(
        """
        using System.Windows.Threading;

        class C
        {
            private readonly TaskScheduler ui = TaskScheduler.FromCurrentSynchronizationContext();

            static void RunSync(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

            async Task M()
            {
                await Task.Yield();
                {|AP0003:RunSync|}(() => {|AP0005:Task.Run(() => Console.WriteLine())|});
                {|AP0005:Task.Factory.StartNew(() => Console.WriteLine(), CancellationToken.None, TaskCreationOptions.None, ui)|}.{|AP0004:Wait|}();
            }
        }
        """, Setup.Desktop);

    [Fact]
    public Task An_async_callback_of_a_parallel_query_is_told_of_once() => Check(
        """
        class C
        {
            void M(ParallelQuery<int> numbers) => numbers.ForAll({|AP0010:async number =>|} await Task.Delay(number));
            async Task N(ParallelQuery<int> numbers)
            {
                await Task.Yield();
                numbers.ForAll({|AP0010:async number =>|} await Task.Delay(number));
            }
        }
        """);

    [Fact]
    public Task The_declaration_of_async_void_and_its_use_as_a_callback_are_two_places() => Check(
        """
        class C
        {
            private readonly Timer timer;
            public C() => timer = new Timer({|AP0010:OnTick|});
            private async void {|AP0009:OnTick|}(object? state) => await Task.Delay(1);
        }
        """);
}
