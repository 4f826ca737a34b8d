using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>On what a call works.</summary>
internal enum CallSubject
{
    /// <summary>An <c>HttpClient</c>, which any number of requests may share.</summary>
    HttpClient,

    /// <summary>Files, by their names.</summary>
    File,

    /// <summary>Nothing but its arguments, as far as its declaration tells: it is static.</summary>
    Arguments,

    /// <summary>The object in a variable.</summary>
    Object,
}

/// <summary>A call that gives a value later, and that may run beside another one.</summary>
/// <param name="Call">The call.</param>
/// <param name="Subject">On what it works.</param>
/// <param name="Root">The variable by which its object is reached; null where there is none.</param>
internal sealed record SideBySideCall(IInvocationOperation Call, CallSubject Subject, ISymbol? Root);

/// <summary>
/// Calls that may run beside one another: they return a value, change nothing by their names, and work on what others may
/// use at the same time. Contexts of databases, connections, streams, readers, writers, channels and sockets are used by one at a time.
/// </summary>
internal sealed class SideBySideCalls(AsyncModel model)
{
    private readonly ConcurrentDictionary<ITypeSymbol, bool> usedByOne = new(SymbolEqualityComparer.Default);

    /// <summary>Words with which methods begin that change something, or wait for their turn: their order may be meant.</summary>
    private static readonly string[] Ordering =
    [
        "Save", "Commit", "Rollback", "Post", "Put", "Patch", "Delete", "Send", "Write", "Append", "Insert", "Update", "Upsert", "Remove", "Flush", "Publish",
        "Begin", "Migrate", "Seed", "Lock", "Acquire", "Enter", "Wait", "Delay", "SignIn", "Login", "Connect", "Open", "Close", "Move", "Enqueue", "Dequeue",
    ];

    /// <summary>The call that an await awaits; null where that is none which may run beside another.</summary>
    public SideBySideCall? Of(IAwaitOperation await, CancellationToken cancellation)
    {
        if (model.Awaitables.Behind(await.Operation, throughWaitAsync: false) is not IInvocationOperation call
            || !KnownTypes.Same(call.Type, model.Types.TaskOfT) && !KnownTypes.Same(call.Type, model.Types.ValueTaskOfT)
            || BeginsWithOrdering(call.TargetMethod.Name)
            || call.Arguments.Any(argument => argument.Parameter?.RefKind != RefKind.None || argument != ReceiverOf(call) && !IsPlain(argument.Value) || IsUsedByOne(argument.Value)))
            return null;
        return (ReceiverOf(call) is IArgumentOperation extended ? extended.Value : call.Instance) is { } receiver
            ? OfObject(call, receiver, cancellation)
            : OfStatic(call);
    }

    private static bool BeginsWithOrdering(string name)
    {
        foreach (var word in Ordering)
        {
            if (name.StartsWith(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Whether the turns of a loop over a variable have nothing in common that one of them may change.</summary>
    public bool AreIndependentFor(SideBySideCall call, ISymbol variable) =>
        (call.Subject != CallSubject.Object || SymbolEqualityComparer.Default.Equals(call.Root, variable))
        && UsedBy(call).All(used => SymbolEqualityComparer.Default.Equals(used, variable));

    private static IArgumentOperation? ReceiverOf(IInvocationOperation call) =>
        call is { Instance: null, TargetMethod.IsExtensionMethod: true } ? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) : null;

    private SideBySideCall? OfStatic(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        if (call.TargetMethod is not { IsStatic: true, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction }
            || KnownTypes.SameOrBelow(type, model.Types.Task) || KnownTypes.Same(type, model.Types.ValueTask) || KnownTypes.Same(type, model.Types.Console))
            return null;
        return new SideBySideCall(call, KnownTypes.Same(type, model.Types.File) ? CallSubject.File : CallSubject.Arguments, null);
    }

    private SideBySideCall? OfObject(IInvocationOperation call, IOperation receiver, CancellationToken cancellation)
    {
        if (call.TargetMethod.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension) || RootOf(receiver, cancellation) is not { } root)
            return null;
        return new SideBySideCall(call, KnownTypes.SameOrBelow(Unconverted(receiver).Type, model.Types.HttpClient) ? CallSubject.HttpClient : CallSubject.Object, root);
    }

    /// <summary>The variable with which an object's expression begins; null where something on the way is used by one at a time, or is another object each time.</summary>
    private ISymbol? RootOf(IOperation expression, CancellationToken cancellation)
    {
        expression = Unconverted(expression);
        if (IsUsedByOne(expression))
            return null;
        return expression switch
        {
            ILocalReferenceOperation local => Locals.OnlyValueOf(local, cancellation) is { } value && Unconverted(value) is IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation
                ? RootOf(value, cancellation)
                : local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } => ((IMemberReferenceOperation)expression) is { Instance: not (null or IInstanceReferenceOperation) and var instance }
                ? RootOf(instance, cancellation)
                : ((IMemberReferenceOperation)expression).Member,
            _ => null,
        };
    }

    private bool IsUsedByOne(IOperation value) =>
        Unconverted(value).Type is { SpecialType: SpecialType.None } type
        && (usedByOne.TryGetValue(type, out var isUsed) ? isUsed : usedByOne.GetOrAdd(type, KnownTypes.SameOrBelow(type, model.Types.OneAtATime)));

    /// <summary>The variables whose objects a call is given or works on, without those that all may share.</summary>
    public HashSet<ISymbol> UsedBy(SideBySideCall call)
    {
        var used = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Call.Arguments)
        {
            if (argument.Value.DescendantsAndSelf().OfType<IInterpolatedStringOperation>().Any())
                continue;
            var value = Unconverted(argument.Value);
            if (value.Type is { IsReferenceType: true } type && !KnownTypes.SameOrBelow(type, model.Types.SharedByAll) && Variables.SymbolOf(value) is { } variable)
                used.Add(variable);
        }

        if (call is { Subject: CallSubject.Object, Root: { } root })
            used.Add(root);
        return used;
    }

    /// <summary>Whether an argument is only read, so that it does no harm to compute it earlier.</summary>
    private bool IsPlain(IOperation argument) => argument.DescendantsAndSelf().All(part => part switch
    {
        IAwaitOperation or IAnonymousFunctionOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IMethodReferenceOperation => false,
        IInvocationOperation call => call.TargetMethod.ContainingType.SpecialType is not SpecialType.None || KnownTypes.SameOrBelow(call.TargetMethod.ContainingType, model.Types.SharedByAll),
        _ => true,
    });

    private static IOperation Unconverted(IOperation value)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        return value;
    }
}
