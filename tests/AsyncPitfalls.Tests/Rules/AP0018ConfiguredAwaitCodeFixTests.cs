using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>What becomes of the <c>ConfigureAwait</c> of an await that is moved.</summary>
public sealed class AP0018ConfiguredAwaitCodeFixTests() : RuleTest(new AP0018EndlessWaitAnalyzer(), new AP0018EndlessWaitCodeFix())
{
    private const string Server =
        """

        class Server
        {
            public async Task ListenAsync() { while (true) { await Task.Delay(1); } }
            public async ValueTask PollAsync() { while (true) { await Task.Delay(1); } }
            public Task StartAsync() => Task.Delay(1);
            public static void Use() => Console.WriteLine();
        }
        """;

    [Theory]
    [InlineData("server.ListenAsync().ConfigureAwait(false)", "server.ListenAsync()", "listening.ConfigureAwait(false)")]
    [InlineData("server.ListenAsync().ConfigureAwait(continueOnCapturedContext: false)", "server.ListenAsync()", "listening.ConfigureAwait(false)")]
    [InlineData("server.ListenAsync().ConfigureAwait(true)", "server.ListenAsync()", "listening")]
    public Task The_configuration_moves_with_the_await(string awaited, string started, string last) => Fixes(
        Method($"[|await {awaited}|];\n        Server.Use();"),
        Method($"var listening = {started};\n        Server.Use();\n        await {last};"));

    [Fact]
    public Task A_value_task_is_configured_too() => Fixes(
        Method("[|await server.PollAsync().ConfigureAwait(false)|];\n        Server.Use();"),
        Method("var polling = server.PollAsync().AsTask();\n        Server.Use();\n        await polling.ConfigureAwait(false);"));

    [Fact]
    public Task An_await_that_is_joined_keeps_its_own() => Fixes(
        Method("[|await server.ListenAsync().ConfigureAwait(false)|];\n        await server.StartAsync().ConfigureAwait(false);"),
        Method("var listening = server.ListenAsync();\n        await Task.WhenAll(listening, server.StartAsync()).ConfigureAwait(false);"));

    [Fact]
    public Task Several_are_awaited_together() => Fixes(
        Method("[|await server.ListenAsync().ConfigureAwait(false)|];\n        Server.Use();\n        [|await server.ListenAsync().ConfigureAwait(false)|];\n        Server.Use();"),
        Method("var listening = server.ListenAsync();\n        Server.Use();\n        var listening1 = server.ListenAsync();\n        Server.Use();\n        await Task.WhenAll(listening, listening1).ConfigureAwait(false);"));

    [Fact]
    public Task Options_of_another_kind_are_left_to_the_reader() => OffersNoFix(
        Method("[|await server.ListenAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)|];\n        Server.Use();"));

    private static string Method(string body) =>
        $$"""
        class C
        {
            async Task M(Server server)
            {
                {{body}}
            }
        }
        """ + Server;
}
