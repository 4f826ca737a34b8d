using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Asyncify;

/// <summary>
/// Finds all that has to change so that one spot can be awaited: the function around it, the callers of that, and so on,
/// up to functions that already are async, entry points and event handlers.
/// </summary>
/// <param name="solution">The solution, as it is before any edit.</param>
/// <param name="throwsAggregates">Whether what is awaited threw an <c>AggregateException</c> so far, which an <c>await</c> does not.</param>
/// <param name="cancellation">Ends the search.</param>
internal sealed class FunctionChain(Solution solution, bool throwsAggregates, CancellationToken cancellation)
{
    private readonly Dictionary<SyntaxNode, CodePlace> becomeAsync = [];
    private readonly Dictionary<SyntaxNode, CodePlace> returnTasks = [];
    private readonly Dictionary<SyntaxNode, CodePlace> calls = [];
    private readonly Dictionary<CodePlace, CodePlace> names = [];
    private readonly HashSet<IMethodSymbol> retyped = new(SymbolEqualityComparer.Default);

    /// <summary>The functions that become async.</summary>
    public IEnumerable<CodePlace> BecomeAsync => becomeAsync.Values;

    /// <summary>The declarations whose return type becomes a task, whether they become async or not.</summary>
    public IEnumerable<CodePlace> ReturnTasks => returnTasks.Values;

    /// <summary>The calls that have to be awaited.</summary>
    public IEnumerable<CodePlace> Calls => calls.Values;

    /// <summary>The places that name a method which returns a task from now on.</summary>
    public IEnumerable<CodePlace> Names => names.Keys;

    /// <summary>The methods whose signature changes.</summary>
    public IEnumerable<IMethodSymbol> Retyped => retyped;

    /// <summary>A declaration of the method that a place names.</summary>
    public CodePlace DeclarationOf(CodePlace name) => names[name];

