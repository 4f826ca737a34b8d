using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Tests.Asyncify;

/// <summary>Where nothing is offered, because the chain meets what cannot be async. The names of the tests say what that is.</summary>
public sealed class ObstacleTests : AsyncifyTest
{
    [Fact]
    public Task Constructors_accessors_operators_and_finalizers_cannot_be_async() => OffersNoFix(
        """
        class C
        {
            C(Task task) => task.[|Wait|]();
            C(Task<int> task, int n) : this(Task.FromException(new Exception(task.[|Result|].ToString()))) { }
            static C() => Task.Delay(1).[|Wait|]();
            ~C() => Task.Delay(1).[|Wait|]();
            string Text => File.ReadAllTextAsync("").[|Result|];
            string Both { get { return File.ReadAllTextAsync("").[|Result|]; } set => Task.Delay(1).[|Wait|](); }
            string this[string path] => File.ReadAllTextAsync(path).[|Result|];
            event Action Changed { add => Task.Delay(1).[|Wait|](); remove { } }
            public static C operator +(C left, Task right) { right.[|Wait|](); return left; }
            public static explicit operator int(C value) => File.ReadAllTextAsync("").[|Result|].Length;
        }
        """);

    [NeedsCSharpFact(12)]
    public Task Initializers_and_base_arguments_cannot_await() => OffersNoFix(
        """
        class Base(string text) { public string Text = text; }
        class C : Base
        {
            private static string field = File.ReadAllTextAsync("").[|Result|];
            private readonly Lazy<string> lazy = new(() => File.ReadAllTextAsync("").[|Result|]);
            public string Property { get; } = File.ReadAllTextAsync("").[|Result|];
            public C(string path) : base(File.ReadAllTextAsync(path).[|Result|]) { }
        }
        class D() : Base(File.ReadAllTextAsync("").[|Result|]);
        """);

    [Fact]
    public Task A_caller_in_a_property_keeps_the_chain_as_it_is() => OffersNoFixFor("int Length => Read().Length;");

    [Fact]
    public Task A_caller_in_a_constructor_keeps_the_chain_as_it_is() => OffersNoFixFor("public C() => Read();");

    [Fact]
    public Task A_caller_in_a_field_initializer_keeps_the_chain_as_it_is() => OffersNoFixFor("string text = new C().Read();");

    [Fact]
    public Task A_caller_in_an_operator_keeps_the_chain_as_it_is() => OffersNoFixFor("public static string operator !(C c) => c.Read();");

    [Fact]
    public Task A_caller_in_a_lock_keeps_the_chain_as_it_is() => OffersNoFixFor("void Use() { lock (this) { Read(); } }");

    [Fact]
    public Task A_caller_in_an_iterator_keeps_the_chain_as_it_is() => OffersNoFixFor("IEnumerable<string> Use() { yield return Read(); }");

    [Fact]
    public Task A_caller_with_an_out_parameter_keeps_the_chain_as_it_is() => OffersNoFixFor("bool Use(out string text) { text = Read(); return true; }");

    [Fact]
    public Task A_caller_with_a_ref_or_in_parameter_keeps_the_chain_as_it_is() => OffersNoFixFor("string Use(ref int n, in int m) => Read();");

    [Fact]
    public Task A_caller_with_a_span_parameter_keeps_the_chain_as_it_is() => OffersNoFixFor("int Use(ReadOnlySpan<char> text) { Read(); return text.Length; }");

    [Fact]
    public Task A_caller_in_unsafe_code_keeps_the_chain_as_it_is() => OffersNoFixFor("unsafe void Use() { Read(); }");

    [Fact]
    public Task A_caller_with_a_pointer_keeps_the_chain_as_it_is() => OffersNoFixFor("unsafe int Use(int* p) { Read(); return *p; }");

    [Fact]
    public Task A_caller_that_returns_a_reference_keeps_the_chain_as_it_is() => OffersNoFixFor("int n; ref int Use() { Read(); return ref n; }");

    [Fact]
    public Task A_caller_that_returns_a_span_keeps_the_chain_as_it_is() => OffersNoFixFor("ReadOnlySpan<char> Use() => Read().AsSpan();");

    [Fact]
    public Task A_caller_in_a_query_clause_keeps_the_chain_as_it_is() => OffersNoFixFor("object Use(int[] xs) => from x in xs where Read().Length == x select x;");

