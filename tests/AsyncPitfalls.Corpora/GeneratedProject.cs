using System.Globalization;
using System.Text;

namespace AsyncPitfalls.Corpora;

/// <summary>
/// A project of a given size that looks like business code: services that call others through interfaces, entities with
/// properties, repositories that await, helpers that do not, a few waits at the bottom of deep chains of calls. The same size
/// gives the same text.
/// </summary>
internal sealed class GeneratedProject
{
    private const int MethodsOfService = 12;

    private readonly List<string> files = [];
    private readonly Random random = new(20140);

    private GeneratedProject()
    {
    }

    public IReadOnlyList<string> Files => files;

    public int Lines { get; private set; }

    public static GeneratedProject OfLines(int lines)
    {
        var project = new GeneratedProject();
        project.Add(Shared);
        for (var index = 0; project.Lines < lines; index++)
        {
            project.Add(project.Entity(index));
            project.Add(project.Repository(index));
            project.Add(project.Service(index));
        }

        return project;
    }

    /// <summary>What everything else uses: plain helpers, and the few members that block.</summary>
    private const string Shared =
        """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Generated;

        public interface ILog
        {
            void Write(string text);
        }

        public sealed class ConsoleLog : ILog
        {
            private readonly object gate = new();

            public void Write(string text)
            {
                lock (gate)
                    Console.WriteLine(text);
            }
        }

        public static class Text
        {
            public static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

            public static string Format(string name, int count) => name + ":" + count;

            public static int Parse(string text) => int.TryParse(text, out var value) ? value : 0;
        }

        public sealed class Cache
        {
            private readonly ConcurrentDictionary<string, string> entries = new();
            private readonly SemaphoreSlim gate = new(1);

            public string Get(string key) => entries.GetOrAdd(key, LoadBlocking);

            public void Refresh(string key)
            {
                gate.Wait();
                try
                {
                    entries[key] = Load(key);
                }
                finally
                {
                    gate.Release();
                }
            }

            public async Task<string> LoadAsync(string key)
            {
                await Task.Delay(1);
                return key;
            }

            private string LoadBlocking(string key) => LoadAsync(key).GetAwaiter().GetResult();

            private string Load(string key) => LoadAsync(key).Result;
        }

        """;

    private void Add(string file)
    {
        files.Add(file);
        Lines += file.AsSpan().Count('\n');
    }

