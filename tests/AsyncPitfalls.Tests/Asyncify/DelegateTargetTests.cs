namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>Lambdas, anonymous methods and method groups: where they go decides whether they may return a task.</summary>
public sealed class DelegateTargetTests : AsyncifyTest
{
    [Fact]
    public Task An_overload_that_takes_tasks_is_taken() => Fixes(
        """
        class C
        {
            string Read(string path = "") => File.ReadAllTextAsync(Directory.GetFiles(path)[0]).[|Result|];

            async Task Use(IEnumerable<string> paths, Task task)
            {
                await Task.Run(() => Read());
                await Task.Run(() => { Read(); });
                await Task.Run(() => { if (paths.Any()) return Read("a"); return ""; }, CancellationToken.None);
                await Task.Run(() => task.[|Wait|]());
                var length = (await Task.Run(delegate { return Read(); })).Length;
                await Task.WhenAll(paths.Select(path => Task.Run(() => Read(path))));
            }
        }
        """,
        """
        class C
        {
            async Task<string> Read(string path = "") => await File.ReadAllTextAsync(Directory.GetFiles(path)[0]);

            async Task Use(IEnumerable<string> paths, Task task)
            {
                await Task.Run(async () => await Read());
                await Task.Run(async () => { await Read(); });
                await Task.Run(async () => { if (paths.Any()) return await Read("a"); return ""; }, CancellationToken.None);
                await Task.Run(async () => await task);
                var length = (await Task.Run(async delegate { return await Read(); })).Length;
                await Task.WhenAll(paths.Select(path => Task.Run(async () => await Read(path))));
            }
        }
        """);

    [Fact]
    public Task An_overload_that_returns_a_task_is_awaited_itself() => Fixes(
        """
        class C
        {
            void Use(Task<int> task)
            {
                Retry(() => task.[|Wait|]());
                Console.WriteLine(Measure(() => task.[|Result|]) + 1);
            }

            static void Retry(Action action) => action();
            static Task Retry(Func<Task> action) => action();
            static T Measure<T>(Func<T> action) => action();
            static async Task<T> Measure<T>(Func<Task<T>> action) => await action();
        }
        """,
        """
        class C
        {
            async Task Use(Task<int> task)
            {
                await Retry(async () => await task);
                Console.WriteLine(await Measure(async () => await task) + 1);
            }

            static void Retry(Action action) => action();
            static Task Retry(Func<Task> action) => action();
            static T Measure<T>(Func<T> action) => action();
            static async Task<T> Measure<T>(Func<Task<T>> action) => await action();
        }
        """);

    [Fact]
    public Task A_delegate_that_returns_a_task_already_stays_and_the_returns_change() => Fixes(
        """
        class C
        {
            static readonly Func<Task<int>, Task<int>> Field = t => Task.FromResult(t.[|Result|]);
            Lazy<Task<int>> Property { get; } = new(() => Task.FromResult(File.ReadAllTextAsync("").[|Result|].Length));

            Task Use(Task<int> task, IEnumerable<string> names)
            {
                Func<string, Task> one = name => { task.[|Wait|](); return Task.CompletedTask; };
                Func<Task> two = delegate { task.[|Wait|](); return task; };
                Func<ValueTask<int>> three = () => new ValueTask<int>(task.[|Result|]);
                return Parallel.ForEachAsync(names, (name, token) => { task.[|Wait|](token); return ValueTask.CompletedTask; });
            }
        }
        """,
        """
        class C
        {
            static readonly Func<Task<int>, Task<int>> Field = async t => await t;
            Lazy<Task<int>> Property { get; } = new(async () => (await File.ReadAllTextAsync("")).Length);

            Task Use(Task<int> task, IEnumerable<string> names)
            {
                Func<string, Task> one = async name => { await task; };
                Func<Task> two = async delegate { await task; await task; };
                Func<ValueTask<int>> three = async () => await task;
                return Parallel.ForEachAsync(names, async (name, token) => { await task.WaitAsync(token); });
            }
        }
        """);

    [NeedsCSharpFact(10)]
    public Task A_local_whose_type_follows_its_lambda_is_awaited_where_it_is_called() => Fixes(
        """
        class C
        {
            int Use(Task<int> task)
            {
                var read = (int more) => task.[|Result|] + more;
                var twice = () => read(1) + read(2);
                var typed = int () => twice();
                return typed() + read(3);
            }
        }
        """,
        """
        class C
        {
            async Task<int> Use(Task<int> task)
            {
                var read = async (int more) => await task + more;
                var twice = async () => await read(1) + await read(2);
                var typed = async Task<int> () => await twice();
                return await typed() + await read(3);
            }
        }
        """);

