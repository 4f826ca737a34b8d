using System.Globalization;
using System.Text;

namespace AsyncPitfalls.Tests.AllRules;

/// <summary>Code of one shape that can be made as large as wanted: what nobody writes by hand, and generators and fools do.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Size">How large it is at its most hostile.</param>
/// <param name="Write">Writes it in a given size.</param>
public sealed record HostileCode(string Name, int Size, Func<int, string> Write)
{
    private const string Head =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    private const string Members =
        """

            private readonly object gate = new object();
            private readonly SemaphoreSlim semaphore = new SemaphoreSlim(1);
            private int total;
            private Task kept = Task.CompletedTask;
            public C Next => this;
            public C Self() => this;
            public int Number(int x = 0) => x;
            public string Text(string x) => x;
            public bool Yes(int x) => x > 3;
            public void Act(Action action) => action();
            public async Task<int> ValueAsync(int x) { await Task.Delay(1); return x; }
            public async Task WorkAsync() { await Task.Delay(1); total++; }
            public int Blocked() => ValueAsync(1).Result;

        """;

    /// <summary>Every shape, long ones first, then deep ones.</summary>
    public static IReadOnlyList<HostileCode> All { get; } =
    [
        new("a synchronous method of so many lines", 20_000, n => Method("public void M(int n)", Mixed(n, SynchronousLine))),
        new("an async method of so many lines", 20_000, n => Method("public async Task M(int n)", Mixed(n, AsyncLine))),
        new("blocking calls in an async method", 5_000, n => Method("public async Task M(int n)", Lines(n, i => (i % 4) switch
        {
            0 => $"total += ValueAsync({i}).Result;",
            1 => "Thread.Sleep(1); await WorkAsync();",
            2 => "WorkAsync().Wait();",
            _ => "File.ReadAllText(\"a\"); Blocked();",
        }))),
        new("locks in an async method", 2_000, n => Method("public async Task M(int n)", Lines(n, i => (i % 3) switch
        {
            0 => "lock (gate) total++; await WorkAsync();",
            1 => "Monitor.Enter(gate); try { await WorkAsync(); } finally { Monitor.Exit(gate); }",
            _ => "await semaphore.WaitAsync(); try { total++; await WorkAsync(); } finally { semaphore.Release(); }",
        }))),
        new("tasks in one method, each awaited", 10_000, n => Method("public async Task M(int n)", Lines(n, i => $"var t{i} = ValueAsync({i});") + Lines(n, i => $"await t{i};"))),
        new("tasks in one method, none awaited", 10_000, n => Method("public async Task M(int n)", Lines(n, i => $"var t{i} = ValueAsync({i});") + "await WorkAsync();")),
        new("tasks in one method, each dropped", 10_000, n => Method("public async Task M(int n)", Lines(n, i => i % 2 == 0 ? "WorkAsync();" : "_ = WorkAsync();") + "await WorkAsync();")),
        new("tasks in one method, awaited together", 10_000, n => Method("public async Task M(int n)", Lines(n, i => $"var t{i} = ValueAsync({i});") + $"await Task.WhenAll({string.Join(", ", Enumerable.Range(0, n).Select(i => $"t{i}"))});" + Lines(n, i => $"total += t{i}.Result;"))),
        new("tasks in one synchronous method, waited for", 5_000, n => Method("public void M(int n)", Lines(n, i => $"var t{i} = ValueAsync({i});") + Lines(n, i => $"t{i}.Wait(); total += t{i}.Result;"))),
        new("tasks over twice as many branches", 500, n => Method("public async Task M(int n)", Lines(n, i => $"var t{i} = ValueAsync({i});") + Lines(2 * n, i => $"if (n == {i}) await t{i / 2};"))),
        new("tasks assigned to one variable in branches", 500, n => Method("public async Task M(int n)", "Task t = WorkAsync();" + Lines(n, i => $"if (n == {i}) t = ValueAsync({i}); else if (t.IsCompleted) total++;") + "await t;")),
        new("tasks started in lambdas", 3_000, n => Method("public async Task M(int n)", "var all = new List<Task>(); var shared = 0;" + Lines(n, i => $"all.Add(Task.Run(async () => {{ shared++; await WorkAsync(); total += shared; }}));") + "await Task.WhenAll(all);")),
        new("variables that lambdas write", 2_000, n => Method("public async Task M(int n)", Lines(n, i => $"var v{i} = 0; var t{i} = Task.Run(() => {{ v{i} = {i}; }}); total += v{i}; await t{i};"))),
        new("disposables given to tasks", 2_000, n => Method("public async Task M(int n)", Lines(n, i => $"Task t{i}; using (var s{i} = new MemoryStream()) {{ t{i} = s{i}.WriteAsync(new byte[1], 0, 1); }} await t{i};"))),
        new("loops one after the other", 2_000, n => Method("public async Task M(int n)", Lines(n, i => (i % 3) switch
        {
            0 => $"foreach (var x in new[] {{ 1 }}) await ValueAsync(x);",
            1 => "while (total < n) { Thread.Sleep(1); total++; }",
            _ => "for (var i = 0; i < n; i++) { var t = WorkAsync(); if (i > 3) await t; }",
        }))),
        new("try statements one after the other", 2_000, n => Method("public async Task M(int n)", "Task t = WorkAsync();" + Lines(n, i => $"try {{ t = ValueAsync({i}); await t; }} catch (InvalidOperationException) when (n == {i}) {{ t.Wait(); }} finally {{ total++; }}"))),
        new("labels and jumps", 1_000, n => Method("public async Task M(int n)", "Task t = WorkAsync();" + Lines(n, i => $"L{i}: if (n == {i}) goto L{i * 7919 % n}; t = WorkAsync(); if (n > {i}) await t;"))),
        new("awaits that could run at once", 5_000, n => Method("public async Task M(int n)", Lines(n, i => $"var v{i} = await ValueAsync({i});"))),
        new("timers, threads and callbacks", 2_000, n => Method("public void M(int n)", Lines(n, i => (i % 3) switch
        {
            0 => $"var w{i} = new Timer(async _ => await WorkAsync());",
            1 => $"new Thread(async () => {{ await WorkAsync(); }}).Start();",
            _ => $"Act(async () => await ValueAsync({i})); Task.Factory.StartNew(async () => await WorkAsync());",
        }))),
        new("fields that hold tasks", 5_000, n => Class(Lines(n, i => $"private Task f{i}; public void Start{i}() => f{i} = WorkAsync(); public async Task Stop{i}() {{ if (f{i} != null) await f{i}; }}"))),
        new("methods that call the next, the last of which blocks", 5_000, n => Class(Lines(n, i => i == n - 1 ? $"public int M{i}() => Blocked();" : $"public int M{i}() => M{i + 1}();") + "public async Task M() { await WorkAsync(); total += M0(); }")),
        new("async methods that call each other in a ring", 5_000, n => Class(Lines(n, i => $"public async Task<int> M{i}() {{ total++; return await M{(i + 1) % n}(); }} public int B{i}() => M{i}().Result + B{(i + 1) % n}();"))),
        new("endless loops that call the next", 2_000, n => Class(Lines(n, i => $"public async Task M{i}() {{ while (true) {{ await M{(i + 1) % n}(); }} }} public void B{i}() {{ while (true) B{(i + 1) % n}(); }}"))),
        new("overloads of one method", 1_000, n => Class(Lines(n, i => $"public int O(C{i} x) => 0; public Task<int> OAsync(C{i} x, CancellationToken token = default) => Task.FromResult(0); public class C{i} {{ }}") + Method("public async Task N()", Lines(n, i => $"O(new C{i}());"), whole: false))),
        new("arms of a switch statement", 5_000, n => Method("public async Task M(int n)", $"Task t = WorkAsync(); switch (n)\n{{\n{Lines(n, i => $"case {i}: t = ValueAsync({i}); {(i % 2 == 0 ? "await t;" : "total++;")} break;")}}}\nawait t;")),
        new("arms of a switch expression", 5_000, n => Method("public async Task<int> M(int n)", $"var t = n switch\n{{\n{Lines(n, i => $"{i} => ValueAsync({i}),")}_ => Task.FromResult(0)\n}};\nreturn await t;")),
        new("arms of a switch expression that await", 2_000, n => Method("public async Task<int> M(int n)", $"return n switch\n{{\n{Lines(n, i => $"{i} => await ValueAsync({i}),")}_ => 0\n}};")),
        new("elements of an array", 20_000, n => Method("public async Task M(int n)", $"var all = new Task<int>[]\n{{\n{Lines(n, i => $"ValueAsync({i}),")}}};\nawait Task.WhenAll(all);")),
        new("classes with a handler each", 2_000, n => Head + Lines(n, i => $"public class H{i} {{ public event EventHandler E; public void S() {{ E += async (s, e) => await Task.Delay(1); E += On; }} private async void On(object s, EventArgs e) {{ await Task.Delay(1); }} }}")),

        new("lambdas in lambdas", 2_000, n => Method("public void M(int n)", Nested(n, "Act(() => {", "total++;", "});"))),
        new("async lambdas in async lambdas", 2_000, n => Method("public async Task M(int n)", Nested(n, "Func<Task> f# = async () => {", "await WorkAsync();", "}; await f#();"))),
        new("local functions in local functions", 2_000, n => Method("public async Task M(int n)", Nested(n, "async Task F#() {", "await WorkAsync();", "} F#();"))),
        new("lambdas that are given to Task.Run in each other", 5, n => Method("public async Task M(int n)", Nested(n, "await Task.Run(async () => {", "await WorkAsync();", "});"))),
        new("sum of so many terms", 20_000, n => Method("public int M(int n)", $"return n{Repeated(n, i => i % 100 == 0 ? " + ValueAsync(n).Result\n" : " + Number(n)")};")),
        new("sum of so many awaits", 5_000, n => Method("public async Task<int> M(int n)", $"return n{Repeated(n, _ => " + await ValueAsync(n)\n")};")),
        new("text of so many parts", 20_000, n => Method("public string M(int n)", $"return \"\"{Repeated(n, i => $" + \"a{i}\" + n\n")};")),
        new("conditions joined by 'and' and 'or'", 2_000, n => Method("public async Task M(int n)", $"var t = WorkAsync(); if (t.IsCompleted{Repeated(n, i => i % 2 == 0 ? " && t.IsCompleted\n" : " || Yes(n)\n")}) t.Wait();")),
        new("patterns joined by 'and' and 'or'", 500, n => Method("public bool M(int n)", $"return n is 1{Repeated(n, i => i % 2 == 0 ? $" or {i}\n" : $" or (> {i} and < {2 * i})\n")};")),
        new("chain of members", 500, n => Method("public async Task M(int n)", $"this{Repeated(n, _ => ".Next")}.Blocked(); await WorkAsync();")),
        new("chain of conditional members", 500, n => Method("public async Task M(int n)", $"this{Repeated(n, _ => "?.Next")}?.Blocked(); await WorkAsync();")),
        new("chain of calls", 500, n => Method("public async Task M(int n)", $"this{Repeated(n, _ => ".Self()")}.Blocked(); await WorkAsync();")),
        new("long chain of calls", 5_000, n => Method("public async Task M(int n)", $"this{Repeated(n, _ => ".Self()\n")}.Blocked(); await WorkAsync();")),
        new("chain of continuations", 500, n => Method("public async Task M(int n)", $"await WorkAsync(){Repeated(n, _ => ".ContinueWith(t => total++)\n")};")),
        new("calls in the arguments of calls", 500, n => Method("public async Task M(int n)", $"{Repeated(n, _ => "Number(")}await ValueAsync(1){Repeated(n, _ => ")")};")),
        new("awaits in the arguments of awaits", 500, n => Method("public async Task M(int n)", $"{Repeated(n, _ => "await ValueAsync(")}Blocked(){Repeated(n, _ => ")")};")),
        new("waits in the arguments of waits", 500, n => Method("public async Task M(int n)", $"total = {Repeated(n, _ => "ValueAsync(")}1{Repeated(n, _ => ").Result")};")),
        new("conditional expressions in each other", 500, n => Method("public async Task M(int n)", $"var t = {Repeated(n, i => $"n == {i} ? ValueAsync({i}) : ")}null; await t;")),
        new("parentheses", 500, n => Method("public async Task M(int n)", $"var t = {new string('(', n)}ValueAsync(1){new string(')', n)}; total = {new string('(', n)}t.Result{new string(')', n)}; await t;")),
        new("casts", 500, n => Method("public async Task M(int n)", $"var t = {Repeated(n, _ => "(Task)(object)")}WorkAsync(); await t;")),
        new("negations", 500, n => Method("public void M(int n)", $"var t = WorkAsync(); if ({new string('!', n)}t.IsCompleted) t.Wait();")),
        new("alternatives to null", 500, n => Method("public async Task M(int n)", $"Task t = null; await ({Repeated(n, _ => "t ?? ")}WorkAsync());")),
        new("tuples in tuples", 200, n => Method("public void M(int n)", $"var t = {new string('(', n)}WorkAsync(){Repeated(n, i => $", {i})")}; ")),
        new("blocks in blocks", 500, n => Method("public async Task M(int n)", Nested(n, "{ var t# = WorkAsync();", "await WorkAsync();", "await t#; }"))),
        new("conditions in conditions", 500, n => Method("public async Task M(int n)", "Task t = WorkAsync();" + Nested(n, "if (n == #) { t = WorkAsync();", "total++;", "await t; } else { t.Wait(); }"))),
        new("conditions after conditions", 500, n => Method("public async Task M(int n)", "Task t = WorkAsync();" + string.Join(" else ", Enumerable.Range(0, n).Select(i => $"if (n == {i}) {{ t = WorkAsync(); await t; }}\n")) + "await t;")),
        new("loops in loops", 300, n => Method("public async Task M(int n)", Nested(n, "while (n > #) { var t# = WorkAsync();", "await WorkAsync();", "t#.Wait(); }"))),
        new("try statements with catch in each other", 500, n => Method("public async Task M(int n)", "Task t = WorkAsync();" + Nested(n, "try { t = WorkAsync();", "await t;", "} catch (Exception e#) { total++; await t; }"))),
        new("try statements with finally in each other", 500, n => Method("public async Task M(int n)", "Task t = WorkAsync();" + Nested(n, "try { if (n == #) return;", "await t;", "} finally { total++; }"))),
        new("using statements in each other", 500, n => Method("public async Task M(int n)", Nested(n, "using (var s# = new MemoryStream()) {", "await WorkAsync();", "s#.WriteAsync(new byte[1], 0, 1); }"))),
        new("lock statements in each other", 500, n => Method("public async Task M(int n)", Nested(n, "lock (gate) {", "total++;", "}") + "await WorkAsync();")),
        new("arrays of types in types", 300, n => Class($"public {Repeated(n, _ => "List<")}Task{new string('>', n)} F; public async Task M() {{ var f = F; await WorkAsync(); }}")),
        new("queries with so many clauses", 12, n => Method("public async Task M(int n)", $"var q = from x in new[] {{ 1 }} {Repeated(n, i => $"from x{i} in new[] {{ x, {i} }} ")}select ValueAsync(x); await Task.WhenAll(q);")),

