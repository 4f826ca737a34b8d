using Nito.AsyncEx;

namespace Nito.AsyncEx
{
    public static class AsyncContext
    {
        public static void Run(Func<Task> action) => Console.WriteLine(action);

        public static T Run<T>(Func<Task<T>> action) => throw new NotSupportedException(action.ToString());
    }
}

namespace Pitfalls
{
    public static class AsyncHelper
    {
        public static T RunSync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
    }

    public sealed class Nested
    {
        public async Task<int> LoadAsync()
        {
            await Task.Yield();
            AsyncContext.{|AP0003:Run|}(() => Task.Delay(1));
            return AsyncHelper.{|AP0003:RunSync|}(() => CountAsync());
        }

        public void Run() => AsyncContext.Run(async () =>
        {
            {|AP0006:CountAsync()|};
            var number = AsyncContext.{|AP0003:Run|}(() => CountAsync());
            Console.WriteLine(number);
            await Task.Yield();
        });

        private static async Task<int> CountAsync()
        {
            await Task.Yield();
            return 1;
        }
    }
}
