using LookAlikes.Own;
using ILogger = LookAlikes.Own.ILogger;
using Task = LookAlikes.Own.Task;

namespace LookAlikes.Own
{
    public sealed class Task
    {
        public string Result => "done";

        public static Task Run(Action action)
        {
            action();
            return new Task();
        }

        public static void WaitAll(params Task[] tasks)
        {
        }

        public void Wait()
        {
        }

        public Awaiter GetAwaiter() => new();

        public sealed class Awaiter
        {
            public void GetResult()
            {
            }
        }
    }

    public interface ILogger
    {
        System.Threading.Tasks.Task LogInformation(string text);
    }

    public sealed class Dispatcher
    {
        public void Invoke(Action action) => action();

        public static void Run()
        {
        }
    }

    public sealed class Application
    {
        public static void Run()
        {
        }

        public static void DoEvents()
        {
        }
    }

    public sealed class AsyncContext
    {
        public static void Run(Action action) => action();
    }

    public class ControllerBase
    {
    }

    public class Hub
    {
    }

    public interface IHostedService
    {
        void StartAsync();
    }

    public sealed class Semaphore
    {
        public bool Wait() => true;
    }
}

namespace LookAlikes
{
    public sealed class OrdersController : Own.ControllerBase
    {
        private readonly ILogger logger;

        public OrdersController(ILogger logger) => this.logger = logger;

        public string Get()
        {
            var task = Task.Run(() => { });
            task.Wait();
            Task.WaitAll(task, task);
            task.GetAwaiter().GetResult();
            new Own.Semaphore().Wait();
            return task.Result;
        }

        public async System.Threading.Tasks.Task PostAsync()
        {
            await logger.LogInformation("this one is asynchronous");
            new Dispatcher().Invoke(() => { });
            Dispatcher.Run();
            Application.Run();
            Application.DoEvents();
            AsyncContext.Run(() => { });
        }
    }

    public sealed class Chat : Own.Hub
    {
        public void Send() => Task.Run(() => Console.WriteLine("no task of the framework"));
    }

    public sealed class Service : Own.IHostedService
    {
        public void StartAsync() => Task.Run(() => { });
    }
}