    [Fact]
    public Task A_caller_in_an_exception_filter_keeps_the_chain_as_it_is() => OffersNoFixFor("void Use() { try { } catch when (Read() == \"\") { } }");

    [Fact]
    public Task A_caller_that_catches_the_AggregateException_of_the_wait_keeps_the_chain_as_it_is() =>
        OffersNoFixFor("void Use() { try { Read(); } catch (AggregateException) { } }");

    [Fact]
    public Task A_caller_that_tells_the_AggregateException_in_a_filter_keeps_the_chain_as_it_is() =>
        OffersNoFixFor("void Use() { try { Read(); } catch (Exception e) when (e is AggregateException) { } }");

    [Fact]
    public Task A_caller_in_an_expression_tree_keeps_the_chain_as_it_is() =>
        OffersNoFixFor("System.Linq.Expressions.Expression<Func<string>> Use() => () => Read();");

    [Fact]
    public Task A_method_group_of_a_fixed_delegate_type_keeps_the_chain_as_it_is() => OffersNoFixFor("Func<string> Use() => Read;");

    [Fact]
    public Task A_method_group_subscribed_to_an_event_that_is_no_handlers_keeps_the_chain_as_it_is() =>
        OffersNoFixFor("event Func<string>? Asked; void Use() => Asked += Read;");

    [Fact]
    public Task A_lambda_of_a_fixed_delegate_type_keeps_the_chain_as_it_is() => OffersNoFixFor("Func<string> Use() => () => Read();");

    [Fact]
    public Task A_lambda_whose_result_a_query_collects_keeps_the_chain_as_it_is() =>
        OffersNoFixFor("List<string> Use(int[] xs) => xs.Select(x => Read() + x).ToList();");

    [Fact]
    public Task A_name_in_an_attribute_may_call_by_reflection_and_keeps_the_chain_as_it_is() =>
        OffersNoFixFor("[System.ComponentModel.DefaultValue(nameof(Read))] int n;");

    [Fact]
    public Task A_caller_that_overrides_a_foreign_member_keeps_the_chain_as_it_is() => OffersNoFixFor("public override string ToString() => Read();");

    [Fact]
    public Task A_caller_in_generated_code_keeps_the_chain_as_it_is() => OffersNoFix(
        """
        partial class C
        {
            internal string Read() => File.ReadAllTextAsync("").[|Result|];
        }
        === Test/Form.g.cs
        partial class C
        {
            string Use() => Read();
        }
        === Test/Form.Designer.cs
        partial class C
        {
            string Use2() => Read();
        }
        """);

    [Fact]
    public Task A_synchronized_method_is_not_made_async() => OffersNoFix(
        """
        using System.Runtime.CompilerServices;

        class C
        {
            [MethodImpl(MethodImplOptions.Synchronized)]
            void Close() => Task.Delay(1).[|Wait|]();

            [MethodImpl(MethodImplOptions.Synchronized | MethodImplOptions.NoInlining)]
            void Open() { Task.Delay(1).[|Wait|](); }
        }
        """);

    [Fact]
    public Task Callbacks_of_native_code_and_of_the_runtime_are_not_made_async() => OffersNoFix(
        """
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Runtime.Serialization;

        class C
        {
            [UnmanagedCallersOnly]
            static void Called() => Task.Delay(1).[|Wait|]();

            [ModuleInitializer]
            internal static void Start() => Task.Delay(1).[|Wait|]();

            [OnDeserialized]
            void Ready(StreamingContext context) => Task.Delay(1).[|Wait|]();
        }
        """);

    [Fact]
    public Task A_lock_that_is_bound_to_its_thread_is_not_held_across_an_await() => OffersNoFix(
        """
        class C
        {
            private readonly object gate = new();
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLockSlim slim = new();

            void A() { Monitor.Enter(gate); try { Task.Delay(1).[|Wait|](); } finally { Monitor.Exit(gate); } }
            void B() { mutex.WaitOne(); Task.Delay(1).[|Wait|](); mutex.ReleaseMutex(); }
            void D() { slim.EnterReadLock(); Task.Delay(1).[|Wait|](); slim.ExitReadLock(); }
        }
        """);

    [Fact]
    public Task A_method_that_changes_its_struct_is_not_made_async() => OffersNoFix(
        """
        struct Counter
        {
            private int count;

            void Count(Task task)
            {
                task.[|Wait|]();
                count++;
            }

            void CountBelow(Task task)
            {
                Increase();
                task.[|Wait|]();
            }

            void Increase() => this.count += 1;
        }

        ref struct Reader
        {
            private int count;
            int Read(Task<int> task) => count + task.[|Result|];
        }
        """);

