using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0017: takes the loop into a local before the code is handed to a thread without one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0017NoLoopCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0017)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } =
        ImmutableArray.Create(new FixIdea("AP0017_Capture", (site, cancellation) => Task.FromResult(Plan(site, cancellation))));

    private static Fix? Plan(FixSite site, CancellationToken cancellation)
    {
        var found = site.Node.AncestorsAndSelf()
            .Where(node => node is ExpressionSyntax && node.Span.End >= site.Diagnostic.Location.SourceSpan.End)
            .Take(3)
            .Select(node => site.Semantics.GetOperation(node, cancellation))
            .Select(operation => operation is null ? null : site.Model.MissingLoops.Of(operation, cancellation))
            .FirstOrDefault(missing => missing is not null);
        return found is not null && CapturedLoops.Plan(site, found, cancellation) is { } edits
            ? new Fix(RuleText.Now("AP0017_FixCapture", NameOf(found)), edits)
            : null;
    }

    private static string NameOf(MissingLoop found) => found.Use switch
    {
        IInvocationOperation call => CalledNames.Of(call.TargetMethod),
        IPropertyReferenceOperation property => CalledNames.Of(property.Property),
        _ => found.Use.Syntax.ToString(),
    };
}
