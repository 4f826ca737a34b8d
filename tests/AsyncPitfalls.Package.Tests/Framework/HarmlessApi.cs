namespace AsyncPitfalls.Package.Tests.Framework;

/// <summary>
/// What code may call inside a compiler: it computes. It opens no file, no socket and no process, asks for nothing of the
/// environment, starts no thread and loads no code. What is not listed here is not allowed, so that nothing new comes in unseen.
/// </summary>
public static class HarmlessApi
{
    /// <summary>Namespaces whose types compute and nothing else, but for those in <see cref="Harmful"/>.</summary>
    private static readonly HashSet<string> Namespaces =
    [
        "System", "System.Buffers", "System.Collections", "System.Collections.Concurrent", "System.Collections.Generic", "System.Collections.Immutable",
        "System.Diagnostics.CodeAnalysis", "System.Globalization", "System.Linq", "System.Numerics", "System.Runtime.CompilerServices", "System.Runtime.Versioning",
        "System.Text", "System.Text.RegularExpressions",
    ];

    /// <summary>Types that reach out of the program, and those that call what only a text or an object names; their harmless members are in <see cref="Members"/>.</summary>
    private static readonly HashSet<string> Harmful =
    [
        "System.Activator", "System.AppContext", "System.AppDomain", "System.Console", "System.Delegate", "System.Environment", "System.GC",
        "System.LocalDataStoreSlot", "System.ModuleHandle", "System.RuntimeMethodHandle", "System.Type",
        "System.Linq.EnumerableExecutor", "System.Linq.EnumerableQuery", "System.Linq.ParallelEnumerable", "System.Linq.Queryable",
        "System.Runtime.CompilerServices.CallSite", "System.Runtime.CompilerServices.CallSite`1", "System.Runtime.CompilerServices.RuntimeHelpers",
        "Microsoft.CodeAnalysis.AnalyzerConfigSet", "Microsoft.CodeAnalysis.AssemblyMetadata", "Microsoft.CodeAnalysis.ModuleMetadata",
        "Microsoft.CodeAnalysis.CommandLineParser", "Microsoft.CodeAnalysis.CSharp.CSharpCommandLineParser", "Microsoft.CodeAnalysis.DesktopStrongNameProvider",
        "Microsoft.CodeAnalysis.Diagnostics.AnalyzerFileReference", "Microsoft.CodeAnalysis.FileTextLoader", "Microsoft.CodeAnalysis.MetadataReference",
        "Microsoft.CodeAnalysis.SourceFileResolver", "Microsoft.CodeAnalysis.XmlFileResolver", "Microsoft.CodeAnalysis.XmlDocumentationProvider",
        "Microsoft.CodeAnalysis.Host.HostServices", "Microsoft.CodeAnalysis.Host.Mef.MefHostServices",
    ];

    /// <summary>Types of other namespaces that only compute.</summary>
    private static readonly HashSet<string> Types =
    [
        "System.Diagnostics.ConditionalAttribute", "System.Diagnostics.Debug", "System.Diagnostics.DebuggableAttribute", "System.Diagnostics.DebuggableAttribute+DebuggingModes",
        "System.Diagnostics.DebuggerBrowsableAttribute", "System.Diagnostics.DebuggerBrowsableState", "System.Diagnostics.DebuggerDisplayAttribute", "System.Diagnostics.DebuggerHiddenAttribute",
        "System.IO.IOException", "System.IO.StringReader", "System.IO.StringWriter", "System.IO.TextReader", "System.IO.TextWriter",
        "System.Reflection.AssemblyMetadataAttribute", "System.Reflection.AssemblyCompanyAttribute", "System.Reflection.AssemblyConfigurationAttribute", "System.Reflection.AssemblyCopyrightAttribute",
        "System.Reflection.AssemblyFileVersionAttribute", "System.Reflection.AssemblyInformationalVersionAttribute", "System.Reflection.AssemblyProductAttribute", "System.Reflection.AssemblyTitleAttribute",
        "System.Reflection.BindingFlags", "System.Reflection.DefaultMemberAttribute", "System.Reflection.MethodImplAttributes",
        "System.Resources.NeutralResourcesLanguageAttribute",
        "System.Threading.CancellationToken", "System.Threading.CancellationTokenSource", "System.Threading.Interlocked", "System.Threading.Monitor", "System.Threading.Volatile",
        "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1",
    ];