    /// <summary>Follows the chain from a spot that becomes an <c>await</c>; false where it meets what cannot be async.</summary>
    public async Task<bool> FollowAsync(CodePlace spot)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Obstacles.ForbidAwaitAt(spot, throwsAggregates, cancellation))
            return false;
        switch (Functions.Around(spot.Node))
        {
            case null:
                return false;
            case CompilationUnitSyntax:
                return true;
            case var function when Functions.IsAsync(function):
                return true;
            case var function when becomeAsync.ContainsKey(function):
                return true;
            case var function:
                var place = spot.At(function);
                becomeAsync.Add(function, place);
                return !Obstacles.ForbidAsync(place, cancellation) && await MakeAsync(place).ConfigureAwait(false);
        }
    }

    /// <summary>Follows the chain from a function that is async already and is to return a task instead of nothing; false where its callers cannot await it.</summary>
    public Task<bool> FollowTaskAsync(CodePlace function) =>
        Functions.SymbolOf(function.Node, function.Semantics) is { ReturnsVoid: true } method
            ? ChangeSignatureAsync(method, function.Model)
            : Task.FromResult(false);

    private Task<bool> MakeAsync(CodePlace function) => function.Node switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => MakeNamedAsync(function),
        AnonymousFunctionExpressionSyntax => MakeLambdaAsync(function),
        _ => Task.FromResult(false),
    };

    private async Task<bool> MakeNamedAsync(CodePlace function)
    {
        if (Functions.SymbolOf(function.Node, function.Semantics) is not { } method)
            return false;
        if (TaskReturns.AreAsyncable(method.ReturnType, function.Model))
            return TaskReturns.CanBecomeAsync(function, method.ReturnType, cancellation);
        if (EventHandlers.HasShape(method, function.Model) && !DictatedSignatures.Has(method))
            return await IsNeverCalledAsync(method).ConfigureAwait(false);
        if (function.Language < LanguageVersion.CSharp7_1
            && SymbolEqualityComparer.Default.Equals(function.Semantics.Compilation.GetEntryPoint(cancellation), method))
            return false;
        return await ChangeSignatureAsync(method, function.Model).ConfigureAwait(false);
    }

    private async Task<bool> MakeLambdaAsync(CodePlace lambda)
    {
        switch (DelegateTargets.Of(lambda, cancellation))
        {
            case { Kind: DelegateTargetKind.TakesTasks, Returns: { } returned }:
                return TaskReturns.CanBecomeAsync(lambda, returned, cancellation);
            case { Kind: DelegateTargetKind.Fits }
                when Functions.SymbolOf(lambda.Node, lambda.Semantics)?.ReturnType is { } own && TaskReturns.AreAsyncable(own, lambda.Model):
                return TaskReturns.CanBecomeAsync(lambda, own, cancellation);
            case { Kind: DelegateTargetKind.Fits }:
                returnTasks[lambda.Node] = lambda;
                return true;
            case { Kind: DelegateTargetKind.CallChanges, Call: { } call }:
                returnTasks[lambda.Node] = lambda;
                return await AwaitCallAsync(lambda.At(call)).ConfigureAwait(false);
            case { Kind: DelegateTargetKind.Local, Local: { } local }:
                returnTasks[lambda.Node] = lambda;
                return await AwaitCallsOfLocalAsync(lambda, local).ConfigureAwait(false);
            default:
                return false;
        }
    }

    /// <summary>Makes a method return a task, with all that share its signature, and awaits every call.</summary>
    private async Task<bool> ChangeSignatureAsync(IMethodSymbol method, AsyncModel model)
    {
        if (!retyped.Add(method.OriginalDefinition))
            return true;
        if (Obstacles.ForbidTaskOf(method.ReturnType, model) || await MethodFamily.OfAsync(method, solution, cancellation).ConfigureAwait(false) is not { } family)
            return false;
        foreach (var member in family.Members)
        {
            retyped.Add(member);
            if (!await ReturnTaskAsync(member).ConfigureAwait(false))
                return false;
        }

        var declared = await family.Members[0].DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellation).ConfigureAwait(false);
        foreach (var reference in family.References)
        {
            var site = await CallSite.OfAsync(reference, cancellation).ConfigureAwait(false);
            if (site is null || !await AwaitReferenceAsync(site).ConfigureAwait(false))
                return false;
            names[site.Place.At(site.Name)] = returnTasks[declared];
        }

        return true;
    }

    private async Task<bool> ReturnTaskAsync(IMethodSymbol member)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var syntax = await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false);
            var place = await CodePlace.OfAsync(solution.GetDocument(syntax.SyntaxTree), syntax, cancellation).ConfigureAwait(false);
            if (place is null || Obstacles.ForbidTaskReturn(place, member))
                return false;
            returnTasks[syntax] = place;
        }

        return !member.DeclaringSyntaxReferences.IsEmpty;
    }

    private Task<bool> AwaitReferenceAsync(CallSite site) => site switch
    {
        { Kind: CallSiteKind.NameOnly } => Task.FromResult(true),
        { Kind: CallSiteKind.Call } => AwaitCallAsync(site.Place),
        { Kind: CallSiteKind.MethodGroup } => PassAsync(site.Place),
        _ => Task.FromResult(false),
    };

    /// <summary>Whether a method group may be one of a method that returns a task; where that changes the call it is passed to, that is awaited.</summary>
    private Task<bool> PassAsync(CodePlace group) => DelegateTargets.OfMethodGroup(group, cancellation) switch
    {
        { Kind: DelegateTargetKind.Fits } => Task.FromResult(true),
        { Kind: DelegateTargetKind.CallChanges, Call: { } call } => AwaitCallAsync(group.At(call)),
        _ => Task.FromResult(false),
    };

    private Task<bool> AwaitCallAsync(CodePlace call)
    {
        calls[call.Node] = call;
        return FollowAsync(call);
    }

    /// <summary>Whether nothing calls a method directly; being made a delegate of does not matter.</summary>
    private async Task<bool> IsNeverCalledAsync(IMethodSymbol method)
    {
        if (await MethodFamily.OfAsync(method, solution, cancellation).ConfigureAwait(false) is not { } family)
            return false;
        foreach (var reference in family.References)
        {
            if (await CallSite.OfAsync(reference, cancellation).ConfigureAwait(false) is { Kind: CallSiteKind.Call or CallSiteKind.Other })
                return false;
        }

        return true;
    }

    /// <summary>Awaits every call of a local that holds a lambda; false where the local is used otherwise.</summary>
    private async Task<bool> AwaitCallsOfLocalAsync(CodePlace lambda, ILocalSymbol local)
    {
        var scope = lambda.Node.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? await lambda.Node.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        foreach (var name in scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(lambda.Semantics.GetSymbolInfo(name, cancellation).Symbol, local))
                continue;
            if (name.Parent is not InvocationExpressionSyntax call || call.Expression != name
                || !await AwaitCallAsync(lambda.At(call)).ConfigureAwait(false))
                return false;
        }

        return true;
    }
}
