using Xunit;

namespace Xunit
{
    [AttributeUsage(AttributeTargets.Method)]
    public class FactAttribute : Attribute
    {
    }

    public sealed class TheoryAttribute : FactAttribute
    {
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public sealed class InlineDataAttribute : Attribute
    {
        public InlineDataAttribute(params object[] data) => Data = data;

        public object[] Data { get; }
    }

    public interface IAsyncLifetime
    {
        Task InitializeAsync();

        Task DisposeAsync();
    }

    public static class Assert
    {
        public static void Equal<T>(T expected, T actual)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual))
                throw new InvalidOperationException();
        }

        public static async Task<T> ThrowsAsync<T>(Func<Task> test)
            where T : Exception
        {
            try
            {
                await test();
            }
            catch (T exception)
            {
                return exception;
            }

            throw new InvalidOperationException();
        }
    }
}

namespace Shop.Tests
{
    public sealed class BasketTests : IAsyncLifetime
    {
        private readonly List<string> basket = new();

        public Task InitializeAsync() => AddAsync("apple");

        public Task DisposeAsync() => Task.CompletedTask;

        [Fact]
        public async Task An_item_is_added()
        {
            await AddAsync("pear");
            Assert.Equal(2, basket.Count);
        }

        [Fact]
        public void It_starts_with_one() => Assert.Equal(1, basket.Count);

        [Fact]
        public Task A_second_one_is_refused() => Assert.ThrowsAsync<ArgumentException>(() => AddAsync("apple"));

        [Theory]
        [InlineData(3)]
        public async Task Many_are_added_at_once(int count)
        {
            var adding = Enumerable.Range(0, count).Select(number => AddAsync($"{number}")).ToArray();
            await Task.WhenAll(adding);
            foreach (var added in adding)
                Assert.Equal(TaskStatus.RanToCompletion, added.Status);
        }

        private async Task AddAsync(string item)
        {
            await Task.Yield();
            lock (basket)
            {
                if (basket.Contains(item))
                    throw new ArgumentException(item);
                basket.Add(item);
            }
        }
    }
}
