using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>A call has completed where a flag asks its method for synchronous work, and the method awaits nothing then.</summary>
public sealed class FlaggedCallsTests() : RuleTest(new AP0002BlockingWaitAnalyzer())
{
    [Theory]
    [InlineData("if (async) await stream.FlushAsync(); else stream.Flush();")]
    [InlineData("if (!async) { stream.Flush(); return; } await stream.FlushAsync();")]
    [InlineData("if (!(async)) stream.Flush(); else await stream.FlushAsync().ConfigureAwait(false);")]
    [InlineData("await (async ? stream.FlushAsync() : Task.CompletedTask);")]
    [InlineData("await (async ? stream.FlushAsync() : Task.CompletedTask).ConfigureAwait(false);")]
    [InlineData("if (async && stream.CanWrite) await stream.FlushAsync();")]
    [InlineData("var read = async ? await stream.ReadAsync(new byte[1], 0, 1) : stream.Read(new byte[1], 0, 1);")]
    [InlineData("while (stream.CanRead) { if (async) { await Task.Yield(); continue; } stream.ReadByte(); }")]
    [InlineData("try { if (async) await stream.FlushAsync(); } catch (Exception) { if (async) await stream.FlushAsync(); throw; } finally { if (async) await stream.FlushAsync(); }")]
    [InlineData("await Inner(async);")]
    [InlineData("await Inner(async: async, 1).ConfigureAwait(false);")]
    [InlineData("await Inner(false);")]
    [InlineData("await Task.CompletedTask;")]
    [InlineData("await Core(); async Task Core() { if (async) await stream.FlushAsync(); }")]
    [InlineData("await Core(async); static async Task Core(bool async) { if (async) await Task.Yield(); }")]
    [InlineData("Func<Task> later = async () => await Task.Yield(); if (async) await later();")]
    [InlineData("await Two(async, true); static async Task Two(bool async, bool more) { if (async) await Task.Yield(); else if (more) Console.Write(1); }")]
    public Task A_method_that_only_awaits_for_others_is_done(string body) => Silent(InFlush(body, "Flush(async: false, stream).Wait();"));

    [Theory]
    [InlineData("if (async) stream.Flush(); else await stream.FlushAsync();")]
    [InlineData("if (async) await stream.FlushAsync(); await stream.FlushAsync();")]
    [InlineData("if (async || stream.CanWrite) await stream.FlushAsync();")]
    [InlineData("if (stream.CanWrite) await Task.Yield();")]
    [InlineData("async = true; if (async) await stream.FlushAsync();")]
    [InlineData("Change(ref async); if (async) await stream.FlushAsync();")]
    [InlineData("await Inner(true);")]
    [InlineData("await Inner(!async);")]
    [InlineData("await (async ? Task.CompletedTask : stream.FlushAsync());")]
    [InlineData("await (stream.CanWrite ? Task.CompletedTask : stream.FlushAsync());")]
    [InlineData("try { stream.Flush(); } catch (Exception) { await stream.FlushAsync(); }")]
    [InlineData("try { stream.Flush(); } finally { await stream.FlushAsync(); }")]
    [InlineData("await Core(); async Task Core() { if (!async) await stream.FlushAsync(); }")]
    [InlineData("await using var held = stream; stream.Flush();")]
    [InlineData("await foreach (var one in Many(async)) Console.Write(one);")]
    public Task A_method_that_awaits_all_the_same_is_waited_for(string body) => Reports(InFlush(body, "Flush(async: false, stream).[|Wait|]();"));

