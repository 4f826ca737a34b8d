using AsyncPitfalls.Corpora;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncPitfalls.Benchmarks.Tests;

/// <summary>Code as people write it every day, asynchronous for the most part, in which no rule finds anything.</summary>
internal static class OrdinaryCode
{
    /// <summary>The file in which work is started side by side.</summary>
    public const string SideBySide = "SideBySide.cs";

    /// <summary>It, parsed anew by each call.</summary>
    public static CSharpCompilation Parse() => CSharpCompilation.Create(
        "OrdinaryCode",
        [CSharpSyntaxTree.ParseText(Shop, path: "Shop.cs"), CSharpSyntaxTree.ParseText(Gathered, path: SideBySide)],
        SharedFrameworks.AllReferences,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private const string Shop = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Globalization;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Shop;

        public enum OrderState
        {
            Open,
            Paid,
            Sent,
        }

        public sealed record Line(string Article, int Count, decimal Price)
        {
            public decimal Total => Count * Price;
        }

        public sealed class Order
        {
            private readonly List<Line> lines = new();
            private OrderState state;

            public Order(int id, string customer)
            {
                Id = id;
                Customer = customer ?? throw new ArgumentNullException(nameof(customer));
            }

            public event EventHandler<OrderState>? Changed;

            public int Id { get; }

            public string Customer { get; }

            public DateTime? SentAt { get; private set; }

            public IReadOnlyList<Line> Lines => lines;

            public decimal Total => lines.Sum(line => line.Total);

            public OrderState State
            {
                get => state;
                set
                {
                    if (state == value)
                        return;
                    state = value;
                    if (value == OrderState.Sent)
                        SentAt = DateTime.UtcNow;
                    Changed?.Invoke(this, value);
                }
            }

            public void Add(string article, int count, decimal price)
            {
                for (var i = 0; i < lines.Count; i++)
                {
                    if (lines[i].Article != article)
                        continue;
                    lines[i] = lines[i] with { Count = lines[i].Count + count };
                    return;
                }

                lines.Add(new Line(article, count, price));
            }

            public override string ToString()
            {
                var text = new StringBuilder();
                text.Append(CultureInfo.InvariantCulture, $"{Id}: {Customer}").AppendLine();
                foreach (var line in lines)
                    text.Append("  ").Append(line.Article).Append(" x ").Append(line.Count).AppendLine();
                return text.ToString();
            }
        }

        public interface IOrderStore
        {
            Task<Order?> FindAsync(int id, CancellationToken cancellation);

            IAsyncEnumerable<Order> AllAsync(CancellationToken cancellation);

            ValueTask SaveAsync(Order order, CancellationToken cancellation);
        }

        public sealed class MemoryStore : IOrderStore
        {
            private readonly ConcurrentDictionary<int, Order> orders = new();

            public Task<Order?> FindAsync(int id, CancellationToken cancellation) =>
                Task.FromResult(orders.TryGetValue(id, out var order) ? order : null);

            public async IAsyncEnumerable<Order> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
            {
                foreach (var order in orders.Values.OrderBy(order => order.Id))
                {
                    cancellation.ThrowIfCancellationRequested();
                    await Task.Yield();
                    yield return order;
                }
            }

            public ValueTask SaveAsync(Order order, CancellationToken cancellation)
            {
                cancellation.ThrowIfCancellationRequested();
                orders[order.Id] = order;
                return default;
            }
        }

        public sealed class Prices : IAsyncDisposable
        {
            private readonly HttpClient http;
            private readonly SemaphoreSlim gate = new(1, 1);
            private readonly Dictionary<string, decimal> known = new(StringComparer.Ordinal);
            private bool isDisposed;

            public Prices(HttpClient http) => this.http = http;

            public int Count => known.Count;

            public async Task<decimal> OfAsync(string article, CancellationToken cancellation)
            {
                ObjectDisposedException.ThrowIf(isDisposed, this);
                await gate.WaitAsync(cancellation).ConfigureAwait(false);
                try
                {
                    if (known.TryGetValue(article, out var price))
                        return price;
                    var text = await http.GetStringAsync(new Uri("https://example.org/prices/" + article), cancellation).ConfigureAwait(false);
                    price = decimal.Parse(text, CultureInfo.InvariantCulture);
                    known[article] = price;
                    return price;
                }
                finally
                {
                    gate.Release();
                }
            }

            public async ValueTask DisposeAsync()
            {
                if (isDisposed)
                    return;
                isDisposed = true;
                await gate.WaitAsync();
                gate.Dispose();
            }
        }

        public class Reports
        {
            private static readonly char[] Separators = { ';', ',' };
            private readonly IOrderStore store;
            private readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);
            private int written;

            public Reports(IOrderStore store) => this.store = store;

            protected virtual string Title => "Orders";

            public async Task WriteAsync(string path, CancellationToken cancellation)
            {
                await using var file = File.Create(path);
                await using var writer = new StreamWriter(file);
                await writer.WriteLineAsync(Title.AsMemory(), cancellation);
                var count = 0;
                await foreach (var order in store.AllAsync(cancellation).ConfigureAwait(false))
                {
                    await writer.WriteLineAsync(order.ToString().AsMemory(), cancellation);
                    count++;
                }

                written += count;
                await writer.FlushAsync(cancellation);
            }

            public async Task<IReadOnlyList<Order>> ReadAsync(TextReader reader, CancellationToken cancellation)
            {
                var read = new List<Order>();
                while (await reader.ReadLineAsync(cancellation) is { } line)
                {
                    var parts = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
                    if (parts.Length < 2 || !int.TryParse(parts[0], out var id))
                        continue;
                    var order = new Order(id, parts[1].Trim());
                    for (var i = 2; i + 1 < parts.Length; i += 2)
                        order.Add(parts[i], int.Parse(parts[i + 1], CultureInfo.InvariantCulture), 1m);
                    read.Add(order);
                }

                return read;
            }

            public async Task<decimal> TotalAsync(IEnumerable<int> ids, CancellationToken cancellation)
            {
                var total = 0m;
                foreach (var id in ids.Distinct().OrderBy(id => id))
                {
                    if (await store.FindAsync(id, cancellation) is { } order)
                        total += order.Lines.Where(line => line.Count > 0).Sum(line => line.Total);
                }

                return total;
            }

            public async Task<string> HeadAsync(int id, CancellationToken cancellation)
            {
                var finding = store.FindAsync(id, cancellation);
                var parts = new[] { Title, written.ToString(CultureInfo.InvariantCulture) };
                var order = await finding;
                return string.Join(" / ", parts) + (order?.Customer ?? "nobody");
            }

            public async Task<bool> SentAsync(int id, CancellationToken cancellation)
            {
                for (var attempt = 0; attempt < 3; attempt++)
                {
                    var order = await store.FindAsync(id, cancellation);
                    switch (order?.State)
                    {
                        case null:
                            return false;
                        case OrderState.Sent:
                            return true;
                        case OrderState.Paid when attempt == 2:
                            throw new InvalidOperationException($"Order {id} is paid and was not sent.");
                        default:
                            break;
                    }

                    await Task.Delay(pause, cancellation);
                }

                return false;
            }

            public Task<Order?> NewestAsync(CancellationToken cancellation)
            {
                if (written == 0)
                    return Task.FromResult<Order?>(null);
                return FindNewestAsync(cancellation);
            }

            private async Task<Order?> FindNewestAsync(CancellationToken cancellation)
            {
                Order? newest = null;
                await foreach (var order in store.AllAsync(cancellation))
                    newest = newest is null || order.Id > newest.Id ? order : newest;
                return newest;
            }
        }

