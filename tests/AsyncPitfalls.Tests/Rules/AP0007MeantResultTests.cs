using AsyncPitfalls.Rules;

namespace AsyncPitfalls.Tests.Rules;

/// <summary>Tasks that stand where their results are meant.</summary>
public sealed class AP0007MeantResultTests() : RuleTest(new AP0007UnobservedTaskAnalyzer())
{
    private const string Work =
        """

        === Test/Work.cs
        class Work
        {
            public static async Task FAsync() => await Task.Delay(1);
            public static async Task<string?> GAsync(int n = 0) { await Task.Delay(n); return null; }
            public static async Task<object> OAsync() { await Task.Delay(1); return 1; }
            public static Task<int>? MaybeAsync() => null;
            public static async Task<IDisposable> LockAsync() { await Task.Delay(1); return null!; }
        }
        """;

    [Fact]
    public Task A_task_compared_with_null_is_found() => Reports(
        """
        using static Work;

        class C
        {
            bool M(Func<Task<string>> f) =>
                [|GAsync()|] == null || null != [|GAsync()|] || [|GAsync()|] is null || [|GAsync()|] is not null
                || [|GAsync()|] is { } || [|GAsync()|] is object || ([|GAsync()|]) == null
                || [|GAsync()|]! == null || (object)[|GAsync()|] == null || [|f()|] == null || [|GAsync()|] == default;

            int N()
            {
                switch ([|GAsync()|]) { case null: return 1; }
                var user = [|GAsync()|];
                if (user == null) throw new Exception();
                return [|GAsync()|] switch { null => 1, _ => 2 };
            }
        }
        """ + Work);

    [Fact]
    public Task A_task_in_a_string_is_found() => Reports(
        """
        using System.Text;
        using Microsoft.Extensions.Logging;
        using static Work;

        class C
        {
            string M(StringBuilder text, ILogger log, TextWriter writer, bool b, Func<Task<int>> f)
            {
                var s = $"{[|GAsync()|]}" + [|GAsync()|] + $"{[|f()|],5}";
                s += [|GAsync()|];
                s += "a" + [|GAsync()|] + 1;
                s += string.Format("{0}", [|GAsync()|]);
                s += string.Format("{0} {1} {2} {3}", 1, 2, 3, [|GAsync()|]);
                s += string.Concat("a", [|GAsync()|]);
                s += string.Join(", ", new[] { 1, 2 }.Select(n => n).Count(), [|GAsync()|]);
                s += [|GAsync()|].ToString();
                s += Convert.ToString([|GAsync()|]);
                s += $"{(b ? [|GAsync()|] : null)}";
                text.Append([|GAsync()|]).Append($"{[|GAsync()|]}");
                Console.WriteLine([|GAsync()|]);
                Console.Write("{0}", [|GAsync()|]);
                writer.WriteLine([|GAsync()|]);
                log.LogInformation("user {User}", [|GAsync()|]);
                var local = [|GAsync()|];
                FormattableString formattable = $"{[|FAsync()|]}";
                s += string.Join(", ", [|new[] { 1, 2 }.Select(n => GAsync(n))|]);
                return s + $"{local}" + formattable;
            }
        }
        """ + Work, Setup.AspNet);

    [Fact]
    public Task A_task_tested_for_another_type_is_found() => Reports(
        """
        using static Work;

        class C
        {
            bool M()
            {
                var a = [|OAsync()|] as IFormattable;
                switch ([|OAsync()|]) { case IFormattable f: return f is null; }
                return [|OAsync()|] is IFormattable || [|OAsync()|] is string || [|OAsync()|] is IFormattable { } || [|OAsync()|] is IFormattable x && x == a
                    || [|OAsync()|] switch { IFormattable => true, _ => false };
            }
        }
        """ + Work);

    [Fact]
    public Task A_task_that_a_using_disposes_is_found() => Reports(
        """
        using static Work;

        class C
        {
            void M()
            {
                using ([|LockAsync()|]) { }
                using (var gate = [|LockAsync()|]) { }
                using var other = [|LockAsync()|];
            }
        }
        """ + Work);

    [Fact]
    public Task What_may_be_meant_for_the_task_is_silent() => Silent(
        """
        using static Work;

        class C
        {
            Task<string?>? field;
            async Task<bool> M(C? other, Task<string?>? given, object o)
            {
                if (field == null || given is null || MaybeAsync() == null || other?.M(null, given, o) == null) return false;
                var kept = GAsync();
                if (kept != null) await kept;
                if (GAsync() is Task<string>) return true;
                if (GAsync() is { IsCompletedSuccessfully: true } t) return true;
                if (GAsync() is { } found) await found;
                if (MaybeAsync() is { } started) await started;
                IDisposable disposable = GAsync();
                disposable.Dispose();
                var same = GAsync() == field;
                Console.WriteLine($"{field} {GAsync().Id}");
                return same || (o as Task)?.IsCompleted == true;
            }

            bool N<T>() => OAsync() is T;
        }
        """ + Work);
}
