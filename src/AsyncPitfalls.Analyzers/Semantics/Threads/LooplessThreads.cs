using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Why no loop runs where some code runs.</summary>
internal enum LooplessKind
{
    /// <summary>It is handed to a thread of the pool.</summary>
    Pool,

    /// <summary>It is handed to a thread of its own.</summary>
    NewThread,

    /// <summary>It follows an await that does not come back to the loop.</summary>
    LeftByAwait,

    /// <summary>It is the entry point of a program without a loop.</summary>
    EntryPoint,
}

/// <summary>A place where no loop runs.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Function">The function that is handed over, awaits, or is the entry point.</param>
/// <param name="Receiver">Who takes the function: a call, an object creation, an event's subscription; null where it is not handed over.</param>
internal sealed record LooplessThread(LooplessKind Kind, SyntaxNode Function, IOperation? Receiver);

/// <summary>
/// Where code runs on a thread that has no <c>SynchronizationContext</c> and no dispatcher, unless it sets one up itself: threads
/// of the pool and new ones have none. See https://learn.microsoft.com/archive/msdn-magazine/2011/february/msdn-magazine-parallel-computing-it-s-all-about-the-synchronizationcontext
/// ("Default (ThreadPool) SynchronizationContext": "if a thread's current SynchronizationContext is null, then it implicitly has a
/// default SynchronizationContext"), and for awaits https://devblogs.microsoft.com/dotnet/configureawait-faq/.
/// </summary>
internal sealed class LooplessThreads(AsyncModel model)
{
    private const int Farthest = 3;

    private readonly OwnLoops ownLoops = new(model);
    private readonly InPlaceRuns inPlace = new(model);

    /// <summary>Why no loop runs at an operation; null where one may, or where nobody can tell.</summary>
    public LooplessThread? Of(IOperation place, CancellationToken cancellation) => Of(place, Farthest, cancellation);

    private LooplessThread? Of(IOperation place, int steps, CancellationToken cancellation)
    {
        if (steps == 0 || place.SemanticModel is not { } semantics || Functions.Around(place.Syntax) is not { } innermost)
            return null;
        if (ownLoops.RunAround(place, innermost, cancellation))
            return null;
        for (var function = innermost; function is not null; function = Functions.Around(function))
        {
            if (function != innermost && ownLoops.RunAround(place, function, cancellation))
                return null;
            var handOvers = model.HandOvers.Of(function, semantics, cancellation);
            if (handOvers.Select(handOver => OfHandOver(handOver, function)).FirstOrDefault(thread => thread is not null) is { } handedOver)
                return handedOver;
            if (IsEntryPoint(function, semantics, cancellation))
                return new LooplessThread(LooplessKind.EntryPoint, function, null);
            if (function == innermost && IsLeftByAwait(place, function, cancellation))
                return new LooplessThread(LooplessKind.LeftByAwait, function, null);
            if (function is LocalFunctionStatementSyntax or MethodDeclarationSyntax)
                return OfCallers(function, semantics, steps, cancellation);
            if (semantics.GetOperation(function, cancellation) is not IAnonymousFunctionOperation lambda || !inPlace.Has(lambda, cancellation))
                return null;
        }

        return null;
    }

    /// <summary>Why no loop runs in a function that is only called, and only from such places.</summary>
    private LooplessThread? OfCallers(SyntaxNode function, SemanticModel semantics, int steps, CancellationToken cancellation)
    {
        LooplessThread? first = null;
        foreach (var call in model.CallSites.Of(function, semantics, cancellation))
        {
            if (Of(call, steps - 1, cancellation) is not { } thread)
                return null;
            first ??= thread;
        }

        return first;
    }

