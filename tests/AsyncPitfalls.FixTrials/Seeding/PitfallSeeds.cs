using System.Globalization;

namespace AsyncPitfalls.FixTrials;

/// <summary>A pitfall that can be put before any statement; <c>{n}</c> is a number that makes its names unique.</summary>
/// <param name="Rule">The rule that it is meant for.</param>
/// <param name="NeedsAsync">Whether the function around it must be async.</param>
/// <param name="Code">The statements.</param>
public sealed record PitfallSeed(string Rule, bool NeedsAsync, string Code)
{
    public string CodeOf(int number) => Code.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

/// <summary>Pitfalls of the rules that can stand anywhere, and what they call.</summary>
public static class PitfallSeeds
{
    private const string Callees =
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        internal static class Seeds
        {
            public static readonly object Gate = new object();

            public static readonly SynchronizationContext Loop = new SynchronizationContext();

            public static async Task WorkAsync() => await Task.Yield();

            public static async Task<int> ValueAsync(int value = 1) { await Task.Yield(); return value; }

            public static async Task<T> EchoAsync<T>(T value, CancellationToken cancellationToken = default) { await Task.Delay(1, cancellationToken); return value; }

            public static async Task EndlessAsync() { while (!Console.KeyAvailable || true) { await Task.Delay(1000); } }

            public static void RunSync(Func<Task> work) => work().GetAwaiter().GetResult();

            public static int Number(int start, object gate) => start + gate.GetHashCode();
        }

        """;

    /// <summary>What seeds call: a file for each project that they are put into.</summary>
    public static string Declarations(IEnumerable<(PitfallSeed Seed, int Number)> seeds) =>
        Callees + string.Concat(seeds.Where(seed => seed.Seed.Code.Contains("Blocks{n}", StringComparison.Ordinal)).Select(seed => Blocking(seed.Number)));

    // One for each use: the fix of a call changes the method, and so every other call.
    private static string Blocking(int number) =>
        $$"""

        internal static class Blocks{{number}}
        {
            // How many there are.
            public static int Count(int start) => Seeds.ValueAsync(start).Result;

            public static void Flush(bool twice)
            {
                if (twice)
                    Flush(false);
                else
                    Seeds.WorkAsync().Wait(); // to the disk
            }
        }