        new("generic types that contain themselves", 20, n => Head + Lines(n, i => $"public class G{i}<T> : List<G{(i + 1) % n}<G{i}<T[]>>> {{ public async Task<G{i}<T>> M<U>() {{ await M<List<U>>(); return M<T[]>().Result; }} }}")),
        new("generic methods that call themselves with larger types", 200, n => Class(Lines(n, i => $"public int R{i}<T>() => R{(i + 1) % n}<List<T>>() + ValueAsync(1).Result; public async Task<T> A{i}<T>() {{ await A{(i + 1) % n}<Task<T>>(); R{i}<T>(); return default; }}"))),
        new("classes that inherit from each other in a ring", 200, n => Head + Lines(n, i => $"public class K{i} : K{(i + 1) % n} {{ public virtual async Task M() {{ await base.M(); M().Wait(); }} public Task t; }}")),
        new("interfaces that inherit from each other in a ring", 200, n => Head + Lines(n, i => $"public interface I{i} : I{(i + 1) % n}, IDisposable {{ Task M(); }} public class J{i}<T> : I{i} where T : J{(i + 1) % n}<T> {{ public async Task M() {{ ((I{i})this).M().Wait(); this.Dispose(); }} }}")),
        new("classes that inherit one from the other", 500, n => Head + Lines(n, i => $"public class K{i}{(i == 0 ? "" : $" : K{i - 1}")} {{ public {(i == 0 ? "virtual" : "override")} async Task M() {{ {(i == 0 ? "await Task.Yield();" : "await base.M();")} M().Wait(); }} }}")),
        new("classes in classes", 300, n => Head + Nested(n, "public class K# { public async Task M() { await Task.Yield(); M().Wait(); }", "", "}")),
        new("namespaces in namespaces", 300, n => Head.Replace("using", "global using", StringComparison.Ordinal) + Nested(n, "namespace N# {", "class C { async Task M() { M().Wait(); await M(); } }", "}")),
        new("type parameters that are constrained by each other", 200, n => Head + $"public class G<{string.Join(", ", Enumerable.Range(0, n).Select(i => $"T{i}"))}> {Repeated(n, i => $"where T{i} : T{(i + 1) % n} ")}{{ public async Task M(T0 x) {{ await (dynamic)x; }} }}"),
    ];

    public override string ToString() => Name;

    private static string Class(string members) => $"{Head}public class C\n{{{Members}{members}\n}}\n";

    private static string Method(string signature, string body, bool whole = true)
    {
        var method = $"    {signature}\n    {{\n{body}\n    }}\n";
        return whole ? Class(method.Contains("return", StringComparison.Ordinal) || !signature.Contains("int>", StringComparison.Ordinal) ? method : method + "return 0;") : method;
    }

    private static string SynchronousLine(int i) => (i % 12) switch
    {
        0 => $"if (Yes({i})) total += Number({i});",
        1 => $"var x{i} = Number(total) * {i};",
        2 => $"lock (gate) total -= x{i - 1};",
        3 => $"ValueAsync({i}).Wait();",
        4 => $"for (var i = 0; i < n; i++) total += i;",
        5 => $"var t{i} = ValueAsync({i});",
        6 => $"if (total > {i}) t{i - 1}.Wait();",
        7 => "Act(() => total++);",
        8 => $"try {{ total += Text(\"{i}\").Length; }} catch (Exception) {{ total = 0; }}",
        9 => "WorkAsync();",
        10 => $"kept = total > {i} ? WorkAsync() : Task.CompletedTask;",
        _ => "total += new[] { 1, 2, 3 }.Where(x => x > n).Sum();",
    };

    private static string AsyncLine(int i) => (i % 12) switch
    {
        0 => $"if (Yes({i})) await WorkAsync();",
        1 => $"var x{i} = await ValueAsync({i});",
        2 => $"Monitor.Enter(gate); total -= x{i - 1}; Monitor.Exit(gate);",
        3 => $"ValueAsync({i}).Wait();",
        4 => "foreach (var x in new[] { 1, 2 }) await ValueAsync(x);",
        5 => $"var t{i} = ValueAsync({i});",
        6 => $"if (total > {i}) await t{i - 1};",
        7 => "Act(async () => await WorkAsync());",
        8 => "try { await WorkAsync(); } catch (Exception) { total = 0; }",
        9 => "WorkAsync();",
        10 => "await Task.Run(async () => { total++; await WorkAsync(); });",
        _ => $"using (var s{i} = new MemoryStream()) {{ var r{i} = s{i}.ReadAsync(new byte[1], 0, 1); await r{i}; }}",
    };

    private static string Mixed(int n, Func<int, string> line) => Lines(n, line);

    private static string Lines(int count, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(line(i)).Append('\n');
        return text.ToString();
    }

    private static string Repeated(int count, Func<int, string> part) => string.Concat(Enumerable.Range(0, count).Select(part));

    /// <summary>One thing in itself; <c>#</c> is how deep.</summary>
    private static string Nested(int depth, string before, string innermost, string after)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
            text.Append(before.Replace("#", Number(i), StringComparison.Ordinal)).Append('\n');
        text.Append(innermost).Append('\n');
        for (var i = depth - 1; i >= 0; i--)
            text.Append(after.Replace("#", Number(i), StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
