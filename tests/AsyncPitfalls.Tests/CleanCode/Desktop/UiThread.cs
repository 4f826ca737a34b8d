using System.Windows.Threading;

namespace Ui.Threads
{
    public sealed class UiThread : IDisposable
    {
        private readonly Thread thread;
        private readonly TaskCompletionSource<Dispatcher> started =
            new TaskCompletionSource<Dispatcher>(TaskCreationOptions.RunContinuationsAsynchronously);

        public UiThread()
        {
            thread = new Thread(Run) { IsBackground = true };
            thread.SetApartmentState(ApartmentState.STA);
            thread.Start();
        }

        public async Task<T> RunAsync<T>(Func<T> work)
        {
            var dispatcher = await started.Task.ConfigureAwait(false);
            return await dispatcher.InvokeAsync(work);
        }

        public void Dispose()
        {
            if (started.Task.IsCompleted)
                started.Task.Result.BeginInvokeShutdown(DispatcherPriority.Normal);
        }

        private void Run()
        {
            started.SetResult(Dispatcher.CurrentDispatcher);
            Dispatcher.Run();
        }
    }
}