    [Theory]
    [InlineData("Flush(async: true, stream).[|Wait|]();")]
    [InlineData("Flush(flag, stream).[|Wait|]();")]
    [InlineData("Flush(async: false, stream).GetAwaiter().GetResult();")]
    [InlineData("Flush(async: false, stream).ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("const bool no = false; Flush(no, stream).Wait();")]
    [InlineData("Local().[|Wait|](); async Task Local() { if (flag) await Task.Yield(); }")]
    [InlineData("var task = Flush(false, stream); task.Wait();")]
    [InlineData("var task = Flush(false, stream); if (flag) task = Flush(true, stream); task.[|Wait|]();")]
    public Task A_flag_counts_where_it_is_constant(string use) => Marked(InFlush("if (async) await stream.FlushAsync(); else stream.Flush();", use));

    [Theory]
    [InlineData("Task<int> Read(bool async) => async ? Slow() : Task.FromResult(1);", "Result")]
    [InlineData("Task<int> Read(bool async) { if (async) return Slow(); return Task.FromResult(1); }", "Result")]
    [InlineData("Task<int> Read(bool async) => Other(async); Task<int> Other(bool async) => async ? Slow() : Read(async);", "Result")]
    [InlineData("ValueTask<int> Read(bool async) => async ? new ValueTask<int>(Slow()) : new ValueTask<int>(1);", "Result")]
    [InlineData("Task<int> Read(bool async) => async ? Task.FromResult(1) : Slow();", "[|Result|]")]
    [InlineData("Task<int> Read(bool async) => Slow();", "[|Result|]")]
    [InlineData("Task<int> Read(bool async) => throw new NotSupportedException();", "Result")]
    [InlineData("async Task<int> Read(bool async) => async ? await Slow() : 1;", "Result")]
    [InlineData("async Task<int> Read(bool async) => await Slow();", "[|Result|]")]
    public Task What_a_method_returns_counts_where_it_is_not_async(string read, string result) => Marked($$"""
        using System;
        using System.Threading.Tasks;

        public class C
        {
            public int M() => Read(false).{{result}};

            private {{read}}

            private static async Task<int> Slow() { await Task.Yield(); return 1; }
        }
        """);

    [Theory]
    [InlineData("if (async) await Task.Yield();", "Wait")]
    [InlineData("await Task.Yield();", "[|Wait|]")]
    public Task Each_override_counts(string body, string wait) => Marked($$"""
        using System.Threading.Tasks;

        public abstract class Converter
        {
            public void Write() => Write(async: false).{{wait}}();

            protected abstract Task Write(bool async);
        }

        public class One : Converter
        {
            protected override async Task Write(bool async) { if (async) await Task.Yield(); }
        }

        public class Other : Converter
        {
            protected override async Task Write(bool async) { {{body}} }
        }
        """);

    [Fact]
    public Task A_method_that_nobody_implements_may_take_time() => Reports("""
        using System.Threading.Tasks;

        public interface IReader
        {
            Task<int> Read(bool async);
        }

        public class C
        {
            public int M(IReader reader) => reader.Read(false).[|Result|];

            public int N(System.Func<bool, Task<int>> read) => read(false).[|Result|];

            public int O(IReader reader) => Through(reader, false).[|Result|];

            private static async Task<int> Through(IReader reader, bool async) => await reader.Read(async);
        }
        """);

    [Theory]
    [InlineData("if (async) await Task.Yield();", "Wait")]
    [InlineData("if (!async) await Task.Yield();", "[|Wait|]")]
    public Task The_implementation_of_a_partial_method_counts(string body, string wait) => Marked($$"""
        using System.Threading.Tasks;

        public partial class C
        {
            public void M() => Flush(false).{{wait}}();

            private partial Task Flush(bool async);
        }

        public partial class C
        {
            private async partial Task Flush(bool async) { {{body}} }
        }
        """);

    [Fact]
    public Task Half_typed_code_is_waited_for() => Reports("""
        using System.Threading.Tasks;

        public class C
        {
            public void M() => Flush(false).[|Wait|]();

            private async Task Flush(bool async) { if (async) await Task.Yield(); await {|CS0103:Missing|}(async); }
        }
        """);

    private Task Marked(string code) => code.Contains("[|", StringComparison.Ordinal) ? Reports(code) : Silent(code);

    private static string InFlush(string body, string use) => $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading.Tasks;

        public class C
        {
            public void M(Stream stream, bool flag)
            {
                {{use}}
            }

            private static async Task Flush(bool async, Stream stream)
            {
                {{body}}
            }

            private static async Task Inner(bool async, int count = 0)
            {
                if (async)
                    await Task.Delay(count);
                else if (count > 0)
                    await Inner(async, count - 1);
            }

            private static async IAsyncEnumerable<int> Many(bool async)
            {
                if (async)
                    await Task.Yield();
                yield return 1;
            }

            private static void Change(ref bool value) => value = !value;
        }
        """;
}
