using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Several runs of one function, all of which are under way at once.</summary>
/// <param name="Start">The call that starts them, or each of them: <c>Select</c>, <c>Parallel.ForEach</c>, <c>Task.Run</c>, or the function's own call in a loop.</param>
/// <param name="IsSimultaneous">Whether two of them can be at the place that was asked for at the same time; false where they come there one after another.</param>
internal sealed record ConcurrentRun(IInvocationOperation Start, bool IsSimultaneous);

/// <summary>
/// Which functions run at the same time as themselves. Async functions that one thread calls one after another do so from
/// their first await on; what the pool runs does from its start. Followed through local functions and methods of the same type.
/// </summary>
internal sealed class ConcurrentRuns(AsyncModel model)
{
    private const int Farthest = 4;

    private static readonly ImmutableArray<string> Starters =
        ImmutableArray.Create("WhenAll", "WhenAny", "WhenEach", "WaitAll", "WaitAny", "Parallel", "AsParallel", "ForAll", "Run", "StartNew");

    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<bool>> Answers = new();

    private readonly FunctionUses uses = new(model);
    private readonly GuardedPlaces guarded = new(model);
    private readonly OneLoop loop = new(model);
    private readonly GatheredQueries queries = new(model);
    private readonly RepeatedStarts repeated = new(model);

    /// <summary>Whether a file may mention anything by which functions come to run at the same time, told by its letters, so that all other files cost nothing.</summary>
    public static bool MayHave(SyntaxTree file, CancellationToken cancellation) =>
        Answers.TryGetValue(file, out var answer) ? answer.Value : Read(file, cancellation).Value;

    private static StrongBox<bool> Read(SyntaxTree file, CancellationToken cancellation) =>
        Answers.GetValue(file, key => new StrongBox<bool>(Starters.Any(NamedBodies.In(key, cancellation).MayMention)));

    /// <summary>
    /// The runs, two of which can be at a place at the same time with the same variable and without a lock; null where there are none.
    /// </summary>
    /// <param name="place">An operation.</param>
    /// <param name="variable">A variable that it uses: a local or parameter, or a field or property of this object or of a type.</param>
    /// <param name="cancellation">Stops the search.</param>
    public ConcurrentRun? Of(IOperation place, ISymbol variable, CancellationToken cancellation) =>
        Find(place, variable, Farthest, isOnPool: false, cancellation) is { IsSimultaneous: true } run ? run : null;

    /// <summary>The runs, two of which call a method group at the same time; null where there are none.</summary>
    public ConcurrentRun? Of(IMethodReferenceOperation group, ISymbol variable, CancellationToken cancellation) => uses.Of(group)
        .Select(use => Entering(use, group, variable, Farthest, isOnPool: false, cancellation))
        .FirstOrDefault(run => run is { IsSimultaneous: true });

    /// <summary>The runs that come to a place; <paramref name="isOnPool"/> where the pool is then given what no loop around the place keeps in order.</summary>
    private ConcurrentRun? Find(IOperation place, ISymbol variable, int steps, bool isOnPool, CancellationToken cancellation)
    {
        if (steps == 0)
            return null;
        var function = OwnOperations.FunctionAround(place);
        ConcurrentRun? inTurn = null;
        Unlocked? unlocked = null;
        foreach (var use in uses.Of(function, cancellation))
        {
            if (InUse(variable, function, use) is not { } shared || Entering(use, function, shared, steps, isOnPool, cancellation) is not { } run)
                continue;
            unlocked ??= guarded.At(place, cancellation);
            if (unlocked == Unlocked.Never)
                return null;
            if (run.IsSimultaneous || (unlocked & Unlocked.AfterAwait) != 0)
                return run with { IsSimultaneous = true };
            inTurn ??= run;
        }

        return inTurn;
    }

    /// <summary>The runs that a use of a function starts, or in which the use is; whether they are simultaneous is said of the function's beginning.</summary>
    private ConcurrentRun? Entering(FunctionUse use, IOperation function, ISymbol variable, int steps, bool isOnPool, CancellationToken cancellation)
    {
        var call = use.Call;
        if (use.Parameter is null)
        {
            return model.Awaitables.ResultOf(call.Type) is not null && StartedInTurns(call, variable) && (isOnPool || !loop.Runs(call, function, cancellation))
                ? new ConcurrentRun(call, false)
                : Find(call, variable, steps - 1, isOnPool, cancellation);
        }

        if (model.PoolWork.IsParallel(call, cancellation))
            return IsOutside(variable, function.Syntax) ? new ConcurrentRun(call, true) : null;
        if (model.PoolWork.StartsOne(call))
        {
            return StartedInTurns(call, variable)
                ? new ConcurrentRun(call, true)
                : Find(call, variable, steps - 1, isOnPool: true, cancellation) is { } outer ? outer with { IsSimultaneous = true } : null;
        }

        if (queries.StartsTogether(call, use.Parameter) && IsOutside(variable, function.Syntax))
            return !isOnPool && loop.Runs(call, function, cancellation) ? null : new ConcurrentRun(call, false);
        return IsRunInPlace(call) ? Find(call, variable, steps - 1, isOnPool, cancellation) : null;
    }

    private bool StartedInTurns(IInvocationOperation call, ISymbol variable) => repeated.TurnOf(call) is { } turn && IsOutside(variable, turn);

    /// <summary>Whether a call runs a delegate that it gets before it returns, or while its result is enumerated: a query or a loop over a collection.</summary>
    private bool IsRunInPlace(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        return KnownTypes.Same(type, model.Types.Enumerable) || KnownTypes.Same(type, model.Types.ListOfT) || type.SpecialType == SpecialType.System_Array;
    }

    /// <summary>What a function's variable is where the function is used: the same one, or what its parameter is given; null where each run has another.</summary>
    private static ISymbol? InUse(ISymbol variable, IOperation function, FunctionUse use)
    {
        if (variable is not (ILocalSymbol or IParameterSymbol) && !variable.IsStatic)
            return use.Instance is null or IInstanceReferenceOperation ? variable : null;
        if (variable is not (ILocalSymbol or IParameterSymbol) || IsOutside(variable, function.Syntax))
            return variable;
        return use.Parameter is null && variable is IParameterSymbol { Type.IsReferenceType: true } parameter
            && use.Call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { } argument
                ? SharedVariables.RootOf(argument.Value)
                : null;
    }

    private static bool IsOutside(ISymbol variable, SyntaxNode node) =>
        variable is not (ILocalSymbol or IParameterSymbol)
        || variable.DeclaringSyntaxReferences.All(reference => reference.SyntaxTree != node.SyntaxTree || !node.Span.Contains(reference.Span));
}