    [Fact]
    public Task A_local_that_is_passed_on_keeps_its_type() => OffersNoFix(
        """
        class C
        {
            int Use(Task<int> task)
            {
                var read = () => task.[|Result|];
                return Call(read);
            }

            static int Call(Func<int> function) => function();
        }
        """);

    [Fact]
    public Task A_method_group_may_return_a_task_where_an_overload_takes_one() => Fixes(
        """
        class C
        {
            static void Close() => Task.Delay(Directory.GetFiles(".").Length).[|Wait|]();
            static string Read() => File.ReadAllTextAsync("").[|Result|];

            async Task Use()
            {
                await Task.Run(Close);
                await Task.Run(C.Close, CancellationToken.None);
                Task<string> reading = Task.Run(Read);
            }
        }
        """,
        """
        class C
        {
            static async Task Close() => await Task.Delay(Directory.GetFiles(".").Length);
            static async Task<string> Read() => await File.ReadAllTextAsync("");

            async Task Use()
            {
                await Task.Run(Close);
                await Task.Run(C.Close, CancellationToken.None);
                Task<string> reading = Task.Run(Read);
            }
        }
        """);

    [Fact]
    public Task Handlers_of_endpoints_are_awaited_by_the_framework() => Fixes(
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.CreateBuilder().Build();
        app.MapGet("/a", () => Handlers.Read());
        app.MapGet("/b", (HttpContext context) => { Handlers.Read(); });
        app.MapGet("/c", Handlers.Read);
        app.Use((HttpContext context, Func<Task> next) => { Handlers.Read(); return next(); });
        await app.RunAsync();

        static class Handlers
        {
            public static string Read() => File.ReadAllTextAsync("").[|Result|];
        }
        """,
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.CreateBuilder().Build();
        app.MapGet("/a", async () => await Handlers.Read());
        app.MapGet("/b", async (HttpContext context) => { await Handlers.Read(); });
        app.MapGet("/c", Handlers.Read);
        app.Use(async (HttpContext context, Func<Task> next) => { await Handlers.Read(); await next(); });
        await app.RunAsync();

        static class Handlers
        {
            public static async Task<string> Read() => await File.ReadAllTextAsync("");
        }
        """,
        setup: Setup.AspNet);

    [Fact]
    public Task A_delegate_type_without_a_task_stays_as_it_is() => OffersNoFix(
        """
        class C
        {
            void Use(List<Task<int>> tasks, Task task)
            {
                Action one = () => task.[|Wait|]();
                Func<int> two = () => tasks[0].[|Result|];
                tasks.ForEach(t => t.[|Wait|]());
                var three = tasks.Select(t => t.[|Result|]).ToList();
                Parallel.ForEach(tasks, t => t.[|Wait|]());
                var four = new Lazy<int>(() => tasks[0].[|Result|]);
                Task<int> five = task.ContinueWith(_ => tasks[0].[|Result|]);
                Task<int> six = Task.Factory.StartNew(() => tasks[0].[|Result|]);
                var seven = from t in tasks select t.[|Result|];
                ThreadPool.QueueUserWorkItem(_ => task.[|Wait|]());
                Call(() => tasks[0].[|Result|]);
                Action eight = task.[|Wait|];
            }

            static T Call<T>(Func<T> function) => function();
        }
        """);

    [Fact]
    public Task An_endpoint_that_returns_tasks_returns_their_results() => Fixes(
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        app.MapGet("/count", (HttpClient client) => { return Task.FromResult(client.GetStringAsync("x").[|Result|]); });
        await app.RunAsync();
        """,
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        app.MapGet("/count", async (HttpClient client) => { return await client.GetStringAsync("x"); });
        await app.RunAsync();
        """,
        setup: Setup.AspNet);

    [Fact]
    public Task A_function_that_drops_another_task_can_become_async() => Fixes(
        """
        class C
        {
            void Send(Task sent)
            {
                sent.ContinueWith(done => { });
                sent.[|Wait|]();
            }
        }
        """,
        """
        class C
        {
            async Task Send(Task sent)
            {
                sent.ContinueWith(done => { });
                await sent;
            }
        }
        """);
}
