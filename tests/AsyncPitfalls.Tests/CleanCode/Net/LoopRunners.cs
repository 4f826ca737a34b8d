using Microsoft.VisualStudio.Threading;
using Nito.AsyncEx;

namespace Nito.AsyncEx
{
    public static class AsyncContext
    {
        public static void Run(Func<Task> action) => Console.WriteLine(action);

        public static T Run<T>(Func<Task<T>> action) => throw new NotSupportedException(action.ToString());
    }
}

namespace Microsoft.VisualStudio.Threading
{
    public class JoinableTaskFactory
    {
        public void Run(Func<Task> asyncMethod) => Console.WriteLine(asyncMethod);

        public JoinableTask RunAsync(Func<Task> asyncMethod) => new(asyncMethod);
    }

    public sealed class JoinableTask
    {
        private readonly Func<Task> method;

        public JoinableTask(Func<Task> method) => this.method = method;

        public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => method().GetAwaiter();
    }
}

namespace Runners
{
    public static class AsyncHelper
    {
        public static void RunSync(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

        public static T RunSync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
    }

    public sealed class Legacy
    {
        private readonly JoinableTaskFactory factory = new();

        public string Load() => AsyncContext.Run(() => LoadAsync());

        public void Save()
        {
            factory.Run(async () =>
            {
                var text = await LoadAsync();
                Console.WriteLine(text);
            });
            AsyncHelper.RunSync(() => SaveAsync());
        }

        public string Text => AsyncHelper.RunSync(LoadAsync);

        public async Task SaveLaterAsync() => await factory.RunAsync(SaveAsync);

        private async Task<string> LoadAsync()
        {
            await Task.Yield();
            return "";
        }

        private async Task SaveAsync() => await Task.Yield();
    }
}
