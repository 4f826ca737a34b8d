using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Functions that give their thread a loop themselves: they set a synchronization context, or run a dispatcher or a message pump.</summary>
internal sealed class OwnLoops(AsyncModel model)
{
    private const int Farthest = 2;

    /// <summary>Whether a function around an operation has set a context before it, or runs a loop on its thread at any time.</summary>
    public bool RunAround(IOperation place, SyntaxNode function, CancellationToken cancellation) =>
        OperationOf(place, function) is { } body
        && OwnOperations.Of(body).Any(operation =>
            operation.Syntax.SpanStart <= place.Syntax.SpanStart && SetsContext(operation, Farthest, cancellation)
            || operation is IInvocationOperation call && RunsLoop(call.TargetMethod, call.Syntax.SyntaxTree, Farthest, cancellation));

    /// <summary>Whether an operation sets a synchronization context, itself or in a method of this compilation; a control of Windows Forms sets one when it is made.</summary>
    private bool SetsContext(IOperation operation, int steps, CancellationToken cancellation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "SetSynchronizationContext", ContainingType: var type } } when KnownTypes.SameOrBelow(type, model.Types.SynchronizationContext) => true,
        IInvocationOperation { TargetMethod: var method } => SetsContext(method, steps, cancellation),
        IObjectCreationOperation { Constructor: { } constructor } creation =>
            KnownTypes.SameOrBelow(creation.Type, model.Types.WinFormsControl) || SetsContext(constructor, steps, cancellation),
        _ => false,
    };

    private bool SetsContext(IMethodSymbol method, int steps, CancellationToken cancellation) =>
        steps > 0 && BodyOf(method, cancellation) is { } body && OwnOperations.Of(body).Any(operation => SetsContext(operation, steps - 1, cancellation));

    private bool RunsLoop(IMethodSymbol method, SyntaxTree file, int steps, CancellationToken cancellation) =>
        IsUserInterface(method.ContainingType) && (model.LoopRunners.KnownKindOf(method, file) is not null || method.Name is "InvokeShutdown" or "BeginInvokeShutdown")
        || steps > 0 && BodyOf(method, cancellation) is { } body
        && OwnOperations.Of(body).Any(operation => operation is IInvocationOperation call && RunsLoop(call.TargetMethod, call.Syntax.SyntaxTree, steps - 1, cancellation));

    private bool IsUserInterface(ITypeSymbol type) =>
        KnownTypes.SameOrBelow(type, model.Types.WpfDispatcher)
        || KnownTypes.SameOrBelow(type, model.Types.WpfApplication)
        || KnownTypes.SameOrBelow(type, model.Types.WinFormsApplication)
        || KnownTypes.SameOrBelow(type, model.Types.AvaloniaDispatcher);

    private IOperation? BodyOf(IMethodSymbol method, CancellationToken cancellation) =>
        model.Bodies.OperationOf(method, cancellation) switch
        {
            ILocalFunctionOperation { Body: { } block } => block,
            var body => body,
        };

    /// <summary>The operation of a function that is around an operation.</summary>
    private static IOperation? OperationOf(IOperation place, SyntaxNode function)
    {
        for (var current = place; current is not null; current = current.Parent)
        {
            if (current.Syntax == function)
                return current switch { IAnonymousFunctionOperation lambda => lambda.Body, ILocalFunctionOperation local => local.Body, _ => current };
        }

        return OwnOperations.RootOf(place);
    }
}
