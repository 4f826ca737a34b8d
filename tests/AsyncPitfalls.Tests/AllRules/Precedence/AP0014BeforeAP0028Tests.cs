namespace AsyncPitfalls.Tests.AllRules.Precedence;

public sealed class AP0014BeforeAP0028Tests : PrecedenceTest
{
    [Fact]
    public Task What_blocks_further_down_is_no_missed_sibling() => Check(
        """
        class Store
        {
            public void Save() => Thread.Sleep(1);
            public async Task SaveAsync() => await Task.Delay(1);
            public void Load() { }
            public async Task LoadAsync() => await Task.Delay(1);
        }

        class C
        {
            async Task M(Store store)
            {
                await Task.Yield();
                store.{|AP0014:Save|}();
                store.{|AP0028:Load|}();
            }
        }
        """);
}
