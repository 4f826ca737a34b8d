using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Which threads are taken without need.</summary>
public sealed class AP0024NeedlessThreadTests() : RuleTest(new AP0024NeedlessThreadAnalyzer(), new AP0024NeedlessThreadCodeFix())
{
    private const string Work =
        """

        static class Work
        {
            public static async Task F(CancellationToken token = default) => await Task.Delay(1, token);
            public static async Task<int> G(int n = 0) { await Task.Delay(n); return n; }
            public static async ValueTask<string> V() { await Task.Yield(); return ""; }
        }
        """;

    [Fact]
    public Task Asynchronous_work_that_is_only_started_on_the_pool_is_found() => Reports(
        """
        using System.Net.Http;
        using static System.Threading.Tasks.Task;
        using static Work;

        class C
        {
            readonly HttpClient http = new HttpClient();

            public async Task M(CancellationToken token, string path)
            {
                await [|Task.Run|](() => F());
                await [|Task.Run|](() => G());
                var a = await [|Task.Run|](() => G(1));
                var b = await [|Task.Run|](async () => await G(a)).ConfigureAwait(false);
                var c = (await [|Task.Run|](async () => { return await V().ConfigureAwait(false); }))!.Length;
                await [|Task.Run|](async () => { await F(token); }, token);
                await [|Task.Run|](() => { return F(); }).ConfigureAwait(ConfigureAwaitOptions.None);
                await [|Task.Run|](delegate { return F(); });
                await [|Task.Run|](async delegate { await F(); });
                await [|Task.Run|](Own);
                await [|Task.Run|](this.Own, CancellationToken.None);
                await [|Task.Run|](new Func<Task>(Own));
                await [|Task.Run|]((Func<Task>)(() => Own()));
                await [|Task.Run<int>|](() => G());
                await ([|Task.Run|](() => F()))!;
                await [|Run|](() => F());
                await [|Task.Factory.StartNew|](() => F()).Unwrap();
                await [|Task.Factory.StartNew|](async () => await F(token), token).Unwrap().ConfigureAwait(false);
                await TaskExtensions.Unwrap([|Task.Factory.StartNew|](Own));
                await await [|new TaskFactory().StartNew|](() => F());
                await [|Task.Run|](() => Task.Delay(a + 1, token));
                await [|Task.Run|](() => http.GetStringAsync($"/{path}"));
                await [|Task.Run|](() => new C().Own());
                await [|Task.Run|](() => F().WaitAsync(token));
                if (await [|Task.Run|](() => G()) > 1)
                    Console.WriteLine(await [|Task.Run|](() => G()));

                async Task Local() => await [|Task.Run|](() => F());
                Func<Task> lambda = async () => await [|Task.Run|](() => Local());
                await lambda();
            }

            Task Own() => F();

            public Task Virtual(I i) => Inner(async () => await [|Task.Run|](() => i.SaveAsync()));

            static Task Inner(Func<Task> f) => f();
        }

        interface I { Task SaveAsync(); }
        """ + Work);

    [Fact]
    public Task Top_level_statements_are_looked_at() => Reports(
        """
        await [|Task.Run|](() => Task.Delay(1));
        await [|Task.Run|](async () => await Task.Delay(1));
        """);

