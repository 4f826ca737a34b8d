using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What a program ends with, so that its tasks go on until somebody stops it.</summary>
public sealed class AP0006ShutdownWaitTests() : RuleTest(new AP0006LostTaskAnalyzer())
{
    private const string Others =
        """

        static class Work { public static async Task F() => await Task.Delay(1); }
        namespace Avalonia
        {
            public class AppBuilder { }
            public static class ClassicDesktopStyleApplicationLifetimeExtensions
            {
                public static int StartWithClassicDesktopLifetime(this AppBuilder app, string[] args) => 0;
                public static AppBuilder SetupWithClassicDesktopLifetime(this AppBuilder app, string[] args) => app;
            }
            public static class Robots
            {
                public static void StartWithClassicDesktopLifetime() { }
                public static void Sleep(int turns) { }
                public static Task Delay(int turns) => Task.CompletedTask;
                public static Task Pause(int turns) => Task.CompletedTask;
            }
        }
        """;

    protected override Setup Setup => Setup.AspNet;

    [Theory]
    [InlineData("Avalonia.ClassicDesktopStyleApplicationLifetimeExtensions.StartWithClassicDesktopLifetime(new Avalonia.AppBuilder(), args);")]
    [InlineData("await Microsoft.Extensions.Hosting.HostingHostBuilderExtensions.RunConsoleAsync(Microsoft.Extensions.Hosting.Host.CreateDefaultBuilder());")]
    [InlineData("Console.Read();")]
    [InlineData("new CountdownEvent(1).Wait();")]
    [InlineData("new ManualResetEventSlim().Wait(CancellationToken.None);")]
    [InlineData("new ManualResetEvent(false).WaitOne(Timeout.Infinite);")]
    public Task Task_that_runs_until_the_program_is_stopped_is_silent(string last) => Silent(
        $$"""
        class P
        {
            static async Task Main(string[] args)
            {
                _ = Work.F();
                {{last}}
            }
        }
        """ + Others);

    [Theory]
    [InlineData("Avalonia.ClassicDesktopStyleApplicationLifetimeExtensions.SetupWithClassicDesktopLifetime(new Avalonia.AppBuilder(), args);")]
    [InlineData("Avalonia.Robots.StartWithClassicDesktopLifetime();")]
    [InlineData("Avalonia.Robots.Sleep(Timeout.Infinite);")]
    [InlineData("await Avalonia.Robots.Delay(Timeout.Infinite);")]
    [InlineData("await Avalonia.Robots.Pause(Timeout.Infinite);")]
    [InlineData("new SemaphoreSlim(0).Wait();")]
    [InlineData("new ManualResetEventSlim().Set();")]
    [InlineData("new ManualResetEvent(false).Set();")]
    [InlineData("new CountdownEvent(1).Signal();")]
    public Task Task_that_ends_with_the_program_is_found(string last) => Reports(
        $$"""
        class P
        {
            static async Task Main(string[] args)
            {
                _ = [|Work.F()|];
                {{last}}
            }
        }
        """ + Others);
}