    private LooplessThread? OfHandOver(HandOver handOver, SyntaxNode function) => handOver.Receiver switch
    {
        IObjectCreationOperation { Type: var type } creation when KnownTypes.Same(type, model.Types.Thread) => new LooplessThread(LooplessKind.NewThread, function, creation),
        IObjectCreationOperation { Type: var type } creation when KnownTypes.Same(type, model.Types.ThreadTimer) => new LooplessThread(LooplessKind.Pool, function, creation),
        IInvocationOperation call when IsToPool(call) => new LooplessThread(LooplessKind.Pool, function, call),
        IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: { Name: "Elapsed", ContainingType: var timer } } } subscription
            when KnownTypes.Same(timer, model.Types.EventTimer) && !IsSynchronized(subscription) => new LooplessThread(LooplessKind.Pool, function, subscription),
        IArrayInitializerOperation array when TaskDestinations.CallThatGets(array) is { } call && IsToPool(call) => new LooplessThread(LooplessKind.Pool, function, call),
        _ => null,
    };

    private bool IsToPool(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        return call.TargetMethod.Name switch
        {
            "Run" => KnownTypes.Same(type, model.Types.Task),
            "StartNew" => (KnownTypes.Same(type, model.Types.TaskFactory) || KnownTypes.Same(type, model.Types.TaskFactoryOfT)) && IsDefault(call),
            "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "RegisterWaitForSingleObject" => KnownTypes.Same(type, model.Types.ThreadPool),
            "For" or "ForEach" or "Invoke" or "ForAsync" or "ForEachAsync" => KnownTypes.Same(type, model.Types.Parallel),
            _ => false,
        };
    }

    /// <summary>Whether a task is started with no other scheduler than the pool's.</summary>
    private bool IsDefault(IInvocationOperation start) =>
        start.Instance is IPropertyReferenceOperation { Property: { Name: "Factory", IsStatic: true } } or IObjectCreationOperation { Arguments.IsEmpty: true }
        && start.Arguments.All(argument =>
            !KnownTypes.Same(argument.Parameter?.Type, model.Types.TaskScheduler)
            || argument.Value is IPropertyReferenceOperation { Property: { Name: "Default", IsStatic: true } });

    /// <summary>Whether a timer has its event handled by a control: somebody in sight sets <c>SynchronizingObject</c>.</summary>
    private static bool IsSynchronized(IEventAssignmentOperation subscription) =>
        (subscription.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? subscription.Syntax.SyntaxTree.GetRoot()).DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == "SynchronizingObject");

    private bool IsEntryPoint(SyntaxNode function, SemanticModel semantics, CancellationToken cancellation) =>
        model.Compilation.Options.OutputKind == OutputKind.ConsoleApplication
        && model.Surroundings.Of(function, semantics, cancellation) == Surrounding.EntryPoint
        && !(Functions.SymbolOf(function, semantics) is { } method && Inheritance.HasAttribute(method, model.Types.SingleThreadedAttribute));

    /// <summary>Whether an await on some path to a place gives the loop up; one of something else than a task may take it up again.</summary>
    private bool IsLeftByAwait(IOperation place, SyntaxNode function, CancellationToken cancellation) =>
        Functions.IsAsync(function)
        && Functions.OwnNodes(function).Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "ConfigureAwait" })
        && model.PrecedingAwaits.Leave(place, (await, left) => GivesUpLoop(await, place.SemanticModel!, left, cancellation), cancellation);

    private bool GivesUpLoop(IAwaitOperation await, SemanticModel semantics, bool left, CancellationToken cancellation)
    {
        // In the graph, what is awaited may have been taken apart.
        var awaited = (semantics.GetOperation(await.Syntax, cancellation) as IAwaitOperation ?? await).Operation;
        while (awaited is IConversionOperation or IParenthesizedOperation)
            awaited = awaited is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)awaited).Operand;
        if (await.IsImplicit && StreamOf(await.Syntax) is { } stream)
            return SaysNo(stream, semantics, cancellation) ?? left;
        if (model.Awaitables.IsConfigured(awaited.Type))
            return awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: { Length: 1 } arguments } ? left || SaysNo(arguments[0].Value) : left;
        return left && model.Awaitables.IsTaskOrValueTask(awaited.Type);
    }

    /// <summary>What the <c>await foreach</c> enumerates of which an await that is not written is part; null for all others.</summary>
    private static ExpressionSyntax? StreamOf(SyntaxNode await) =>
        await.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is { AwaitKeyword.RawKind: not 0, Expression: var stream } loop && !loop.Statement.Span.Contains(await.Span)
            ? stream
            : null;

    /// <summary>Whether the last <c>ConfigureAwait</c> in a chain of calls such as <c>xs.ConfigureAwait(false).WithCancellation(token)</c> gives the loop up; null where there is none.</summary>
    private static bool? SaysNo(ExpressionSyntax stream, SemanticModel semantics, CancellationToken cancellation)
    {
        for (var call = semantics.GetOperation(stream, cancellation) as IInvocationOperation; call is not null; call = (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) as IInvocationOperation)
        {
            if (call.TargetMethod.Name == "ConfigureAwait")
                return SaysNo(call.Arguments[call.Arguments.Length - 1].Value);
        }

        return null;
    }

    /// <summary>Whether an argument is <c>false</c>, or options without <c>ContinueOnCapturedContext</c>, whose value is 1.</summary>
    private static bool SaysNo(IOperation option) => option.ConstantValue switch
    {
        { HasValue: true, Value: false } => true,
        { HasValue: true, Value: int options } => (options & 1) == 0,
        _ => false,
    };
}