    [Fact]
    public Task A_method_that_only_reads_its_struct_is_no_obstacle() => Fixes(
        """
        struct Counter
        {
            private int count;
            int Add(Task<int> task) => task.[|Result|] + Get();
            int Get() => count;
            int Use(Task<int> task) => Add(task) + this.Add(task);
        }
        """,
        """
        struct Counter
        {
            private int count;
            async Task<int> Add(Task<int> task) => await task + Get();
            int Get() => count;
            async Task<int> Use(Task<int> task) => await Add(task) + await this.Add(task);
        }
        """);

    [NeedsCSharpFact(13)]
    public Task Spans_and_references_do_not_live_across_an_await() => OffersNoFix(
        """
        class C
        {
            void A() { Span<int> s = stackalloc int[3]; Task.Delay(1).[|Wait|](); s[0] = 1; }
            void B(int[] a) { foreach (var x in a.AsSpan()) Task.Delay(x).[|Wait|](); }
            void D(int[] a, Task<int> t) { var i = a.AsSpan().IndexOf(t.[|Result|]); }
            void E(int[] a, Task<int> t) { ref int i = ref a[0]; i = t.[|Result|]; }
            void F(Task t) { Span<int> s = stackalloc int[3]; for (;;) { Console.Write(s[0]); t.[|Wait|](); } }
            async Task G(Task t, Task u) { await u; var s = "abc".AsSpan(); t.[|Wait|](); Console.Write(s.Length); }
        }
        """);

    [NeedsCSharpFact(13)]
    public Task Spans_that_are_done_with_before_the_await_are_no_obstacle() => Fixes(
        """
        class C
        {
            int Sum(int[] a, Task<int> t, Task<int> u)
            {
                var sum = 0;
                {
                    Span<int> s = a;
                    sum = s.Length;
                }

                a[0] += t.[|Result|];
                return sum + "abc".AsSpan(u.[|Result|]).Length;
            }
        }
        """,
        """
        class C
        {
            async Task<int> Sum(int[] a, Task<int> t, Task<int> u)
            {
                var sum = 0;
                {
                    Span<int> s = a;
                    sum = s.Length;
                }

                a[0] += await t;
                return sum + "abc".AsSpan(await u).Length;
            }
        }
        """);

    [Fact]
    public Task A_collection_initializer_would_drop_what_Add_returns() => OffersNoFix(
        """
        class Bag : System.Collections.IEnumerable
        {
            public void Add(string text) => File.WriteAllTextAsync("", text).[|Wait|]();
            public System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();
            static Bag Make() => new() { "a" };
        }
        """);

    [Fact]
    public Task A_GetEnumerator_that_foreach_calls_is_not_made_async() => OffersNoFix(
        """
        class Lines
        {
            public List<string>.Enumerator GetEnumerator() => new List<string>(File.ReadAllLinesAsync("").[|Result|]).GetEnumerator();
            static void Use(Lines lines) { foreach (var line in lines) Console.WriteLine(line); }
        }
        """);

    [Fact]
    public Task What_an_old_language_cannot_say_is_not_offered() => OffersNoFix(
        """
        using System.Threading.Tasks;

        static class Program
        {
            static void Main() { Task.Delay(1).[|Wait|](); }
        }
        """,
        setup: Setup.Default with { Language = LanguageVersion.CSharp7 });

    [Fact]
    public Task A_main_of_a_single_threaded_apartment_must_stay_on_its_thread() => OffersNoFix(
        """
        static class Program
        {
            [STAThread]
            static void Main() => Task.Delay(1).[|Wait|]();
        }
        """);

    [Fact]
    public Task An_awaitable_or_asynchronous_sequence_is_not_put_into_a_task() => OffersNoFix(
        """
        using System.Runtime.CompilerServices;

        class C
        {
            YieldAwaitable Get(Task t) { t.[|Wait|](); return Task.Yield(); }
            IAsyncEnumerable<int> List(Task<IAsyncEnumerable<int>> t) => t.[|Result|];
        }
        """);

    private Task OffersNoFixFor(string caller) => OffersNoFix(
        $$"""
        class C
        {
            internal string Read() => File.ReadAllTextAsync("").[|Result|];
            {{caller}}
        }
        """);
}