    [Fact]
    public Task What_only_prepares_its_first_await_is_no_work() => Reports(
        """
        using System.Net.Http;

        class C
        {
            readonly HttpClient http = new HttpClient();
            readonly Dictionary<string, string> cache = new Dictionary<string, string>();

            public async Task M(string path) => await [|Task.Run|](() => Load(path));

            async Task<string> Load(string path)
            {
                ArgumentNullException.ThrowIfNull(path);
                Console.WriteLine("loading " + path.Trim());
                if (cache.TryGetValue(path, out var known))
                    return known;
                using var request = new HttpRequestMessage(HttpMethod.Get, Url(path));
                using var response = await http.SendAsync(request);
                for (var i = 0; i < 100; i++)
                    path += i;
                return await Read(response);
            }

            static string Url(string path) => "https://example.org/" + path;

            static async Task<string> Read(HttpResponseMessage response)
            {
                while (response.Content.Headers.ContentLength is null)
                    await Task.Delay(1);
                return await response.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task Work_that_begins_synchronously_is_silent() => Silent(
        """
        using System.IO;
        using System.Linq;
        using System.Text.Json;
        using static Work;

        class C
        {
            readonly object gate = new object();
            public event Func<Task>? Asked;

            public async Task M(int[] numbers, Func<Task> callback, string text)
            {
                await Task.Run(() => Crunch(numbers));
                await Task.Run(() => { });
                var sum = await Task.Run(() => numbers.Sum());
                await Task.Run(() => G(numbers.Sum()));
                await Task.Run(async () => await G(Parse(text)));
                await Task.Run(async () => { Console.WriteLine(Parse(text)); await F(); });
                await Task.Run(() => Loops(numbers));
                await Task.Run(() => Sleeps());
                await Task.Run(() => Waits());
                await Task.Run(() => Locks());
                await Task.Run(() => Reads(text));
                await Task.Run(Loops);
                await Task.Run(() => Deeper(numbers));
                await Task.Run(() => NoAwait(numbers));
                await Task.Run(() => callback());
                await Task.Run(callback);
                await Task.Run(() => Asked!());
                await Task.Run(() => Task.WhenAll(numbers.Select(n => G(n))));
                await Task.Run(() => Deserialize(text));
                await Task.Run(() => Chosen(numbers));
                await Task.Run(async () => { await F(); await F(); });
            }

            static void Crunch(int[] numbers) { for (var i = 0; i < numbers.Length; i++) numbers[i]++; }
            static int Parse(string text) { var n = 0; foreach (var c in text) n += c; return n; }
            static async Task Loops(int[] numbers) { foreach (var n in numbers) Console.Beep(n, n); await F(); }
            static async Task Loops() { while (Console.KeyAvailable) { } await F(); }
            static async Task Sleeps() { Thread.Sleep(1000); await F(); }
            static async Task Waits() { F().Wait(); await F(); }
            async Task Locks() { lock (gate) Console.Clear(); await F(); }
            static async Task Reads(string path) { var text = File.ReadAllText(path); await G(text.Length); }
            static Task Deeper(int[] numbers) { Crunch(numbers); return F(); }
            static Task<int> NoAwait(int[] numbers) => Task.FromResult(numbers.Max());
            static async Task<int> Deserialize(string json) { var n = JsonSerializer.Deserialize<int>(json); return await G(n); }
            static async Task Chosen(int[] numbers) { if (numbers.Length > 1) await F(); else Crunch(numbers); }
        }
        """ + Work);

    [Fact]
    public Task A_thread_for_a_reason_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            public async Task M(CancellationToken token, TaskScheduler scheduler, TaskFactory factory)
            {
                await Task.Run(() => F(), token);
                await Task.Run(Returned, token);
                var running = Task.Run(() => F());
                await F();
                await running;
                _ = Task.Run(() => F());
                await Task.WhenAll(Task.Run(() => F()), Task.Run(() => F()));
                await Task.WhenAny(Task.Run(() => F()), Task.Delay(1));
                await Task.Run(() => F()).WaitAsync(TimeSpan.FromSeconds(1));
                await Task.Factory.StartNew(() => F(), TaskCreationOptions.LongRunning).Unwrap();
                await Task.Factory.StartNew(() => F(), token, TaskCreationOptions.None, scheduler).Unwrap();
                await factory.StartNew(() => F()).Unwrap();
                Task.Run(() => F()).Wait();
            }

            public Task Returned() => Task.Run(() => F());

            public async Task Suppressed()
            {
                using (ExecutionContext.SuppressFlow())
                    await Task.Run(() => F());
            }
        }

        static class Look { public static Task Run(Func<Task> f) => f(); }

        class Alike
        {
            public async Task M(System.Linq.Expressions.Expression<Func<Task>> tree)
            {
                await Look.Run(() => F());
                Console.WriteLine(nameof(Task.Run));
                await Pass(() => Task.Run(() => F(default)));
            }

            static Task Pass(System.Linq.Expressions.Expression<Func<Task>> tree) => Task.CompletedTask;
        }
        """ + Work);

