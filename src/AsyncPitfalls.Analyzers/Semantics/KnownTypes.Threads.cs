using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell on which thread code runs, and who sets a thread up and clears it again.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? ThreadTimer { get; } = Find(compilation, "System.Threading.Timer");
    public INamedTypeSymbol? EventTimer { get; } = Find(compilation, "System.Timers.Timer");
    public INamedTypeSymbol? SingleThreadedAttribute { get; } = Find(compilation, "System.STAThreadAttribute");
    public INamedTypeSymbol? InvalidOperationException { get; } = Find(compilation, "System.InvalidOperationException");

    /// <summary>Attributes of methods that run before tests.</summary>
    public ImmutableArray<INamedTypeSymbol> SetUpAttributes { get; } = FindAll(
        compilation,
        "NUnit.Framework.SetUpAttribute",
        "NUnit.Framework.OneTimeSetUpAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestInitializeAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.ClassInitializeAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.AssemblyInitializeAttribute",
        "TUnit.Core.BeforeAttribute");

    /// <summary>Attributes of methods that run after tests.</summary>
    public ImmutableArray<INamedTypeSymbol> TearDownAttributes { get; } = FindAll(
        compilation,
        "NUnit.Framework.TearDownAttribute",
        "NUnit.Framework.OneTimeTearDownAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestCleanupAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.ClassCleanupAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.AssemblyCleanupAttribute",
        "TUnit.Core.AfterAttribute");
}
