using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0023: starts the calls together and awaits them with <c>Task.WhenAll</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0023SerialAwaitsCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0023)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0023_WhenAll", (site, cancellation) => Task.FromResult(Plan(site, cancellation))));

    private static Fix? Plan(FixSite site, CancellationToken cancellation)
    {
        switch (site.Semantics.GetOperation(site.Node, cancellation))
        {
            case IAwaitOperation await when site.Model.SerialAwaits.Of(await, cancellation) is { } serial:
                return StartedTogether.Of(site, serial) is { } started
                    ? new Fix(RuleText.Now("AP0023_FixAwaits", string.Join(", ", started.Names)), started.Edits)
                    : null;
            case IForEachLoopOperation { Syntax: ForEachStatementSyntax syntax } loop when site.Model.SerialAwaits.Of(loop, cancellation) is { } serial:
                return GatheredLoops.Of(site, syntax, serial, cancellation) is { } edit ? new Fix(RuleText.Now("AP0023_FixLoop"), [edit]) : null;
            default:
                return null;
        }
    }
}
