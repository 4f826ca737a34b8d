using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Asyncify;

/// <summary>Makes a function async, and its callers, so that an <c>await</c> can stand where none could: all or nothing.</summary>
internal static class Asyncifier
{
    /// <summary>
    /// What has to change so that <paramref name="spot"/> can become an <c>await</c>: null where it cannot. The edit of the
    /// spot itself is the caller's, see <see cref="Rewriting.Awaiting"/>.
    /// </summary>
    public static Task<AsyncifyPlan?> PlanAsync(FixSite site, SyntaxNode spot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var function = Functions.Around(spot);
        return Task.FromResult(function is not null && Functions.IsAsync(function) ? new AsyncifyPlan([], null, false) : null);
    }
}
