using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <content>The types that tell on which thread code runs, and who sets a thread up and clears it again.</content>
internal sealed partial class KnownTypes
{
    public INamedTypeSymbol? ThreadTimer { get; } = types.Find("System.Threading.Timer");
    public INamedTypeSymbol? EventTimer { get; } = types.Find("System.Timers.Timer");
    public INamedTypeSymbol? SingleThreadedAttribute { get; } = types.Find("System.STAThreadAttribute");
    public INamedTypeSymbol? InvalidOperationException { get; } = types.Find("System.InvalidOperationException");

    /// <summary>Attributes of methods that run before tests.</summary>
    public ImmutableArray<INamedTypeSymbol> SetUpAttributes { get; } = types.FindAll(
        "NUnit.Framework.SetUpAttribute",
        "NUnit.Framework.OneTimeSetUpAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestInitializeAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.ClassInitializeAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.AssemblyInitializeAttribute",
        "TUnit.Core.BeforeAttribute");

    /// <summary>Attributes of methods that run after tests.</summary>
    public ImmutableArray<INamedTypeSymbol> TearDownAttributes { get; } = types.FindAll(
        "NUnit.Framework.TearDownAttribute",
        "NUnit.Framework.OneTimeTearDownAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestCleanupAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.ClassCleanupAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.AssemblyCleanupAttribute",
        "TUnit.Core.AfterAttribute");
}
