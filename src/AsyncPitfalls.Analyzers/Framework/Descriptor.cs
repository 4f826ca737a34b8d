using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Framework;

/// <summary>Makes the descriptor of a rule: texts and help link follow from its id.</summary>
internal static class Descriptor
{
    private static readonly string Site = typeof(Descriptor).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Site").Value!;

    /// <param name="id">The rule's id, such as <c>AP0002</c>; its texts are <c>AP0002_Title</c>, <c>_Message</c> and <c>_Description</c>.</param>
    /// <param name="category">One of <see cref="Category"/>.</param>
    /// <param name="severity">What the rule is where no configuration names it.</param>
    /// <param name="isEnabledByDefault">Whether the rule speaks where no configuration names it.</param>
    /// <param name="tags">Those of <see cref="WellKnownDiagnosticTags"/> that hosts must know.</param>
    public static DiagnosticDescriptor Of(
        string id, string category, DiagnosticSeverity severity, bool isEnabledByDefault = true, params string[] tags) =>
#pragma warning disable RS0030 // the one place
        new(id, RuleText.Of(id + "_Title"), RuleText.Of(id + "_Message"), category, severity, isEnabledByDefault,
            RuleText.Of(id + "_Description"), Site + "rules/" + id + ".html", tags);
#pragma warning restore RS0030
}
