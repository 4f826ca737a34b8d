using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What a message says ends: each part that a function can play, and whether it has a name of its own.</summary>
public sealed class AP0006LostTaskMessageTests() : RuleTest(new AP0006LostTaskAnalyzer())
{
    private const string Others =
        """

        static class Work { public static async Task F() => await Task.Delay(1); }
        namespace Nito.AsyncEx { public static class AsyncContext { public static void Run(Func<Task> f) { } public static void Run(Action a) { } } }
        namespace Microsoft.Azure.Functions.Worker { public sealed class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }
        namespace Xunit { public class FactAttribute : Attribute { } }
        """;

    protected override Setup Setup => Setup.AspNet;

    [Theory]
    [InlineData("Console.WriteLine(); Work.F();", "the process exits after the last statement")]
    [InlineData("class P { static void Main() { Work.F(); } }", "the process exits when 'Main' returns")]
    [InlineData("class C { void M() => Nito.AsyncEx.AsyncContext.Run(async () => { Work.F(); await Work.F(); }); }", "the loop ends when the delegate of 'AsyncContext.Run' returns")]
    [InlineData("class C { void M() => Nito.AsyncEx.AsyncContext.Run(Inner); async Task Inner() { Work.F(); await Work.F(); } }", "the loop ends when 'Inner' returns")]
    [InlineData("class S : Microsoft.Extensions.Hosting.BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { Work.F(); await Work.F(); } }", "the host waits for no more than 'ExecuteAsync' when it stops")]
    [InlineData("class C { [Microsoft.Azure.Functions.Worker.Function(\"a\")] public void Run() { Work.F(); } }", "the invocation ends when 'Run' returns")]
    [InlineData("class C { [Xunit.Fact] public void Saves() { Work.F(); } }", "the test ends when 'Saves' returns")]
    [InlineData("class C : IDisposable { public void Dispose() { Work.F(); } }", "the object is gone when 'Dispose' returns")]
    [InlineData("public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase { public void Put() { Work.F(); } }", "the request's scope is disposed when 'Put' returns")]
    [InlineData("class C { void M(Microsoft.AspNetCore.Builder.WebApplication app) => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, \"/\", () => { Work.F(); }); }", "the request's scope is disposed when the delegate of 'EndpointRouteBuilderExtensions.MapGet' returns")]
    public async Task The_message_says_what_ends(string code, string what)
    {
        var finding = Assert.Single(await Findings(code + Others));
        Assert.Equal(
            $"Nothing waits for the task of 'F', and {what}; await it, or keep it and await it before the end",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task Task_that_one_path_keeps_while_the_host_runs_and_the_other_awaits_is_silent() => Silent(
        """
        class P
        {
            static async Task Main(string[] args)
            {
                var load = Work.F();
                if (args.Length > 0)
                    Microsoft.AspNetCore.Builder.WebApplication.Create(args).Run();
                else
                    await load;
            }
        }
        """ + Others);

    [Fact]
    public Task Task_that_a_lambda_drops_by_its_conversion_is_left_to_that_rule() => Silent(
        """
        class C
        {
            void M() => Nito.AsyncEx.AsyncContext.Run((Action)(() => Work.F()));
        }
        """ + Others);
}
