using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Asyncify;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Rewriting;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rules;

/// <summary>Mends AP0010: uses what awaits the function, or keeps its exceptions inside.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class AP0010AsyncCallbackCodeFix() : AsyncPitfallCodeFix(RuleCatalog.AP0010)
{
    protected override ImmutableArray<FixIdea> Ideas { get; } = ImmutableArray.Create(
        new FixIdea("AP0010_TakeTask", PlanTakeTaskAsync),
        new FixIdea("AP0010_CatchAll", PlanCatchAllAsync));

    private static async Task<Fix?> PlanTakeTaskAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site, cancellation) is not { } callback)
            return null;
        if (callback is { Kind: UnawaitedCallbackKind.AsyncVoidMethod, Function: IMethodReferenceOperation group })
            return await PlanTaskOfAsync(site, group.Method, cancellation).ConfigureAwait(false);
        if (GivenCallback.Of(callback, site.Semantics, cancellation) is not { } given)
            return null;
        if (ForEachLoops.Of(site, given) is { } loop)
            return await AwaitedAsync(site, given.Call, loop, LoopTitle, cancellation).ConfigureAwait(false);
        if (ParallelLoops.Of(site, given) is var (name, edits))
            return await AwaitedAsync(site, given.Call, edits, plan => plan.Title(name), cancellation).ConfigureAwait(false);
        if (PoolStarts.Of(site, given, cancellation) is { } start)
            return new Fix(RuleText.Now("AP0010_FixRun"), start);
        if (TaskOverloads.Of(site, given, cancellation) is not var (awaited, unwrapped))
            return null;
        return awaited is null
            ? new Fix(RuleText.Now("AP0010_FixOverload", given.Symbol.Name), unwrapped)
            : await AwaitedAsync(site, awaited, unwrapped, plan => plan.Title(given.Symbol.Name), cancellation).ConfigureAwait(false);
    }

    /// <summary>Has an <c>async void</c> method return a task, where what it is given to has an overload that takes one.</summary>
    private static async Task<Fix?> PlanTaskOfAsync(FixSite site, IMethodSymbol method, CancellationToken cancellation) =>
        await PlaceOfAsync(site, method, cancellation).ConfigureAwait(false) is { } place
        && await Asyncifier.PlanTaskAsync(site, place, cancellation).ConfigureAwait(false) is { } plan
            ? new Fix(RuleText.Now(plan.IsPublicSignature ? "AP0009_FixReturnTaskPublic" : "AP0009_FixReturnTask", method.Name), plan.Edits)
            : null;

    private static async Task<CodePlace?> PlaceOfAsync(FixSite site, IMethodSymbol method, CancellationToken cancellation) =>
        Bodies.SyntaxOf(method, cancellation) is { } body
            ? await CodePlace.OfAsync(site.Document.Project.Solution.GetDocument(body.SyntaxTree), body, cancellation).ConfigureAwait(false)
            : null;

    private static async Task<Fix?> AwaitedAsync(
        FixSite site, ExpressionSyntax spot, IReadOnlyList<NodeEdit> edits, Func<AsyncifyPlan, string> title, CancellationToken cancellation) =>
        await Asyncifier.PlanAsync(site, spot, cancellation).ConfigureAwait(false) is { } plan
            ? new Fix(title(plan), [.. edits, .. plan.Edits])
            : null;

    private static string LoopTitle(AsyncifyPlan plan) => plan switch
    {
        { FunctionName: null } => RuleText.Now("AP0010_FixForEach"),
        { IsPublicSignature: true, FunctionName: var function } => RuleText.Now("AP0010_FixForEachPublicAsync", function),
        { FunctionName: var function } => RuleText.Now("AP0010_FixForEachAsync", function),
    };

    private static async Task<Fix?> PlanCatchAllAsync(FixSite site, CancellationToken cancellation)
    {
        if (Find(site, cancellation) is not { } callback)
            return null;
        if (callback.Function is IMethodReferenceOperation { Method: var method })
        {
            return callback.Kind == UnawaitedCallbackKind.AsyncVoidMethod
                && await PlaceOfAsync(site, method, cancellation).ConfigureAwait(false) is { } place
                && CatchAll.Of(place, null, cancellation) is { } caught
                    ? new Fix(caught.Title, caught.Edits)
                    : null;
        }

        return callback.Function.Syntax is AnonymousFunctionExpressionSyntax lambda
            && AwaitedBody.Of(site, lambda) is { } awaits
            && CatchAll.Of(CodePlace.Of(site, lambda), NameOf(callback, site.Semantics, cancellation), cancellation) is { } inside
                ? new Fix(inside.Title, [.. awaits, .. inside.Edits])
                : null;
    }

    /// <summary>What the log calls a lambda: that which it is given to, else its delegate.</summary>
    private static string NameOf(UnawaitedCallback callback, SemanticModel semantics, CancellationToken cancellation) =>
        GivenCallback.Of(callback, semantics, cancellation) is { Symbol: var symbol }
            ? symbol.MethodKind == MethodKind.Constructor ? symbol.ContainingType.Name : symbol.Name
            : callback.Delegate.Name;

    /// <summary>The callback of a finding; null where it drops an offloaded log entry, which is not to be awaited either.</summary>
    private static UnawaitedCallback? Find(FixSite site, CancellationToken cancellation) =>
        site.Semantics.GetOperation(site.Node, cancellation) is { } function
        && site.Model.UnawaitedCallbacks.Of(function, cancellation) is { } callback
        && (callback.Task is null || site.Model.Loggers.OffloadedBy(callback.Task) is null)
            ? callback
            : null;
}
