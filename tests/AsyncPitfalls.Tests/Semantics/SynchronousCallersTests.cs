using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Where a parameter asks for synchronous work, and the function then awaits nothing, nobody expects an await.</summary>
public sealed class SynchronousCallersTests() : RuleTest(new AP0028AsyncSiblingAnalyzer())
{
    [Theory]
    [InlineData("if (async) await stream.FlushAsync(); else stream.Flush();")]
    [InlineData("if (async) stream.Flush(); else await stream.FlushAsync();")]
    [InlineData("if (!async) stream.Flush(); else await stream.FlushAsync();")]
    [InlineData("if (!(async)) { stream.Flush(); return; } await stream.FlushAsync();")]
    [InlineData("if (async) { await stream.FlushAsync(); return; } stream.Flush();")]
    [InlineData("if (async) { await stream.FlushAsync(); return; } if (stream.CanWrite) { stream.Flush(); }")]
    [InlineData("var read = async ? await stream.ReadAsync(new byte[1], 0, 1) : stream.Read(new byte[1], 0, 1);")]
    [InlineData("if (!async && stream.CanWrite) stream.Flush(); else if (async) await stream.FlushAsync();")]
    [InlineData("if (async || !stream.CanWrite) { if (async) await Task.Yield(); } else stream.Flush();")]
    [InlineData("while (stream.CanRead) { if (async) { await Task.Yield(); continue; } stream.Flush(); }")]
    [InlineData("if (async) { await Task.Yield(); throw new NotSupportedException(); } stream.Flush();")]
    [InlineData("await Core(); async Task Core() { if (async) await stream.FlushAsync(); else stream.Flush(); }")]
    [InlineData("await Flush(stream, async); if (!async) stream.Flush();")]
    [InlineData("if (async) await stream.FlushAsync(); else if (more) stream.Flush();")]
    [InlineData("if (async) { await stream.FlushAsync(); return; } if (more) return; stream.Flush();")]
    public Task Nothing_is_missed_for_synchronous_callers(string body) => Silent(In(body));

    [Theory]
    [InlineData("if (async) await stream.FlushAsync(); else stream.[|Flush|](); await Task.Yield();")]
    [InlineData("if (async) { await stream.FlushAsync(); } stream.[|Flush|]();")]
    [InlineData("if (stream.CanWrite) await stream.FlushAsync(); else stream.[|Flush|]();")]
    [InlineData("if (async && stream.CanWrite) await stream.FlushAsync(); else stream.[|Flush|]();")]
    [InlineData("async = !async; if (async) await stream.FlushAsync(); else stream.[|Flush|]();")]
    [InlineData("Func<Task> later = async () => { if (async) await stream.FlushAsync(); else stream.[|Flush|](); }; await later();")]
    [InlineData("if (async) await Flush(stream, true); else { stream.[|Flush|](); await Flush(stream, true); }")]
    [InlineData("if (async) stream.[|Flush|](); else stream.[|Flush|]();")]
    [InlineData("if (!async) stream.[|Flush|]();")]
    [InlineData("if (more) stream.[|Flush|](); else if (async) await stream.FlushAsync(); await Task.Yield();")]
    public Task Where_it_awaits_all_the_same_a_sibling_is_missed(string body) => Reports(In(body));

    private static string In(string body) => $$"""
        using System;
        using System.IO;
        using System.Threading.Tasks;

        public class C
        {
            public async Task M(Stream stream, bool async, bool more = false)
            {
                {{body}}
            }

            private static async Task Flush(Stream stream, bool async)
            {
                if (async)
                    await stream.FlushAsync();
                else
                    stream.Flush();
            }
        }
        """;
}
