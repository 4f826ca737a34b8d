using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncPitfalls.Framework;

/// <summary>
/// Mends what a fix would bring: where a line that it changes has a finding that was not there, the first idea for that
/// finding is carried out with it, as in <c>File.WriteAllText(path, F().Result)</c>, whose call must be awaited as well
/// once the function is async.
/// </summary>
internal static class FollowingFixes
{
    private const int MostRounds = 3;

    private static readonly Lazy<ImmutableDictionary<string, FixIdea>> FirstIdeas = new(() => typeof(AsyncPitfallCodeFix).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<ExportCodeFixProviderAttribute>() is not null)
        .Select(type => (AsyncPitfallCodeFix)Activator.CreateInstance(type)!)
        .ToImmutableDictionary(fix => fix.FixableDiagnosticIds[0], fix => fix.Ideas[0]));

    /// <summary>The solution with what follows, and the documents in which a changed line still has a new finding.</summary>
    /// <param name="before">The solution without the fix.</param>
    /// <param name="after">The solution with it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<(Solution Solution, IReadOnlyCollection<DocumentId> Left)> MakeAsync(Solution before, Solution after, CancellationToken cancellation)
    {
        for (var round = 0; ; round++)
        {
            var found = await NewFindings.OfAsync(before, after, Breakage.Changed(before, after), cancellation).ConfigureAwait(false);
            var left = found.Select(ofDocument => ofDocument.Key).ToList();
            if (left.Count == 0 || round == MostRounds)
                return (after, left);
            var following = ImmutableArray.CreateBuilder<Fix>();
            foreach (var ofRule in found.SelectMany(ofDocument => ofDocument.Select(finding => (Document: ofDocument.Key, Finding: finding))).GroupBy(pair => (pair.Document, pair.Finding.Id)))
            {
                if (FirstIdeas.Value.TryGetValue(ofRule.Key.Id, out var idea))
                    following.AddRange(await FixSession.PlanAsync(idea, after.GetDocument(ofRule.Key.Document)!, ofRule.Select(pair => pair.Finding), cancellation).ConfigureAwait(false));
            }

            if (following.Count == 0)
                return (after, left);
            after = await FixSession.ApplyAsync(after, following, cancellation).ConfigureAwait(false);
        }
    }
}
