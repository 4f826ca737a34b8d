using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>How a function gets a token, and its callers pass theirs.</summary>
public sealed class AP0019TokenParameterTests() : RuleTest(new AP0019EndlessLoopAnalyzer(), new AP0019EndlessLoopCodeFix())
{
    private const string Work = AP0019EndlessLoopCodeFixTests.Work;

    [Fact]
    public Task Callers_with_a_token_pass_it() => Fixes(
        """
        class C
        {
            async Task Poll(int n, string s = "")
            {
                [|while|] (true)
                {
                    await Work.F();
                    if (n > 3)
                        await Poll(n - 1);
                }
            }

            async Task Has(CancellationToken ct)
            {
                await Poll(1);
                await Poll(1, "a");
                await Poll(s: "a", n: 1);
                try { } finally { await Poll(2); }
            }

            async Task HasNone() => await Poll(1);
        }
        """ + Work,
        """
        class C
        {
            async Task Poll(int n, string s = "", CancellationToken cancellationToken = default)
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    await Work.F(cancellationToken);
                    if (n > 3)
                        await Poll(n - 1, cancellationToken: cancellationToken);
                }
            }

            async Task Has(CancellationToken ct)
            {
                await Poll(1, cancellationToken: ct);
                await Poll(1, "a", ct);
                await Poll(s: "a", n: 1, cancellationToken: ct);
                try { } finally { await Poll(2); }
            }

            async Task HasNone() => await Poll(1);
        }
        """ + Work);

    [Fact]
    public Task All_that_share_the_signature_get_it() => Fixes(
        """
        interface IPoller { Task Poll(); }
        abstract class Base { public abstract Task Run(int n); }
        partial class C : Base, IPoller
        {
            public async Task Poll() { [|while|] (true) await Work.F(); }
            public override async Task Run(
                int n)
            {
                await Task.Yield();
                [|for|] (; ; )
                {
                    await Work.F();
                }
            }
            private partial Task Part();
            private async partial Task Part() { [|while|] (true) await Work.F(); }
            void Local() { async Task Loop() { [|while|] (true) await Work.F(); } Loop().Wait(); }
        }
        class D : IPoller
        {
            Task IPoller.Poll() => Task.CompletedTask;
            async Task Use(IPoller poller, CancellationToken ct) => await poller.Poll();
        }
        """ + Work,
        """
        interface IPoller { Task Poll(CancellationToken cancellationToken = default); }
        abstract class Base { public abstract Task Run(int n, CancellationToken cancellationToken = default); }
        partial class C : Base, IPoller
        {
            public async Task Poll(CancellationToken cancellationToken = default) { while (!cancellationToken.IsCancellationRequested) await Work.F(cancellationToken); }
            public override async Task Run(
                int n, CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                for (; !cancellationToken.IsCancellationRequested; )
                {
                    await Work.F(cancellationToken);
                }
            }
            private partial Task Part(CancellationToken cancellationToken = default);
            private async partial Task Part(CancellationToken cancellationToken) { while (!cancellationToken.IsCancellationRequested) await Work.F(cancellationToken); }
            void Local() { async Task Loop(CancellationToken cancellationToken = default) { while (!cancellationToken.IsCancellationRequested) await Work.F(cancellationToken); } Loop().Wait(); }
        }
        class D : IPoller
        {
            Task IPoller.Poll(CancellationToken cancellationToken) => Task.CompletedTask;
            async Task Use(IPoller poller, CancellationToken ct) => await poller.Poll(ct);
        }
        """ + Work);

    // The import adder of the oldest Roslyn ends the line with CRLF, whatever the file does.
    [NeedsCSharpFact(12)]
    public Task Callers_in_other_files_and_projects_pass_theirs_and_the_namespace_is_imported() => Fixes(
        """
        === Lib/Poller.cs
        using System.Threading.Tasks;

        public class Poller
        {
            public async Task Poll(
                int first,
                int second)
            {
                [|while|] (true)
                {
                    await Task.Delay(first + second);
                }
            }
        }
        === App/Use.cs
        using System.Threading;
        using System.Threading.Tasks;

        class Use
        {
            public Task Run(Poller poller, CancellationToken stopping) => poller?.Poll(1, 2) ?? Task.CompletedTask;
        }
        """,
        """
        === Lib/Poller.cs
        using System.Threading;
        using System.Threading.Tasks;

        public class Poller
        {
            public async Task Poll(
                int first,
                int second,
                CancellationToken cancellationToken = default)
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    await Task.Delay(first + second, cancellationToken);
                }
            }
        }
        === App/Use.cs
        using System.Threading;
        using System.Threading.Tasks;

        class Use
        {
            public Task Run(Poller poller, CancellationToken stopping) => poller?.Poll(1, 2, stopping) ?? Task.CompletedTask;
        }
        """,
        setup: Setup.Default with { ImplicitUsings = false });

    [Fact]
    public Task Signature_that_others_demand_stays() => OffersNoFix(
        """
        using System.Linq.Expressions;

        abstract class Work2 : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() { [|while|] (true) await Work.F(); }
        }

        class C
        {
            async Task Group() { [|while|] (true) await Work.F(); }
            Task Runs() => Task.Run(Group);
            async Task HasParams(params int[] numbers) { [|while|] (true) await Work.F(); }
            [Marked] async Task HasAttribute() { [|while|] (true) await Work.F(); }
            async Task InTree() { [|while|] (true) await Work.F(); }
            Expression<Func<Task>> Tree() => () => InTree();
            async Task Taken() { [|while|] (true) await Work.F(); }
            async Task Taken(CancellationToken token) => await Work.F(token);
            async IAsyncEnumerable<int> Iterator() { yield return 1; [|while|] (true) await Work.F(); }
            /// <see cref="Documented()"/>
            async Task Documented() { [|while|] (true) await Work.F(); }
        }

        class MarkedAttribute : Attribute { }
        """ + Work);

    [Fact]
    public Task Method_that_a_framework_calls_stays() => OffersNoFix(
        """
        using Microsoft.AspNetCore.SignalR;

        class Chat : Hub
        {
            public async Task Join() { [|while|] (true) await Task.Delay(1); }
        }
        """, setup: Setup.AspNet);
}
