namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>The option <c>async_pitfalls.fix_async_suffix</c>.</summary>
public sealed class AsyncSuffixTests : AsyncifyTest
{
    protected override Setup Setup => Setup.Default with { EditorConfig = "async_pitfalls.fix_async_suffix = true" };

    [Fact]
    public Task Declarations_calls_names_and_documentation_get_the_suffix() => Fixes(
        """
        interface IStore
        {
            /// <summary>Not as <see cref="Store.Load{T}(int)"/>.</summary>
            void Close();
        }

        class Store : IStore
        {
            string Load<T>(int n) => File.ReadAllTextAsync(Directory.GetCurrentDirectory()).[|Result|];

            public void Close()
            {
                Load<int>(1);
                this.Load<string>(n: 2).Trim();
                Console.WriteLine(nameof(Load) + nameof(IStore.Close));
            }

            async Task Use(Store? store)
            {
                await Task.Run(Close);
                store?.Close();
            }
        }

        class Empty : IStore { void IStore.Close() { } }
        """,
        """
        interface IStore
        {
            /// <summary>Not as <see cref="Store.LoadAsync{T}(int)"/>.</summary>
            Task CloseAsync();
        }

        class Store : IStore
        {
            async Task<string> LoadAsync<T>(int n) => await File.ReadAllTextAsync(Directory.GetCurrentDirectory());

            public async Task CloseAsync()
            {
                await LoadAsync<int>(1);
                (await this.LoadAsync<string>(n: 2)).Trim();
                Console.WriteLine(nameof(LoadAsync) + nameof(IStore.CloseAsync));
            }

            async Task Use(Store? store)
            {
                await Task.Run(CloseAsync);
                await (store?.CloseAsync() ?? Task.CompletedTask);
            }
        }

        class Empty : IStore { Task IStore.CloseAsync() { return Task.CompletedTask; } }
        """);

    [Fact]
    public Task Entry_points_handlers_and_what_returns_a_task_already_keep_their_names() => Fixes(
        """
        static class Program
        {
            static void Main() => Task.Delay(1).[|Wait|]();
            static void OnClosed(object? sender, EventArgs e) => Task.Delay(1).[|Wait|]();
            static Task Run(Task task) { task.[|Wait|](); return task; }
            static void CloseAsync() => Task.Delay(1).[|Wait|]();
        }
        """,
        """
        static class Program
        {
            static async Task Main() => await Task.Delay(1);
            static async void OnClosed(object? sender, EventArgs e) => await Task.Delay(1);
            static async Task Run(Task task) { await task; await task; }
            static async Task CloseAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task A_name_that_is_taken_is_not_taken_twice() => OffersNoFix(
        """
        class C
        {
            string Load(int n) => File.ReadAllTextAsync("").[|Result|];
            string LoadAsync(int n) => "";
        }
        """);

    [Fact]
    public Task An_overload_does_not_take_the_name() => Fixes(
        """
        class C
        {
            string Load(int n) => File.ReadAllTextAsync("").[|Result|];
            string LoadAsync() => "";
        }
        """,
        """
        class C
        {
            async Task<string> LoadAsync(int n) => await File.ReadAllTextAsync("");
            string LoadAsync() => "";
        }
        """);
}
