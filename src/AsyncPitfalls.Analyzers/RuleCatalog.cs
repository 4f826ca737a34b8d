using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AsyncPitfalls.Framework;
using Microsoft.CodeAnalysis;
using static AsyncPitfalls.Framework.Category;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace AsyncPitfalls;

/// <summary>Every rule, one line each. Its texts are in <c>Resources/Rules.resx</c>, its page is <c>docs/rules/{id}.md</c>.</summary>
internal static class RuleCatalog
{
    public static readonly DiagnosticDescriptor AP0001 = Descriptor.Of("AP0001", Functions, Warning);
    public static readonly DiagnosticDescriptor AP0002 = Descriptor.Of("AP0002", Blocking, Warning);
    public static readonly DiagnosticDescriptor AP0003 = Descriptor.Of("AP0003", Loops, Warning);
    public static readonly DiagnosticDescriptor AP0004 = Descriptor.Of("AP0004", Loops, Warning);
    public static readonly DiagnosticDescriptor AP0005 = Descriptor.Of("AP0005", Blocking, Warning);
    public static readonly DiagnosticDescriptor AP0006 = Descriptor.Of("AP0006", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0007 = Descriptor.Of("AP0007", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0008 = Descriptor.Of("AP0008", Tasks, Info);
    public static readonly DiagnosticDescriptor AP0009 = Descriptor.Of("AP0009", Functions, Warning);
    public static readonly DiagnosticDescriptor AP0010 = Descriptor.Of("AP0010", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0011 = Descriptor.Of("AP0011", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0012 = Descriptor.Of("AP0012", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0013 = Descriptor.Of("AP0013", Blocking, Warning);
    public static readonly DiagnosticDescriptor AP0014 = Descriptor.Of("AP0014", Blocking, Warning);
    public static readonly DiagnosticDescriptor AP0015 = Descriptor.Of("AP0015", Blocking, Warning);
    public static readonly DiagnosticDescriptor AP0016 = Descriptor.Of("AP0016", Concurrency, Warning);
    public static readonly DiagnosticDescriptor AP0017 = Descriptor.Of("AP0017", Loops, Warning);
    public static readonly DiagnosticDescriptor AP0018 = Descriptor.Of("AP0018", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0019 = Descriptor.Of("AP0019", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0020 = Descriptor.Of("AP0020", Tasks, Warning);
    public static readonly DiagnosticDescriptor AP0021 = Descriptor.Of("AP0021", Concurrency, Warning);
    public static readonly DiagnosticDescriptor AP0022 = Descriptor.Of("AP0022", Concurrency, Warning);
    public static readonly DiagnosticDescriptor AP0023 = Descriptor.Of("AP0023", Concurrency, Info, isEnabledByDefault: false);
    public static readonly DiagnosticDescriptor AP0024 = Descriptor.Of("AP0024", Concurrency, Info);
    public static readonly DiagnosticDescriptor AP0025 = Descriptor.Of("AP0025", Loops, Info);
    public static readonly DiagnosticDescriptor AP0026 = Descriptor.Of("AP0026", Functions, Info);
    public static readonly DiagnosticDescriptor AP0027 = Descriptor.Of("AP0027", Functions, Info, isEnabledByDefault: false);
    public static readonly DiagnosticDescriptor AP0028 = Descriptor.Of("AP0028", Blocking, Info);

    public static readonly DiagnosticDescriptor AP9001 = Descriptor.Of("AP9001", Configuration, Warning, tags: WellKnownDiagnosticTags.CompilationEnd);
    public static readonly DiagnosticDescriptor AP9003 = Descriptor.Of("AP9003", Configuration, Warning);

    /// <summary>All lines of the table, in order.</summary>
    public static IEnumerable<DiagnosticDescriptor> All => typeof(RuleCatalog)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(line => (DiagnosticDescriptor)line.GetValue(null)!)
        .OrderBy(rule => rule.Id, StringComparer.Ordinal);
}
