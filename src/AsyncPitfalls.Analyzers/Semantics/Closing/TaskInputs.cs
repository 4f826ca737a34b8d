using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Whether the task of a call works with an object: as the call's receiver, an argument, a capture of a lambda, or by what
/// was made of it (a reader over a stream, a service of a scope, a token of a source). Text, numbers and other plain data
/// that were read from the object before are not the object.
/// </summary>
internal sealed class TaskInputs(AsyncModel model)
{
    private readonly PlainValues plain = new(model);

    /// <summary>Whether the task that a call makes works with what a variable holds.</summary>
    /// <param name="task">The call.</param>
    /// <param name="resource">The variable.</param>
    /// <param name="countsOwned">Whether an object counts that a method of the resource returned, and that is not disposed itself, such as a connection's <c>GetDatabase()</c>.</param>
    /// <param name="cancellation">Stops the search.</param>
    public bool Hold(IInvocationOperation task, ISymbol resource, bool countsOwned, CancellationToken cancellation) =>
        new Search(model, plain, resource, countsOwned, cancellation).IsHeldBy(task);

    /// <summary>One search for one variable, which follows each local once.</summary>
    private sealed class Search(AsyncModel model, PlainValues plain, ISymbol resource, bool countsOwned, CancellationToken cancellation)
    {
        private readonly HashSet<ISymbol> followed = new(SymbolEqualityComparer.Default);

        /// <summary>Whether the task of a call works with the object, the task that <c>WaitAsync</c> waits for left out.</summary>
        public bool IsHeldBy(IInvocationOperation task) =>
            task is { TargetMethod.Name: "WaitAsync", Instance: { } awaited } && model.Awaitables.IsTaskOrValueTask(awaited.Type)
                ? task.Arguments.Any(argument => Carries(argument.Value, isReceiver: false))
                : IsUsedBy(task);

        private bool IsUsedBy(IInvocationOperation task)
        {
            if (CompletesAtOnce(task))
                return false;
            return Carries(task.Instance, isReceiver: true)
                || task.Arguments.Any(argument => Carries(argument.Value, isReceiver: IsReceiver(argument, task)))
                || task.TargetMethod.MethodKind == MethodKind.LocalFunction && IsMentionedIn(task.TargetMethod, task);
        }

        /// <summary>What text readers and writers over a string do, they have done when they return.</summary>
        private bool CompletesAtOnce(IInvocationOperation task) =>
            KnownTypes.Same(task.Instance?.Type, model.Types.StringReader) || KnownTypes.Same(task.Instance?.Type, model.Types.StringWriter);

        private static bool IsReceiver(IArgumentOperation argument, IInvocationOperation call) =>
            call.TargetMethod.IsExtensionMethod && argument.Parameter?.Ordinal == 0;

        /// <summary>Whether a value is the object, or is of use only as long as the object.</summary>
        /// <param name="value">The value.</param>
        /// <param name="isReceiver">Whether the task is a method's of that value, which then counts whatever its type; else it may be plain data.</param>
        private bool Carries(IOperation? value, bool isReceiver)
        {
            switch (value)
            {
                case null:
                    return false;
                case IConversionOperation conversion:
                    return Carries(conversion.Operand, isReceiver);
                case IParenthesizedOperation parenthesized:
                    return Carries(parenthesized.Operand, isReceiver);
                case IDelegateCreationOperation creation:
                    return Carries(creation.Target, isReceiver);
                case ISimpleAssignmentOperation assignment:
                    return Carries(assignment.Value, isReceiver);
                case IArgumentOperation argument:
                    return Carries(argument.Value, isReceiver);
                case IAnonymousFunctionOperation lambda:
                    return !Closes(lambda.Body) && IsMentionedIn(lambda.Body);
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } group:
                    return IsMentionedIn(function, group);
                case IMethodReferenceOperation group:
                    return Carries(group.Instance, isReceiver: true);
                case IConditionalAccessInstanceOperation:
                    return ConditionalAccesses.Receiver(value) is var receiver && receiver != value && Carries(receiver, isReceiver);
                case IConditionalAccessOperation access:
                    return Carries(access.WhenNotNull, isReceiver);
                case ICoalesceOperation coalesce:
                    return Carries(coalesce.Value, isReceiver) || Carries(coalesce.WhenNull, isReceiver);
                case IConditionalOperation choice:
                    return Carries(choice.WhenTrue, isReceiver) || Carries(choice.WhenFalse, isReceiver);
                case ISwitchExpressionOperation choice:
                    return choice.Arms.Any(arm => Carries(arm.Value, isReceiver));
                case ITupleOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation:
                    return PartsOf(value).Any(part => Carries(part, isReceiver: false));
                case IInvocationOperation call:
                    return IsResultCarrying(call, isReceiver);
                case IObjectCreationOperation creation:
                    return creation.Arguments.Any(argument => Carries(argument.Value, isReceiver: false))
                        || creation.Initializer is { } initializer && initializer.Initializers.Any(item => PartsOf(item).Any(part => Carries(part, isReceiver: false)));
                case ILocalReferenceOperation local when !Same(local.Local):
                    return Follow(local, isReceiver);
                case IPropertyReferenceOperation { Property.Name: "Current", Instance.Type: var type } when KnownTypes.SameOrBelow(type, model.Types.PlainEnumerator):
                    return false;
                case IMemberReferenceOperation { Instance: { } instance } member when !Same(Variables.SymbolOf(member)):
                    return IsTied(member.Type, isReceiver) && !model.Awaitables.IsTaskOrValueTask(instance.Type) && Carries(instance, isReceiver: true);
                default:
                    return ListedElements.PartsOf(value) is { } parts ? parts.Any(part => Carries(part.Value, isReceiver: false)) : Same(Variables.SymbolOf(value));
            }
        }