        public sealed class Checkout
        {
            private readonly IOrderStore store;
            private readonly Prices prices;
            private readonly Action<string> log;
            private readonly object sync = new();
            private readonly Queue<int> recent = new();

            public Checkout(IOrderStore store, Prices prices, Action<string> log)
            {
                this.store = store;
                this.prices = prices;
                this.log = log;
            }

            public async Task<Order> PlaceAsync(int id, string customer, IReadOnlyDictionary<string, int> articles, CancellationToken cancellation)
            {
                var order = new Order(id, customer);
                order.Changed += (sender, state) => log($"{id} is {state}");
                foreach (var (article, count) in articles)
                {
                    if (count <= 0)
                        throw new ArgumentOutOfRangeException(nameof(articles), count, "Nobody orders less than one.");
                    var price = await prices.OfAsync(article, cancellation);
                    order.Add(article, count, Discount(price, count));
                }

                await store.SaveAsync(order, cancellation);
                Remember(id);
                return order;

                static decimal Discount(decimal price, int count) => count switch
                {
                    > 100 => price * 0.8m,
                    > 10 => price * 0.9m,
                    _ => price,
                };
            }

            public async Task<bool> PayAsync(int id, decimal amount, CancellationToken cancellation = default)
            {
                try
                {
                    var order = await store.FindAsync(id, cancellation) ?? throw new KeyNotFoundException();
                    if (order.State != OrderState.Open || order.Total > amount)
                        return false;
                    order.State = OrderState.Paid;
                    await store.SaveAsync(order, cancellation);
                    return true;
                }
                catch (KeyNotFoundException)
                {
                    log("Nothing is known of " + id.ToString(CultureInfo.InvariantCulture));
                    return false;
                }
            }