        """;

    public static IReadOnlyList<PitfallSeed> All { get; } =
    [
        new("AP0001", false, "async global::System.Threading.Tasks.Task<int> Never{n}(int x) { /* why */ if (x > 1) return 1; return x; }\nglobal::System.Func<int, global::System.Threading.Tasks.Task<int>> never{n} = Never{n};"),
        new("AP0001", true, "var never{n} = new global::System.Func<global::System.Threading.Tasks.Task>(async () => { global::System.Console.WriteLine(); });\nawait never{n}();"),
        new("AP0002", false, "var value{n} = global::Seeds.ValueAsync(2).Result; // the value\nglobal::System.GC.KeepAlive(value{n});"),
        new("AP0002", false, "global::Seeds.WorkAsync().Wait();"),
        new("AP0002", false, "if (global::Seeds.ValueAsync().GetAwaiter().GetResult() > 3) global::System.Console.WriteLine(global::Seeds.EchoAsync(\"x\").Result.Length);"),
        new("AP0002", false, "global::System.Threading.Tasks.Task.WaitAll(global::Seeds.WorkAsync(), /* and */ global::Seeds.ValueAsync());"),
        new("AP0003", true, "global::Seeds.RunSync(async () => { /* a */ await global::Seeds.WorkAsync(); });"),
        new("AP0003", true, "global::Seeds.RunSync(() => global::Seeds.WorkAsync());"),
        new("AP0004", true, "global::Seeds.Loop.Send(_ => global::System.Console.WriteLine(), null);"),
        new("AP0005", false, "global::System.Threading.Tasks.Task.Run(() => global::System.Console.WriteLine(/* text */ \"x\"));"),
        new("AP0005", true, "await global::System.Threading.Tasks.Task.Run(() => global::System.Diagnostics.Trace.WriteLine(\"x\"));"),
        new("AP0005", true, "await global::System.Console.Out.WriteLineAsync(\"x\");"),
        new("AP0007", false, "global::Seeds.WorkAsync(); // starts"),
        new("AP0007", false, "var unread{n} = global::Seeds.ValueAsync(3);"),
        new("AP0008", true, "var first{n} = global::Seeds.ValueAsync(1);\nvar second{n} = global::Seeds.ValueAsync(2);\nglobal::System.GC.KeepAlive(await first{n});\nglobal::System.GC.KeepAlive(await second{n});"),
        new("AP0008", true, "var started{n} = global::Seeds.ValueAsync(1);\nif (global::System.Environment.TickCount > {n})\n    await started{n};"),
        new("AP0009", false, "async void Void{n}() => await global::Seeds.WorkAsync();\nVoid{n}();"),
        new("AP0009", true, "async void Refresh{n}(int x)\n{\n    if (x > 1) return; // enough\n    await global::Seeds.WorkAsync();\n}\nRefresh{n}(1);\nRefresh{n}(2);"),
        new("AP0010", false, "new global::System.Collections.Generic.List<int>().ForEach(async x => { if (x > 1) return; await global::System.Threading.Tasks.Task.Delay(x); });"),
        new("AP0010", false, "global::System.Action<int> callback{n} = async x => await global::System.Threading.Tasks.Task.Delay(x); // later\ncallback{n}(1);"),
        new("AP0010", true, "global::System.Threading.Tasks.Parallel.ForEach(new[] { 1, 2 }, async x => await global::System.Threading.Tasks.Task.Delay(x));"),
        new("AP0011", true, "await global::System.Threading.Tasks.Task.Factory.StartNew(async () => { await global::Seeds.WorkAsync(); });"),
        new("AP0011", false, "var outer{n} = global::System.Threading.Tasks.Task.Factory.StartNew(() => global::Seeds.ValueAsync());\nglobal::System.GC.KeepAlive(outer{n}.Status);"),
        new("AP0012", true, "var cold{n} = new global::System.Threading.Tasks.Task<int>(() => 1);\nglobal::System.GC.KeepAlive(await cold{n});"),
        new("AP0013", true, "global::System.Threading.Thread.Sleep(/* ms */ 10);"),
        new("AP0013", true, "using (var gate{n} = new global::System.Threading.SemaphoreSlim(1))\n{\n    gate{n}.Wait();\n    gate{n}.Release();\n}"),
        new("AP0013", true, "new global::System.Threading.ManualResetEventSlim().Wait(global::System.Threading.CancellationToken.None);"),
        new("AP0014", true, "global::Blocks{n}.Flush(true);"),
        new("AP0014", true, "global::System.Console.WriteLine(global::Blocks{n}.Count(global::Blocks{n}.Count(2)) + 1);"),
        new("AP0016", true, "global::System.Threading.Monitor.Enter(global::Seeds.Gate);\nawait global::Seeds.WorkAsync();\nglobal::System.Threading.Monitor.Exit(global::Seeds.Gate);"),
        new("AP0017", false, "global::System.Threading.Tasks.Task.Run(() => global::System.Threading.SynchronizationContext.Current!.Post(_ => { }, null)).GetHashCode();"),
        new("AP0018", true, "await global::Seeds.EndlessAsync();"),
        new("AP0018", true, "await global::System.Threading.Tasks.Task.Delay(global::System.Threading.Timeout.Infinite); // for ever"),
        new("AP0019", false, "async global::System.Threading.Tasks.Task Loop{n}() { while (true) /* on */ await global::System.Threading.Tasks.Task.Delay(1); }\nglobal::System.Func<global::System.Threading.Tasks.Task> loop{n} = Loop{n};"),
        new("AP0019", false, "async global::System.Threading.Tasks.Task Stopped{n}(global::System.Threading.CancellationToken token)\n{\n    for (; ; )\n    {\n        // one more\n        await global::Seeds.EchoAsync(1);\n    }\n}\nglobal::System.GC.KeepAlive(new global::System.Func<global::System.Threading.CancellationToken, global::System.Threading.Tasks.Task>(Stopped{n}));"),
        new("AP0020", false, "global::System.Threading.Tasks.Task<string> Read{n}(string path)\n{\n    using var reader = new global::System.IO.StreamReader(path);\n    // all of it\n    return reader.ReadToEndAsync();\n}\nglobal::System.GC.KeepAlive(new global::System.Func<string, global::System.Threading.Tasks.Task<string>>(Read{n}));"),
        new("AP0021", true, "var read{n} = 0;\nvar writing{n} = global::System.Threading.Tasks.Task.Run(() => read{n} = 1);\nglobal::System.Console.WriteLine(read{n});\nawait writing{n};"),
        new("AP0022", true, "var count{n} = 0;\nvar list{n} = new global::System.Collections.Generic.List<int>();\nawait global::System.Threading.Tasks.Task.WhenAll(global::System.Linq.Enumerable.Select(new[] { 1, 2 }, async x => { await global::Seeds.WorkAsync(); count{n}++; list{n}.Add(x); }));\nglobal::System.Console.WriteLine(count{n} + list{n}.Count);"),
        new("AP0023", true, "var one{n} = await global::Seeds.ValueAsync(1); // one\nvar two{n} = await global::Seeds.ValueAsync(2);\nglobal::System.Console.WriteLine(one{n} + two{n});"),
        new("AP0024", true, "await global::System.Threading.Tasks.Task.Run(() => global::Seeds.WorkAsync());"),
        new("AP0024", true, "var direct{n} = await global::System.Threading.Tasks.Task.Run(async () => await global::Seeds.ValueAsync());\nglobal::System.GC.KeepAlive(direct{n});"),
        new("AP0025", false, "global::System.Threading.SynchronizationContext.SetSynchronizationContext(new global::System.Threading.SynchronizationContext()); // ours"),
        new("AP0027", false, "global::System.AppDomain.CurrentDomain.ProcessExit += async (sender, e) => { await global::Seeds.WorkAsync(); /* gone */ };"),
        new("AP0028", true, "using (var reader{n} = new global::System.IO.StreamReader(\"x\"))\n{\n    global::System.Console.WriteLine(reader{n}.ReadToEnd());\n}"),
        new("AP0028", true, "global::System.IO.File.WriteAllText(\"x\", global::System.IO.File.ReadAllText(\"y\"));"),
    ];
}
