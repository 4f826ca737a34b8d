namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0010BeforeAP0007Tests : PrecedenceTest
{
    [Fact]
    public Task A_task_that_a_callback_drops_is_the_callbacks() => Check(
        """
        class C
        {
            void M(List<int> numbers)
            {
                numbers.ForEach({|AP0010:number =>|} F(number));
                numbers.ForEach(number => { {|AP0007:F(number)|}; });
            }

            static async Task F(int number) => await Task.Delay(number);
        }
        """);

    [Fact]
    public Task A_task_that_ends_before_its_async_void_work_is_the_callbacks() => Check(
        """
        class C
        {
            void M(string path)
            {
                Task.Run({|AP0010:Loop|});
                Task.Factory.StartNew({|AP0010:Loop|});
                var started = Task.Run({|AP0010:Loop|});
                {|AP0007:Task.Run(() => File.Delete(path))|};
            }

            static async void {|AP0009:Loop|}() => await Task.Delay(1);
        }
        """);
}
