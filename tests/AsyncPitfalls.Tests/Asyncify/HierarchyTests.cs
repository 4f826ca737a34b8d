namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>Methods that can only change together with those that they override and implement.</summary>
public sealed class HierarchyTests : AsyncifyTest
{
    [Fact]
    public Task An_interface_changes_with_all_its_implementations_and_calls() => Fixes(
        """
        interface IStore
        {
            string Load(string key);
            void Close();
        }

        class FileStore : IStore
        {
            public string Load(string key) => File.ReadAllTextAsync(key).[|Result|];
            public void Close() => Task.Delay(1).[|Wait|]();
        }

        class EmptyStore : IStore
        {
            string IStore.Load(string key)
            {
                if (key.Length == 0)
                    return "";
                return key;
            }

            void IStore.Close()
            {
            }
        }

        class LoudStore : IStore
        {
            public string Load(string key) => throw new NotSupportedException();

            public void Close()
            {
                if (Environment.HasShutdownStarted)
                    return;
                Console.WriteLine("closed");
            }
        }

        class User
        {
            int Use(IStore store)
            {
                try
                {
                    return store.Load("a").Length;
                }
                finally
                {
                    store.Close();
                }
            }
        }
        """,
        """
        interface IStore
        {
            Task<string> Load(string key);
            Task Close();
        }

        class FileStore : IStore
        {
            public async Task<string> Load(string key) => await File.ReadAllTextAsync(key);
            public async Task Close() => await Task.Delay(1);
        }

        class EmptyStore : IStore
        {
            Task<string> IStore.Load(string key)
            {
                if (key.Length == 0)
                    return Task.FromResult("");
                return Task.FromResult(key);
            }

            Task IStore.Close()
            {
                return Task.CompletedTask;
            }
        }

        class LoudStore : IStore
        {
            public Task<string> Load(string key) => throw new NotSupportedException();

            public Task Close()
            {
                if (Environment.HasShutdownStarted)
                    return Task.CompletedTask;
                Console.WriteLine("closed");
                return Task.CompletedTask;
            }
        }

        class User
        {
            async Task<int> Use(IStore store)
            {
                try
                {
                    return (await store.Load("a")).Length;
                }
                finally
                {
                    await store.Close();
                }
            }
        }
        """);

    [Fact]
    public Task Overrides_and_the_base_change_together_and_base_calls_are_awaited() => Fixes(
        """
        abstract class Base
        {
            protected abstract int Count();
            protected virtual void Close() { }
        }

        class Middle : Base
        {
            protected override int Count() => 1;
            protected override void Close() => Task.Delay(1).[|Wait|]();
        }

        sealed class Leaf : Middle
        {
            protected override int Count() => base.Count() + File.ReadAllTextAsync("").[|Result|].Length;

            protected override void Close()
            {
                Console.WriteLine();
                base.Close();
            }
        }
        """,
        """
        abstract class Base
        {
            protected abstract Task<int> Count();
            protected virtual Task Close() { return Task.CompletedTask; }
        }

        class Middle : Base
        {
            protected override Task<int> Count() => Task.FromResult(1);
            protected override async Task Close() => await Task.Delay(1);
        }

        sealed class Leaf : Middle
        {
            protected override async Task<int> Count() => await base.Count() + (await File.ReadAllTextAsync("")).Length;

            protected override async Task Close()
            {
                Console.WriteLine();
                await base.Close();
            }
        }
        """);

    [Fact]
    public Task Several_implementations_that_wait_all_become_async() => Fixes(
        """
        interface IStore { int Load(); }
        class A : IStore { public int Load() => File.ReadAllTextAsync("a").[|Result|].Length; }
        class B : IStore { public int Load() { if (1.Equals(2)) return 2; return File.ReadAllTextAsync("b").[|Result|].Length; } }
        class D : IStore { public int Load() => 3; }
        """,
        """
        interface IStore { Task<int> Load(); }
        class A : IStore { public async Task<int> Load() => (await File.ReadAllTextAsync("a")).Length; }
        class B : IStore { public async Task<int> Load() { if (1.Equals(2)) return 2; return (await File.ReadAllTextAsync("b")).Length; } }
        class D : IStore { public Task<int> Load() => Task.FromResult(3); }
        """);

    [Fact]
    public Task An_inherited_method_that_implements_an_interface_for_a_derived_class_changes_with_it() => Fixes(
        """
        interface IStore { int Load(); }
        class Base { public int Load() => File.ReadAllTextAsync("a").[|Result|].Length; }
        class Derived : Base, IStore { }
        class Other : IStore { public int Load() => 1; }
        """,
        """
        interface IStore { Task<int> Load(); }
        class Base { public async Task<int> Load() => (await File.ReadAllTextAsync("a")).Length; }
        class Derived : Base, IStore { }
        class Other : IStore { public Task<int> Load() => Task.FromResult(1); }
        """);