        private bool IsResultCarrying(IInvocationOperation call, bool isReceiver)
        {
            // What a task is made of it works with, until it is awaited: then there is its result.
            if (model.Awaitables.ResultOf(call.Type) is not null)
                return IsUsedBy(call);
            // A linked source is closed by itself, and a copy is no part of its original.
            if (plain.Is(call.Type) || call.TargetMethod.Name == "Clone" || KnownTypes.Same(call.Type, model.Types.CancellationTokenSource) || model.Awaitables.IsAwaitableOrAwaiter(call.Instance?.Type))
                return false;
            var source = call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault()?.Value : null);
            if (IsService(call, source))
                return !KnownTypes.SameOrBelow(call.Type, model.Types.LastingServices) && Carries(source, isReceiver: true);
            if (isReceiver && countsOwned && Carries(source, isReceiver: true))
                return true;
            var isQuery = KnownTypes.Same(call.TargetMethod.ContainingType, model.Types.Enumerable);
            return (plain.IsBorrowed(call.Type) || isQuery && KnownTypes.Same(call.Type, model.Types.EnumerableOfT))
                && (Carries(call.Instance, isReceiver: true) || call.Arguments.Any(argument => Carries(argument.Value, !isQuery && IsReceiver(argument, call))));
        }

        /// <summary>Whether a call gets a service of a container, which disposes it with itself.</summary>
        private bool IsService(IInvocationOperation call, IOperation? source) =>
            source is not null && KnownTypes.SameOrBelow(source.Type, model.Types.ServiceProvider) && call.Type?.TypeKind is not TypeKind.Struct;

        private bool IsTied(ITypeSymbol? type, bool isReceiver) => isReceiver ? !plain.Is(type) : plain.IsBorrowed(type);

        private bool Follow(ILocalReferenceOperation local, bool isReceiver) =>
            !plain.Is(local.Type) && followed.Add(local.Local)
            && (model.AssignedValues.Of(local, cancellation)?.Any(given => Carries(given, isReceiver)) is true || Added(local).Any(added => Carries(added, isReceiver: false)));

        /// <summary>What is put into a collection that a local holds.</summary>
        private static IEnumerable<IOperation> Added(ILocalReferenceOperation collection) =>
            collection.Type?.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable) is true
                ? OwnOperations.RootOf(collection).Descendants()
                    .OfType<IInvocationOperation>()
                    .Where(call => call is { TargetMethod.Name: "Add" or "Enqueue" or "Push", Instance: ILocalReferenceOperation { Local: var local } } && SymbolEqualityComparer.Default.Equals(local, collection.Local))
                    .SelectMany(call => call.Arguments)
                    .Select(argument => argument.Value)
                : [];

        private static IEnumerable<IOperation> PartsOf(IOperation whole) => whole switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            ITupleOperation tuple => tuple.Elements,
            IAnonymousObjectCreationOperation creation => creation.Initializers,
            ISimpleAssignmentOperation assignment => [assignment.Value],
            IInvocationOperation call => call.Arguments,
            _ => [],
        };

        private bool IsMentionedIn(IMethodSymbol function, IOperation place) =>
            followed.Add(function.OriginalDefinition)
            && OwnOperations.RootOf(place).Descendants().OfType<ILocalFunctionOperation>().FirstOrDefault(local => SymbolEqualityComparer.Default.Equals(local.Symbol, function.OriginalDefinition)) is { Body: { } body }
            && IsMentionedIn(body);

        private bool IsMentionedIn(IOperation body) => body.Descendants().Any(operation => operation switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation when Same(Variables.SymbolOf(operation)) => true,
            ILocalReferenceOperation local => !Declares(body, local.Local) && Follow(local, isReceiver: false),
            _ => false,
        });

        /// <summary>Whether a lambda itself disposes the object, or what was made of it, when it has done with it.</summary>
        private bool Closes(IOperation body) => body.Descendants().Any(operation => operation switch
        {
            IInvocationOperation { TargetMethod.Name: "Dispose" or "DisposeAsync" or "Close", Instance: { } closed } => Same(Variables.SymbolOf(closed))
                || closed is ILocalReferenceOperation local && !Declares(body, local.Local) && new Search(model, plain, resource, countsOwned, cancellation).Follow(local, isReceiver: true),
            IUsingOperation { Resources: var resources } => Same(Variables.SymbolOf(resources)),
            _ => false,
        });

        private static bool Declares(IOperation body, ILocalSymbol local) =>
            local.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.Syntax.SyntaxTree && body.Syntax.Span.Contains(reference.Span));

        private bool Same(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol, resource);
    }
}
