using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>Where a chain ends: entry points, event handlers, tests, what a framework calls.</summary>
public sealed class EntryPointTests : AsyncifyTest
{
    [Fact]
    public Task Main_becomes_async_Task() => Fixes(
        """
        using System.Threading.Tasks;

        static class Program
        {
            static void Main(string[] args)
            {
                Run(args).[|Wait|]();
            }

            static Task Run(string[] args) => Task.Delay(args.Length);
        }
        """,
        """
        using System.Threading.Tasks;

        static class Program
        {
            static async Task Main(string[] args)
            {
                await Run(args);
            }

            static Task Run(string[] args) => Task.Delay(args.Length);
        }
        """,
        setup: Setup.Default with { Language = LanguageVersion.CSharp7_1 });

    [Fact]
    public Task An_int_Main_becomes_async_Task_of_int() => Fixes(
        """
        static class Program
        {
            static int Main() { return Load(); }
            static int Load() => File.ReadAllTextAsync("").[|Result|].Length;
        }
        """,
        """
        static class Program
        {
            static async Task<int> Main() { return await Load(); }
            static async Task<int> Load() => (await File.ReadAllTextAsync("")).Length;
        }
        """);

    [Fact]
    public Task Top_level_statements_just_await() => Fixes(
        """
        Console.WriteLine(Load() + args.Length);
        File.WriteAllTextAsync("", "").[|Wait|]();
        return Load();

        int Load() => File.ReadAllTextAsync("").[|Result|].Length;
        """,
        """
        Console.WriteLine(await Load() + args.Length);
        await File.WriteAllTextAsync("", "");
        return await Load();

        async Task<int> Load() => (await File.ReadAllTextAsync("")).Length;
        """);

    [Fact]
    public Task Event_handlers_become_async_void() => Fixes(
        """
        class C
        {
            string Read() => File.ReadAllTextAsync("").[|Result|];

            void Subscribe(System.Timers.Timer timer, AppDomain domain)
            {
                timer.Elapsed += (sender, e) => Read();
                timer.Elapsed += OnElapsed;
                timer.Disposed += new EventHandler(OnDisposed);
                timer.Disposed -= OnDisposed;
                domain.UnhandledException += delegate(object sender, UnhandledExceptionEventArgs e) { Read(); };
                EventHandler handler = (_, _) => { Read(); };
                timer.Disposed += handler;
            }

            void OnElapsed(object? sender, System.Timers.ElapsedEventArgs e)
            {
                Read();
            }

            private void OnDisposed(object? sender, EventArgs e) => Read();
        }
        """,
        """
        class C
        {
            async Task<string> Read() => await File.ReadAllTextAsync("");

            void Subscribe(System.Timers.Timer timer, AppDomain domain)
            {
                timer.Elapsed += async (sender, e) => await Read();
                timer.Elapsed += OnElapsed;
                timer.Disposed += new EventHandler(OnDisposed);
                timer.Disposed -= OnDisposed;
                domain.UnhandledException += async delegate(object sender, UnhandledExceptionEventArgs e) { await Read(); };
                EventHandler handler = async (_, _) => { await Read(); };
                timer.Disposed += handler;
            }

            async void OnElapsed(object? sender, System.Timers.ElapsedEventArgs e)
            {
                await Read();
            }

            private async void OnDisposed(object? sender, EventArgs e) => await Read();
        }
        """);

    [Fact]
    public Task Handlers_of_a_window_become_async_void() => Fixes(
        """
        using System.IO;
        using System.Threading.Tasks;
        using System.Windows;

        class Main : Window
        {
            private Task<int> LoadAsync() => Task.Run(() => 1);

            private void Open_Click(object sender, RoutedEventArgs e)
            {
                Title = LoadAsync().[|Result|].ToString();
            }
        }
        """,
        """
        using System.IO;
        using System.Threading.Tasks;
        using System.Windows;

        class Main : Window
        {
            private Task<int> LoadAsync() => Task.Run(() => 1);

            private async void Open_Click(object sender, RoutedEventArgs e)
            {
                Title = (await LoadAsync()).ToString();
            }
        }
        """,
        setup: Setup.Desktop);

    [Fact]
    public Task A_handler_that_is_called_directly_has_somebody_who_waits_for_it() => OffersNoFix(
        """
        class C
        {
            void OnClosed(object? sender, EventArgs e) => Task.Delay(1).[|Wait|]();
            void Close() => OnClosed(this, EventArgs.Empty);
        }
        """);

    [Fact]
    public Task A_handler_of_another_shape_is_no_end_of_the_chain() => OffersNoFix(
        """
        class C
        {
            event Action<int>? Changed;
            void OnChanged(int n) => Task.Delay(n).[|Wait|]();
            void Subscribe()
            {
                Changed += OnChanged;
                Changed += n => Task.Delay(n).[|Wait|]();
            }
        }
        """);

    [Fact]
    public Task A_handler_that_implements_an_interface_changes_with_it() => Fixes(
        """
        interface IListener { void Handle(object? sender, EventArgs e); }
        class A : IListener { public void Handle(object? sender, EventArgs e) => Task.Delay(1).[|Wait|](); }
        """,
        """
        interface IListener { Task Handle(object? sender, EventArgs e); }
        class A : IListener { public async Task Handle(object? sender, EventArgs e) => await Task.Delay(1); }
        """);

    [Fact]
    public Task Tests_become_async_Task() => Fixes(
        """
        namespace Xunit { public class FactAttribute : Attribute { } public static class Assert { public static void Equal(int a, int b) { } } }

        public class Tests
        {
            [Xunit.Fact]
            public void Length_is_one() => Xunit.Assert.Equal(1, File.ReadAllTextAsync("").[|Result|].Length);
        }
        """,
        """
        namespace Xunit { public class FactAttribute : Attribute { } public static class Assert { public static void Equal(int a, int b) { } } }

        public class Tests
        {
            [Xunit.Fact]
            public async Task Length_is_one() => Xunit.Assert.Equal(1, (await File.ReadAllTextAsync("")).Length);
        }
        """);

    [Fact]
    public Task Actions_of_a_controller_become_async() => Fixes(
        """
        using Microsoft.AspNetCore.Mvc;

        public class HomeController : ControllerBase
        {
            [HttpGet]
            public IActionResult Get() => Ok(System.IO.File.ReadAllTextAsync("").[|Result|]);

            [HttpPost]
            public ActionResult<string> Post()
            {
                return System.IO.File.ReadAllTextAsync("").[|Result|];
            }
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        public class HomeController : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get() => Ok(await System.IO.File.ReadAllTextAsync(""));

            [HttpPost]
            public async Task<ActionResult<string>> Post()
            {
                return await System.IO.File.ReadAllTextAsync("");
            }
        }
        """,
        setup: Setup.AspNet);
}