    private string Entity(int index)
    {
        var text = Start(index, "using System.Collections.Generic;");
        Line(text, $"public sealed class Entity{index}");
        Line(text, "{");
        for (var property = 0; property < 10; property++)
            Line(text, $"    public {(property % 3 == 0 ? "string" : "int")} Value{property} {{ get; set; }}{(property % 3 == 0 ? " = \"\";" : "")}");
        Line(text, "");
        Line(text, $"    public List<Entity{random.Next(index + 1)}> Items {{ get; }} = new();");
        Line(text, "");
        Line(text, "    public int Total");
        Line(text, "    {");
        Line(text, "        get");
        Line(text, "        {");
        Line(text, "            var sum = Value1;");
        Line(text, "            foreach (var item in Items)");
        Line(text, "                sum += item.Value2 + item.Value4;");
        Line(text, "            return sum;");
        Line(text, "        }");
        Line(text, "    }");
        Line(text, "");
        Line(text, "    public override string ToString() => Text.Format(Value0, Total);");
        Line(text, "}");
        return text.ToString();
    }

    private string Repository(int index)
    {
        var text = Start(index, "using System.Collections.Generic;", "using System.Linq;", "using System.Threading;", "using System.Threading.Tasks;");
        Line(text, $"public interface IRepository{index}");
        Line(text, "{");
        Line(text, $"    Task<Entity{index}> FindAsync(string key, CancellationToken cancellationToken = default);");
        Line(text, "");
        Line(text, $"    Entity{index} Find(string key);");
        Line(text, "");
        Line(text, $"    void Save(Entity{index} entity);");
        Line(text, "}");
        Line(text, "");
        Line(text, $"public sealed class Repository{index} : IRepository{index}");
        Line(text, "{");
        Line(text, $"    private readonly Dictionary<string, Entity{index}> entities = new();");
        Line(text, "");
        Line(text, $"    public async Task<Entity{index}> FindAsync(string key, CancellationToken cancellationToken = default)");
        Line(text, "    {");
        Line(text, "        await Task.Delay(1, cancellationToken);");
        Line(text, "        return Find(key);");
        Line(text, "    }");
        Line(text, "");
        Line(text, $"    public Entity{index} Find(string key)");
        Line(text, "    {");
        Line(text, "        if (!entities.TryGetValue(key, out var entity))");
        Line(text, $"            entities.Add(key, entity = new Entity{index} {{ Value0 = key }});");
        Line(text, "        return entity;");
        Line(text, "    }");
        Line(text, "");
        Line(text, $"    public void Save(Entity{index} entity)");
        Line(text, "    {");
        Line(text, "        entities[entity.Value0] = entity;");
        // One repository in ten waits where nobody sees it.
        if (index % 10 == 7)
            Line(text, "        Task.Delay(1).Wait();");
        Line(text, "    }");
        Line(text, "}");
        return text.ToString();
    }

    private string Service(int index)
    {
        var text = Start(index, "using System;", "using System.Collections.Generic;", "using System.Linq;", "using System.Threading;", "using System.Threading.Tasks;");
        var used = Enumerable.Range(0, 3).Select(_ => random.Next(index + 1)).Distinct().ToList();
        Line(text, $"public sealed class Service{index}");
        Line(text, "{");
        Line(text, $"    private readonly IRepository{index} repository;");
        Line(text, "    private readonly Cache cache;");
        Line(text, "    private readonly ILog log;");
        foreach (var other in used.Where(other => other != index))
            Line(text, $"    private readonly Service{other} service{other};");
        Line(text, "");
        Line(text, $"    public Service{index}(IRepository{index} repository, Cache cache, ILog log)");
        Line(text, "    {");
        Line(text, "        this.repository = repository;");
        Line(text, "        this.cache = cache;");
        Line(text, "        this.log = log;");
        foreach (var other in used.Where(other => other != index))
            Line(text, $"        service{other} = new Service{other}(new Repository{other}(), cache, log);");
        Line(text, "    }");
        for (var method = 0; method < MethodsOfService; method++)
        {
            Line(text, "");
            var other = used[random.Next(used.Count)];
            var called = other == index ? "this" : "service" + other;
            if (method % 3 == 0)
                AsyncMethod(text, index, method, called);
            else
                SynchronousMethod(text, index, method, called);
        }

        Line(text, "}");
        return text.ToString();
    }

    private void AsyncMethod(StringBuilder text, int index, int method, string called)
    {
        Line(text, $"    public async Task<int> Run{method}Async(IReadOnlyList<string> keys, CancellationToken cancellationToken)");
        Line(text, "    {");
        Line(text, "        var total = 0;");
        Line(text, "        foreach (var key in keys.Where(key => key.Length > 1).OrderBy(key => key))");
        Line(text, "        {");
        Line(text, $"            var entity = await repository.FindAsync(key, cancellationToken);");
        Line(text, $"            entity.Value{1 + method % 2} += Text.Parse(key);");
        Line(text, $"            total += {called}.Compute{1 + random.Next(MethodsOfService / 3) * 3}(entity.Total, key);");
        if (random.Next(8) == 0)
            Line(text, "            repository.Save(entity);");
        if (random.Next(12) == 0)
            Line(text, "            log.Write(cache.Get(key));");
        Line(text, "        }");
        Line(text, "");
        Line(text, "        try");
        Line(text, "        {");
        Line(text, $"            var first = {called}.Describe{2 + random.Next(MethodsOfService / 3) * 3}(keys);");
        Line(text, "            await Task.WhenAll(keys.Select(key => cache.LoadAsync(first + key)));");
        Line(text, "        }");
        Line(text, "        catch (InvalidOperationException exception)");
        Line(text, "        {");
        Line(text, "            log.Write(exception.Message);");
        Line(text, "        }");
        Line(text, "");
        Line(text, "        return total;");
        Line(text, "    }");
    }

    private void SynchronousMethod(StringBuilder text, int index, int method, string called)
    {
        // A method calls only later ones of its own service, and any of the services before: the graph has no end of depth and no circle.
        if (method % 3 == 1)
        {
            Line(text, $"    public int Compute{method}(int start, string key)");
            Line(text, "    {");
            Line(text, "        var sum = start;");
            Line(text, "        for (var i = 0; i < key.Length; i++)");
            Line(text, "        {");
            Line(text, "            if (char.IsDigit(key[i]))");
            Line(text, "                sum += key[i] - '0';");
            Line(text, "            else if (sum > 1000)");
            Line(text, "                sum = sum % 1000;");
            Line(text, "        }");
            Line(text, "");
            if (called != "this")
                Line(text, $"        sum += {called}.Compute{method}(sum, key.Substring(key.Length / 2));");
            if (random.Next(40) == 0)
                Line(text, "        cache.Refresh(key);");
            Line(text, "        return sum;");
            Line(text, "    }");
            return;
        }

        Line(text, $"    public string Describe{method}(IEnumerable<string> keys)");
        Line(text, "    {");
        Line(text, "        var parts = new List<string>();");
        Line(text, "        foreach (var key in keys)");
        Line(text, "        {");
        Line(text, "            var entity = repository.Find(key);");
        Line(text, "            parts.Add(entity.ToString());");
        Line(text, "            if (entity.Items.Count > 3)");
        Line(text, "                parts.Add(Text.Join(entity.Items.Select(item => item.ToString())));");
        Line(text, "        }");
        Line(text, "");
        if (called != "this")
            Line(text, $"        parts.Add({called}.Describe{method}(parts.Take(2)));");
        Line(text, $"        return Text.Join(parts);");
        Line(text, "    }");
    }

    private static StringBuilder Start(int index, params string[] usings)
    {
        var text = new StringBuilder();
        foreach (var directive in usings)
            Line(text, directive);
        Line(text, "");
        Line(text, string.Create(CultureInfo.InvariantCulture, $"namespace Generated;"));
        Line(text, "");
        return text;
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