    /// <summary>Members of types that have others which are harmful.</summary>
    private static readonly HashSet<string> Members =
    [
        "System.Delegate::Combine(Delegate, Delegate)", "System.Delegate::Remove(Delegate, Delegate)",
        "System.Environment::get_CurrentManagedThreadId()", "System.Environment::get_NewLine()",
        "System.IO.Path::GetExtension(String)", "System.IO.Path::GetFileName(String)", "System.IO.Path::GetFileNameWithoutExtension(String)",
        "System.Runtime.CompilerServices.RuntimeHelpers::EnsureSufficientExecutionStack()", "System.Runtime.CompilerServices.RuntimeHelpers::GetHashCode(Object)",
        "System.Runtime.CompilerServices.RuntimeHelpers::InitializeArray(Array, RuntimeFieldHandle)",
        // The other forms make an object of a type by themselves.
        "System.Threading.LazyInitializer::EnsureInitialized(!!0&, Func`1<!!0>)",
        "System.Threading.Tasks.Task::FromResult(!!0)", "System.Threading.Tasks.Task::get_CompletedTask()", "System.Threading.Tasks.Task::WhenAll(Task[])",
        "System.Threading.Tasks.Task::WhenAll(IEnumerable`1<System.Threading.Tasks.Task<!!0>>)",
        // An assembly's own types, fields and attributes: nothing is found by a text and nothing is called.
        "System.Reflection.Assembly::GetTypes()", "System.Reflection.CustomAttributeExtensions::GetCustomAttributes(Assembly)",
        "System.Reflection.FieldInfo::GetValue(Object)", "System.Reflection.FieldInfo::get_FieldType()", "System.Reflection.MemberInfo::get_Name()",
        "System.Type::GetFields(BindingFlags)", "System.Type::GetTypeFromHandle(RuntimeTypeHandle)", "System.Type::IsAssignableFrom(Type)",
        "System.Type::get_Assembly()", "System.Type::op_Equality(Type, Type)", "System.Type::op_Inequality(Type, Type)",
        // What a reference of a compilation is called: it is made by the host.
        "Microsoft.CodeAnalysis.MetadataReference::get_Properties()",
        // The texts of an assembly in the language of its host; the runtime loads the satellite beside it.
        "System.Resources.ResourceManager::.ctor(String, Assembly)", "System.Resources.ResourceManager::GetString(String, CultureInfo)",
    ];

    private static readonly HashSet<string> TypesOfMembers = [.. Members.Select(member => member.Split("::")[0])];

    /// <summary>What an assembly names beyond that, and what it calls in ways that no name shows.</summary>
    /// <param name="own">What the names of further assemblies' types begin with that may be used.</param>
    public static IReadOnlyList<string> OffencesOf(ShippedAssembly assembly, params string[] own) =>
    [
        .. assembly.UnnamedCalls,
        .. assembly.Types.Where(type => !IsHarmless(type, own) && !TypesOfMembers.Contains(type)).Order(StringComparer.Ordinal),
        .. assembly.Members.Where(member => !IsHarmless(member.Type, own)).Select(member => $"{member.Type}::{member.Signature}").Where(member => !Members.Contains(member)).Order(StringComparer.Ordinal),
    ];

    private static bool IsHarmless(string type, string[] own)
    {
        var outermost = type.Split('+')[0];
        return Types.Contains(type)
            || !Harmful.Contains(outermost)
                && (Namespaces.Contains(NamespaceOf(outermost)) || own.Any(beginning => type.StartsWith(beginning, StringComparison.Ordinal)));
    }

    private static string NamespaceOf(string type) => type[..Math.Max(type.LastIndexOf('.'), 0)];
}