    [Fact]
    public Task Logging_and_tasks_of_tasks_are_the_business_of_others() => Silent(
        """
        class C
        {
            public async Task M()
            {
                await Task.Run(async () => await Console.Out.WriteLineAsync("x"));
                await Task.Factory.StartNew(async () => await Task.Delay(1));
                await Task.Run(() => V());
            }

            static async ValueTask V() => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_user_interface_leaves_its_thread_on_purpose() => Silent(
        """
        using System.ComponentModel;
        using System.Windows;
        using System.Windows.Input;

        class MainWindow : Window
        {
            async void OnClick(object sender, RoutedEventArgs e) => await Task.Run(() => Work.F());
            async Task LoadAsync() => await Task.Run(async () => await Work.F());
        }

        class ViewModel : INotifyPropertyChanged
        {
            public event PropertyChangedEventHandler PropertyChanged;
            public async Task LoadAsync() => await Task.Run(() => Work.F());

            class Command : ICommand
            {
                public event EventHandler CanExecuteChanged;
                public bool CanExecute(object parameter) => true;
                public async void Execute(object parameter) => await Task.Run(() => Work.F());
            }
        }

        class Hooks
        {
            public void Attach(System.Windows.Controls.Button button) => button.Click += async (s, e) => await Task.Run(() => Work.F());
        }

        static class Work { public static async Task F() => await Task.Delay(1); }
        """, Setup.Desktop);

    [Fact]
    public Task A_request_handler_that_only_changes_threads_is_found() => Reports(
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        public class Orders : ControllerBase
        {
            public Task<int> Get() => [|Task.Run|](() => Count());
            public async Task<int> List() => await [|Task.Run|](() => Count());
            public Task<IActionResult> Find(int id) { return [|Task.Run<IActionResult>|](() => { var found = id + Count(); return Ok(found); }); }
            public async Task Save() { await [|Task.Run|](() => Count()).ConfigureAwait(false); }
            public Task Send() => [|Task.Run|](() => SendAsync());
            public Task<int> Wait() => [|Task.Run|](async () => { await SendAsync(); return 1; });
            public Task<int> Started() => [|Task.Factory.StartNew|](() => Count());

            public async Task<int> Partly()
            {
                var n = Count();
                return await Task.Run(() => Count() + n);
            }

            public Task<int> Crunched() => Task.Run(async () => { for (var i = 0; i < 9; i++) Count(); await SendAsync(); return 1; });

            private static Task<int> Helper() => Task.Run(() => Count());
            private static int Count() => 1;
            private static async Task SendAsync() => await Task.Delay(1);
        }

        static class Routes
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/a", () => [|Task.Run|](() => 1));
                app.MapGet("/b", async () => await [|Task.Run|](() => 1));
                app.MapGet("/c", async (HttpContext context) => { await [|Task.Run|](() => context.Response.WriteAsync("x")); });
            }
        }
        """, Setup.AspNet);

    [Fact]
    public Task The_start_of_a_hosted_service_is_not_held_up() => Reports(
        """
        using Microsoft.Extensions.Hosting;

        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Run(() => WorkAsync(stoppingToken), stoppingToken);
                await [|Task.Run|](() => WorkAsync(stoppingToken), stoppingToken);
            }

            static async Task WorkAsync(CancellationToken token) => await Task.Delay(1, token);
        }
        """, Setup.AspNet);

    [Fact]
    public Task Half_typed_code_is_silent() => Silent(
        """
        class C
        {
            async Task M()
            {
                await Task.Run({|CS1501:|}());
                await Task.Run(() => {|CS0103:Unknown|}());
                await Task.Run(async () => await {|CS0103:unknown|}.LoadAsync());
                await {|CS0103:Tasks|}.Run(() => Task.Delay(1));
            }
        }
        """.Replace("Task.Run({|CS1501:|}())", "Task.{|CS1501:Run|}()"));

    [Fact]
    public async Task Messages_name_the_call()
    {
        var found = await Findings(
            """
            using Microsoft.AspNetCore.Mvc;

            public class Orders : ControllerBase
            {
                public async Task Save() { await Task.Delay(1); await Task.Run(() => SendAsync()); }
                public Task<int> Get() => Task.Run(() => 1);
                private static async Task SendAsync() => await Task.Delay(1);
            }
            """, Setup.AspNet);
        Assert.Equal(
            [
                "'Task.Run' takes a pool thread only to start 'SendAsync', which is asynchronous and gives it back at once; await 'SendAsync' directly",
                "'Task.Run' moves the whole work of this request handler from the pool thread that it has to another one, which answers no request sooner; do the work directly",
            ],
            found.Select(finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
