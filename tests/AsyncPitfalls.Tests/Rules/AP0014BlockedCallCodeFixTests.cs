using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

public sealed class AP0014BlockedCallCodeFixTests() : RuleTest(new AP0014BlockedCallAnalyzer(), new AP0014BlockedCallCodeFix())
{
    [Fact]
    public Task The_chain_becomes_async_and_is_awaited() => Fixes(
        """
        class Store
        {
            public async Task M()
            {
                await Task.Yield();
                [|Save|](); // last
            }

            private void Save()
            {
                // all of it
                Flush();
            }

            private void Flush()
            {
                Task.Delay(1).Wait();
            }
        }
        """,
        """
        class Store
        {
            public async Task M()
            {
                await Task.Yield();
                await Save(); // last
            }

            private async Task Save()
            {
                // all of it
                await Flush();
            }

            private async Task Flush()
            {
                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Results_pass_through_every_link() => Fixes(
        """
        class Store
        {
            public async Task<int> M()
            {
                await Task.Yield();
                return [|Count|]().ToString().Length;
            }

            private int Count() => Load() + 1;

            private int Load() => LoadAsync().GetAwaiter().GetResult();

            private async Task<int> LoadAsync()
            {
                await Task.Delay(1);
                return 1;
            }
        }
        """,
        """
        class Store
        {
            public async Task<int> M()
            {
                await Task.Yield();
                return (await Count()).ToString().Length;
            }

            private async Task<int> Count() => await LoadAsync() + 1;

            private int Load() => LoadAsync().GetAwaiter().GetResult();

            private async Task<int> LoadAsync()
            {
                await Task.Delay(1);
                return 1;
            }
        }
        """);

    [Fact]
    public Task An_async_sibling_is_called_instead() => Fixes(
        """
        class Store
        {
            public void Save(string text) => SaveAsync(text).Wait();

            public async Task SaveAsync(string text, CancellationToken cancellationToken = default) => await Task.Delay(text.Length, cancellationToken);
        }

        class C
        {
            async Task M(Store store, CancellationToken token)
            {
                await Task.Yield();
                store.[|Save|]("x");
                store?.[|Save|]("y");
            }
        }
        """,
        """
        class Store
        {
            public void Save(string text) => SaveAsync(text).Wait();

            public async Task SaveAsync(string text, CancellationToken cancellationToken = default) => await Task.Delay(text.Length, cancellationToken);
        }

        class C
        {
            async Task M(Store store, CancellationToken token)
            {
                await Task.Yield();
                await store.SaveAsync("x", token);
                await (store?.SaveAsync("y", token) ?? Task.CompletedTask);
            }
        }
        """);

    [Fact]
    public Task All_that_blocks_in_the_chain_is_awaited() => Fixes(
        """
        class Store
        {
            private readonly SemaphoreSlim gate = new(1);

            public async Task M()
            {
                await Task.Yield();
                [|Save|]();
            }

            private void Save()
            {
                gate.Wait();
                try
                {
                    Flush();
                    Thread.Sleep(100);
                }
                finally
                {
                    gate.Release();
                }
            }

            private void Flush()
            {
                Task.WaitAll(Task.Delay(1), Task.Delay(2));
            }
        }
        """,
        """
        class Store
        {
            private readonly SemaphoreSlim gate = new(1);

            public async Task M()
            {
                await Task.Yield();
                await Save();
            }

            private async Task Save()
            {
                await gate.WaitAsync();
                try
                {
                    await Flush();
                    await Task.Delay(100);
                }
                finally
                {
                    gate.Release();
                }
            }

            private async Task Flush()
            {
                await Task.WhenAll(Task.Delay(1), Task.Delay(2));
            }
        }
        """);

    [Fact]
    public Task Chains_go_through_files_and_projects() => Fixes(
        """
        === Library/Store.cs
        public class Store
        {
            public async Task SaveBoth()
            {
                await Task.Yield();
                [|Save|]();
            }

            public void Save() => new Disk().Flush();
        }
        === Library/Disk.cs
        public class Disk
        {
            public void Flush()
            {
                Thread.Sleep(5);
            }
        }
        === Test/Test.cs
        class C
        {
            void Sync(Store store) => store.Save();
        }
        """,
        """
        === Library/Store.cs
        public class Store
        {
            public async Task SaveBoth()
            {
                await Task.Yield();
                await Save();
            }

            public async Task Save() => await new Disk().Flush();
        }
        === Library/Disk.cs
        public class Disk
        {
            public async Task Flush()
            {
                await Task.Delay(5);
            }
        }
        === Test/Test.cs
        class C
        {
            async Task Sync(Store store) => await store.Save();
        }
        """);

    [Fact]
    public Task An_interface_changes_with_all_that_implement_it() => Fixes(
        """
        interface IStore
        {
            void Save();
        }

        class Disk : IStore
        {
            public void Save() => Task.Delay(1).Wait();
        }

        class Cloud : IStore
        {
            void IStore.Save()
            {
                Task.Delay(2).Wait();
            }
        }

        class C
        {
            async Task M(IStore store)
            {
                await Task.Yield();
                store.[|Save|]();
            }
        }
        """,
        """
        interface IStore
        {
            Task Save();
        }

        class Disk : IStore
        {
            public async Task Save() => await Task.Delay(1);
        }

        class Cloud : IStore
        {
            async Task IStore.Save()
            {
                await Task.Delay(2);
            }
        }

        class C
        {
            async Task M(IStore store)
            {
                await Task.Yield();
                await store.Save();
            }
        }
        """);

    [Fact]
    public Task What_shares_the_signature_is_mended_too() => Fixes(
        """
        class Store
        {
            public virtual void Save() => Thread.Sleep(1);
        }

        sealed class Disk : Store
        {
            public override void Save()
            {
                Thread.Sleep(2);
            }
        }

        class C
        {
            async Task M(Disk disk)
            {
                await Task.Yield();
                disk.[|Save|]();
            }
        }
        """,
        """
        class Store
        {
            public virtual async Task Save() => await Task.Delay(1);
        }

        sealed class Disk : Store
        {
            public override async Task Save()
            {
                await Task.Delay(2);
            }
        }

        class C
        {
            async Task M(Disk disk)
            {
                await Task.Yield();
                await disk.Save();
            }
        }
        """);

    [Fact]
    public Task A_home_made_runner_in_the_chain_is_awaited_through() => Fixes(
        """
        class C
        {
            static void RunSync(Func<Task> work) => Task.Run(work).Wait();

            static void Save() => RunSync(() => Task.Delay(1));

            async Task M()
            {
                await Task.Yield();
                [|Save|]();
            }
        }
        """,
        """
        class C
        {
            static void RunSync(Func<Task> work) => Task.Run(work).Wait();

            static async Task Save() => await Task.Delay(1);

            async Task M()
            {
                await Task.Yield();
                await Save();
            }
        }
        """);

    [Fact]
    public Task Two_findings_on_one_chain_are_mended_together() => Fixes(
        """
        class Store
        {
            public async Task M()
            {
                await Task.Yield();
                [|Save|]();
                [|Flush|]();
                void Local() => Thread.Sleep(1);
                [|Local|]();
            }

            private void Save() => Flush();

            private void Flush() => Task.Delay(1).Wait();
        }
        """,
        """
        class Store
        {
            public async Task M()
            {
                await Task.Yield();
                await Save();
                await Flush();
                async Task Local() => await Task.Delay(1);
                await Local();
            }

            private async Task Save() => await Flush();

            private async Task Flush() => await Task.Delay(1);
        }
        """);

    [Theory]
    [InlineData("int Size => LoadAsync().Result; async Task M() { await Task.Yield(); _ = [|Size|]; }")]
    [InlineData("int this[int i] => LoadAsync().Result; async Task M() { await Task.Yield(); _ = [|this[1]|]; }")]
    [InlineData("C() { LoadAsync().Wait(); } async Task M() { await Task.Yield(); _ = new [|C|](); }")]
    [InlineData("int Size => LoadAsync().Result; int Read() => Size; async Task M() { await Task.Yield(); [|Read|](); }")]
    [InlineData("void Save() { lock (this) { LoadAsync().Wait(); } } async Task M() { await Task.Yield(); [|Save|](); }")]
    [InlineData("void Save(out int i) { LoadAsync().Wait(); i = 1; } async Task M() { await Task.Yield(); [|Save|](out var i); }")]
    [InlineData("void Save() { Console.ReadLine(); } async Task M() { await Task.Yield(); [|Save|](); }")]
    [InlineData("void Save() { LoadAsync().Wait(); Console.ReadLine(); } async Task M() { await Task.Yield(); [|Save|](); }")]
    [InlineData("void Save() { LoadAsync().Wait(100); } async Task M() { await Task.Yield(); [|Save|](); }")]
    [InlineData("void Save() { LoadAsync().Wait(); } int P { get { Save(); return 1; } } async Task M() { await Task.Yield(); [|Save|](); }")]
    [InlineData("void Save() { new List<int>().ForEach(x => LoadAsync().Wait()); } async Task M() { await Task.Yield(); [|Save|](); }")]
    public Task What_cannot_be_async_is_left(string members) =>
        OffersNoFix($"class C {{ {members} async Task<int> LoadAsync() {{ await Task.Yield(); return 1; }} }}");

    [Fact]
    public async Task Titles_say_what_is_done()
    {
        Assert.Equal(["Make 'Save' async and await it"], await Titles("class C { void Save() => Thread.Sleep(1); async Task M() { await Task.Yield(); Save(); } }"));
        Assert.Equal(["Make 'Save' async and await it (public signature)"], await Titles("public class C { public void Save() => Thread.Sleep(1); async Task M() { await Task.Yield(); Save(); } }"));
        Assert.Equal(["Await 'SaveAsync'"], await Titles("public class C { public void Save() => SaveAsync().Wait(); public async Task SaveAsync() => await Task.Yield(); async Task M() { await Task.Yield(); Save(); } }"));
    }

    [Fact]
    public Task A_sibling_does_not_come_to_call_itself() => Fixes(
        """
        class C
        {
            void Save() => Thread.Sleep(1);

            async Task SaveAsync()
            {
                await Task.Yield();
                [|Save|]();
            }
        }
        """,
        """
        class C
        {
            async Task Save() => await Task.Delay(1);

            async Task SaveAsync()
            {
                await Task.Yield();
                await Save();
            }
        }
        """);
}
