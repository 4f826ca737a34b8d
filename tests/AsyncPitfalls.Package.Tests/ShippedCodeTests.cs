using System.Text.RegularExpressions;

namespace AsyncPitfalls.Package.Tests;

/// <summary>What the code of the package can do to the machine that it runs on, read from the code itself.</summary>
[Collection(RepositoryBuilds.Name)]
public sealed partial class ShippedCodeTests
{
    private const string Folder = "analyzers/";
    private const string Tasks = "tasks/AsyncPitfalls.Build.dll";

    private static readonly HashSet<string> Changes =
    [
        .. from collection in new[] { "HashSet`1", "Dictionary`2" }
           from change in new[] { "Add", "Clear", "ExceptWith", "IntersectWith", "Remove", "RemoveWhere", "SymmetricExceptWith", "UnionWith", "set_Item" }
           select $"System.Collections.Generic.{collection}::{change}",
    ];

    // What never changes, what keeps itself in order between threads, and what has its entries die with their keys.
    private static readonly HashSet<string> Unchanging =
    [
        "System.Boolean", "System.Byte", "System.Char", "System.Double", "System.Int32", "System.Int64", "System.UInt32", "System.UInt64", "System.Object", "System.String",
        "System.Text.Encoding", "System.Text.RegularExpressions.Regex", "System.Resources.ResourceManager",
        "Microsoft.CodeAnalysis.DiagnosticDescriptor", "Microsoft.CodeAnalysis.SuppressionDescriptor", "Microsoft.CodeAnalysis.SymbolDisplayFormat", "Microsoft.CodeAnalysis.SyntaxAnnotation",
        "System.Runtime.CompilerServices.ConditionalWeakTable`2",
    ];

    [Fact]
    public async Task Analyzers_and_fixes_open_nothing_start_nothing_and_load_nothing()
    {
        var package = await PackedPackage.GetAsync();
        foreach (var library in LibrariesOf(package))
        {
            using var assembly = new ShippedAssembly(package.Entries[library]);
            var offences = HarmlessApi.OffencesOf(assembly, "Microsoft.CodeAnalysis.", "AsyncPitfalls.");
            Assert.True(offences.Count == 0, $"{library} uses\n  {string.Join("\n  ", offences)}");
        }
    }

    [Fact]
    public async Task The_tasks_read_logs_and_baselines_write_the_baseline_and_do_no_more()
    {
        using var assembly = new ShippedAssembly((await PackedPackage.GetAsync()).Entries[Tasks]);
        Assert.Equal(
            [
                "System.IO.File",
                "System.IO.StreamReader",
                "System.IO.File::Exists(String)",
                "System.IO.File::ReadAllText(String)",
                "System.IO.File::ReadLines(String)",
                "System.IO.File::WriteAllText(String, String, Encoding)",
                "System.IO.StreamReader::.ctor(String)",
            ],
            HarmlessApi.OffencesOf(assembly, "Microsoft.Build.Framework.", "AsyncPitfalls."));
    }

    /// <summary>The scan sees what is opened, started and loaded, also through generics, delegates and reflection, and what a runtime does that calls native code.</summary>
    [Fact]
    public void What_opens_starts_and_loads_is_seen()
    {
        using var tests = new ShippedAssembly(File.ReadAllBytes(typeof(Harm<>).Assembly.Location));
        var offences = HarmlessApi.OffencesOf(tests, "AsyncPitfalls.");
        Assert.Contains("System.IO.File::ReadAllText(String)", offences);
        Assert.Contains("System.Net.Sockets.TcpClient::.ctor()", offences);
        Assert.Contains("System.Diagnostics.Process::Start(ProcessStartInfo)", offences);
        Assert.Contains("System.Environment::GetEnvironmentVariable(String)", offences);
        Assert.Contains("System.Activator::CreateInstance()", offences);
        Assert.Contains("System.Type::GetType(String)", offences);
        Assert.Contains("System.Reflection.MethodBase::Invoke(Object, Object[])", offences);

        using var runtime = new ShippedAssembly(File.ReadAllBytes(typeof(object).Assembly.Location));
        Assert.Contains("calli", runtime.UnnamedCalls);
        Assert.Contains(runtime.UnnamedCalls, call => call.StartsWith("native ", StringComparison.Ordinal));
        Assert.Contains(runtime.UnnamedCalls, call => call.StartsWith("module ", StringComparison.Ordinal));
    }

    /// <summary>Analyzers run side by side, for many compilations, in a process that lives for days.</summary>
    [Fact]
    public async Task Analyzers_and_fixes_keep_no_state_between_compilations()
    {
        var package = await PackedPackage.GetAsync();
        var libraries = LibrariesOf(package).Select(library => new ShippedAssembly(package.Entries[library])).ToList();
        var unchanging = Unchanging.Concat(libraries.SelectMany(library => library.TypesThatNeverChange)).ToHashSet();
        Assert.NotEmpty(libraries.SelectMany(library => library.StaticFields));
        foreach (var library in libraries)
        {
            var changing = library.StaticFields.Where(one => !one.IsReadOnly || !IsUnchanging(one.Type, unchanging) && !IsTable(one.Type)).Select(one => $"{one.Name} is {one.Type}").ToList();
            Assert.True(changing.Count == 0, "These can change:\n  " + string.Join("\n  ", changing));
            Assert.Empty(library.WritersOf(library.StaticFields.Where(one => IsTable(one.Type)).Select(one => one.Name).ToHashSet(), Changes));
            library.Dispose();
        }
    }

    private static IEnumerable<string> LibrariesOf(PackedPackage package) =>
        package.Entries.Keys.Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal));

    /// <summary>An array or set that is filled once and then only looked into.</summary>
    private static bool IsTable(string type) => Table().IsMatch(type);

    private static bool IsUnchanging(string type, IReadOnlySet<string> unchanging)
    {
        var name = type.Split('<')[0];
        return unchanging.Contains(name)
            || name.StartsWith("Microsoft.CodeAnalysis.CSharp.Syntax.", StringComparison.Ordinal)
            || name.StartsWith("System.Collections.Immutable.Immutable", StringComparison.Ordinal)
            || name.StartsWith("System.Func`", StringComparison.Ordinal)
            || name is "System.Lazy`1" && type.StartsWith("System.Lazy`1<System.Collections.Generic.IReadOnly", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^[\w.]+\[\]$|^System\.Collections\.Generic\.(HashSet`1|Dictionary`2)<")]
    private static partial Regex Table();

    /// <summary>What code must not do inside a compiler; never run.</summary>
    private static class Harm<T>
        where T : new()
    {
        public static IEnumerable<string> Texts(IEnumerable<string> files) => files.Select(File.ReadAllText);

        public static T Made() => Activator.CreateInstance<T>();

        public static object? Called(string type, string method) => Type.GetType(type)!.GetMethod(method)!.Invoke(null, []);

        public static List<System.Net.Sockets.TcpClient> Sockets() => [new()];
    }
}
