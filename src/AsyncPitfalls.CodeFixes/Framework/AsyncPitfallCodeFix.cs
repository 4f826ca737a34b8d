using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Framework;

/// <summary>The base of every code fix: it says which rule it mends and its ideas, the safest first.</summary>
internal abstract class AsyncPitfallCodeFix : CodeFixProvider
{
    protected AsyncPitfallCodeFix(DiagnosticDescriptor rule) => FixableDiagnosticIds = ImmutableArray.Create(rule.Id);

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The ideas of this fix in the order in which they are offered; the first is what <c>dotnet format</c> applies.</summary>
    protected abstract ImmutableArray<FixIdea> Ideas { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(Ideas);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var idea in Ideas)
            {
                var solution = context.Document.Project.Solution;
                var planned = await FixSession.PlanAsync(idea, context.Document, [diagnostic], context.CancellationToken).ConfigureAwait(false);
                if (await FixResult.OfAsync(solution, planned, context.CancellationToken).ConfigureAwait(false) is { } result)
                    context.RegisterCodeFix(CodeAction.Create(result.Fixes[0].Title, _ => Task.FromResult(result.Solution), idea.Key), diagnostic);
            }
        }
    }
}