            public async Task<(decimal Paid, decimal Open)> SumsAsync(CancellationToken cancellation)
            {
                var (paid, open) = (0m, 0m);
                await foreach (var order in store.AllAsync(cancellation))
                {
                    if (order.State is OrderState.Paid or OrderState.Sent)
                        paid += order.Total;
                    else
                        open += order.Total;
                }

                return (paid, open);
            }

            public async Task SendAllAsync(Func<Order, Task<bool>> send, CancellationToken cancellation)
            {
                var failed = new List<int>();
                await foreach (var order in store.AllAsync(cancellation))
                {
                    if (order.State != OrderState.Paid)
                        continue;
                    if (await send(order))
                        order.State = OrderState.Sent;
                    else
                        failed.Add(order.Id);
                }

                if (failed.Count > 0)
                    log(string.Join(", ", failed.Select(id => id.ToString(CultureInfo.InvariantCulture))));
            }

            public async Task<TimeSpan> MeasureAsync(Func<CancellationToken, Task> work)
            {
                using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                var started = DateTime.UtcNow;
                await work(timeout.Token);
                return DateTime.UtcNow - started;
            }

            private void Remember(int id)
            {
                lock (sync)
                {
                    recent.Enqueue(id);
                    while (recent.Count > 10)
                        recent.Dequeue();
                }
            }
        }

        public static class Numbers
        {
            public static int Gcd(int left, int right)
            {
                while (right != 0)
                    (left, right) = (right, left % right);
                return Math.Abs(left);
            }

            public static IEnumerable<int> Primes(int below)
            {
                var composite = new bool[below];
                for (var candidate = 2; candidate < below; candidate++)
                {
                    if (composite[candidate])
                        continue;
                    yield return candidate;
                    for (var multiple = candidate * 2; multiple < below; multiple += candidate)
                        composite[multiple] = true;
                }
            }

            public static double Mean<T>(IEnumerable<T> values, Func<T, double> of)
            {
                if (values == null)
                    throw new ArgumentNullException(nameof(values));
                var (sum, count) = (0d, 0);
                foreach (var value in values)
                {
                    sum += of(value);
                    ++count;
                }

                return count == 0 ? double.NaN : sum / count;
            }

            public static string Hex(ReadOnlySpan<byte> bytes)
            {
                var text = new StringBuilder(bytes.Length * 2);
                foreach (var one in bytes)
                    text.Append(one.ToString("x2", CultureInfo.InvariantCulture));
                return text.ToString();
            }
        }
        """;

    private const string Gathered = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Shop;

        public sealed class Totals
        {
            private readonly IOrderStore store;
            private readonly Action<string> log;
            private int asked;

            public Totals(IOrderStore store, Action<string> log) => (this.store, this.log) = (store, log);

            public int Asked => asked;

            public async Task<decimal> OfAsync(IEnumerable<int> ids, CancellationToken cancellation)
            {
                var orders = await Task.WhenAll(ids.Select(id => store.FindAsync(id, cancellation)));
                Interlocked.Add(ref asked, orders.Length);
                return orders.Where(order => order is not null).Sum(order => order!.Total);
            }

            public async Task<Order?> FirstOfAsync(int one, int other, CancellationToken cancellation)
            {
                var first = store.FindAsync(one, cancellation);
                var second = store.FindAsync(other, cancellation);
                var found = await Task.WhenAll(first, second);
                return found[0] ?? found[1];
            }

            public async Task<int> LongestAsync(IReadOnlyList<string> names, CancellationToken cancellation)
            {
                var longest = await Task.Run(
                    () =>
                    {
                        var length = 0;
                        foreach (var name in names)
                            length = Math.Max(length, name.Length);
                        return length;
                    },
                    cancellation);
                log($"The longest has {longest} letters.");
                return longest;
            }
        }
        """;
}
