using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.FixResults;

/// <summary>What a fix would bring to the lines that it changes is mended with it.</summary>
public sealed class FollowingFixTests() : RuleTest(new AP0002BlockingWaitAnalyzer(), new AP0002BlockingWaitCodeFix())
{
    [Fact]
    public Task Sibling_of_the_call_around_the_await_is_awaited_too() => Fixes(
        """
        class C
        {
            void Save(string path, Task<string> text)
            {
                // all of it
                File.WriteAllText(path, text.[|Result|]); // at once
            }
        }
        """,
        """
        class C
        {
            async Task Save(string path, Task<string> text)
            {
                // all of it
                await File.WriteAllTextAsync(path, await text); // at once
            }
        }
        """);

    [Fact]
    public Task Other_implementation_that_blocks_on_something_else_awaits_that() => Fixes(
        """
        interface IStore
        {
            void Save(Task work);
        }

        class First : IStore
        {
            public void Save(Task work) => work.[|Wait|]();
        }

        class Second : IStore
        {
            public void Save(Task work) => Thread.Sleep(1);
        }
        """,
        """
        interface IStore
        {
            Task Save(Task work);
        }

        class First : IStore
        {
            public async Task Save(Task work) => await work;
        }

        class Second : IStore
        {
            public async Task Save(Task work)
            {
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Fix_whose_changed_line_would_be_found_for_good_is_not_offered() => OffersNoFix(
        """
        interface IStore
        {
            void Save(Task work);
        }

        class First : IStore
        {
            public void Save(Task work) => work.[|Wait|]();
        }

        class Second : IStore
        {
            public void Save(Task work) => Console.ReadLine();
        }
        """);
}