    [Fact]
    public Task A_generic_interface_and_a_default_implementation_change() => Fixes(
        """
        interface ISource<T>
        {
            T Get(string key);
            T? GetFirst(string[] keys) => keys.Length == 0 ? default : Get(keys[0]);
        }

        class Texts : ISource<string>
        {
            public string Get(string key) => File.ReadAllTextAsync(key).[|Result|];
        }

        class Numbers : ISource<long>
        {
            public long Get(string key) { return key.Length; }
        }

        class Nulls : ISource<object?>
        {
            public object? Get(string key) => null;
        }
        """,
        """
        interface ISource<T>
        {
            Task<T> Get(string key);
            async Task<T?> GetFirst(string[] keys) => keys.Length == 0 ? default : await Get(keys[0]);
        }

        class Texts : ISource<string>
        {
            public async Task<string> Get(string key) => await File.ReadAllTextAsync(key);
        }

        class Numbers : ISource<long>
        {
            public Task<long> Get(string key) { return Task.FromResult<long>(key.Length); }
        }

        class Nulls : ISource<object?>
        {
            public Task<object?> Get(string key) => Task.FromResult<object?>(null);
        }
        """);

    [Fact]
    public Task A_void_expression_body_that_awaits_nothing_becomes_a_block() => Fixes(
        """
        interface IStore
        {
            void Close();
        }

        class A : IStore
        {
            public void Close() => Task.Delay(1).[|Wait|]();
        }

        class B : IStore
        {
            public void Close() => Console.WriteLine(); // done

            public override string ToString() => "";
        }
        """,
        """
        interface IStore
        {
            Task Close();
        }

        class A : IStore
        {
            public async Task Close() => await Task.Delay(1);
        }

        class B : IStore
        {
            public Task Close()
            {
                Console.WriteLine(); // done
                return Task.CompletedTask;
            }

            public override string ToString() => "";
        }
        """);

    [Fact]
    public Task A_static_interface_member_changes_with_its_implementations() => Fixes(
        """
        interface IParser<T> where T : IParser<T> { static abstract int Parse(string text); }
        class A : IParser<A> { public static int Parse(string text) => File.ReadAllTextAsync(text).[|Result|].Length; }
        class B : IParser<B> { public static int Parse(string text) => text.Length; }
        class User { int Use<T>() where T : IParser<T> => T.Parse("a"); }
        """,
        """
        interface IParser<T> where T : IParser<T> { static abstract Task<int> Parse(string text); }
        class A : IParser<A> { public static async Task<int> Parse(string text) => (await File.ReadAllTextAsync(text)).Length; }
        class B : IParser<B> { public static Task<int> Parse(string text) => Task.FromResult(text.Length); }
        class User { async Task<int> Use<T>() where T : IParser<T> => await T.Parse("a"); }
        """);

    [Fact]
    public Task An_interface_of_another_assembly_is_not_changed() => OffersNoFix(
        """
        class A : IDisposable, IComparable<A>, IComparer<A>
        {
            public void Dispose() => Task.Delay(1).[|Wait|]();
            public int CompareTo(A? other) => File.ReadAllTextAsync("").[|Result|].Length;
            int IComparer<A>.Compare(A? left, A? right) => File.ReadAllTextAsync("").[|Result|].Length;
        }
        """);

    [Fact]
    public Task A_base_member_of_another_assembly_is_not_changed() => OffersNoFix(
        """
        class A : StringWriter
        {
            public override string ToString() => File.ReadAllTextAsync("").[|Result|];
            public override void Close() => Task.Delay(1).[|Wait|]();
            protected override void Dispose(bool disposing) => Flush(Task.Delay(1));
            private void Flush(Task task) => task.[|Wait|]();
        }
        """);

    [Fact]
    public Task A_method_that_implements_a_foreign_interface_for_a_derived_class_is_not_changed() => OffersNoFix(
        """
        class Base { public void Dispose() => Task.Delay(1).[|Wait|](); }
        class Derived : Base, IDisposable { }
        """);

    [Fact]
    public Task An_implementation_with_yield_keeps_the_interface_as_it_is() => OffersNoFix(
        """
        interface INames { IEnumerable<string> Get(); }
        class A : INames { public IEnumerable<string> Get() => File.ReadAllLinesAsync("").[|Result|]; }
        class B : INames { public IEnumerable<string> Get() { yield return ""; } }
        """);

    [NeedsCSharpFact(12)]
    public Task One_caller_that_cannot_await_keeps_the_whole_family_as_it_is() => OffersNoFix(
        """
        interface IStore { int Load(); }
        class A : IStore { public int Load() => File.ReadAllTextAsync("a").[|Result|].Length; }
        class B : IStore { public int Load() => 3; }
        class User(IStore store) { int Count => store.Load(); }
        """);
}
