using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>A place where a thread waits for a task.</summary>
/// <param name="Name">The name of the member that waits, which is where it is reported.</param>
/// <param name="Operation">The whole operation that waits.</param>
/// <param name="Awaited">The task or other awaitable that is waited for; null where there are several, or none in sight.</param>
internal sealed record BlockingWait(SyntaxNode Name, IOperation Operation, IOperation? Awaited);

/// <summary>In which ways a thread waits for a task: <c>Result</c>, <c>Wait</c>, <c>GetAwaiter().GetResult()</c> and the like.</summary>
internal sealed class BlockingWaits(AsyncModel model)
{
    /// <summary>The wait that an operation is; null for all others. It does not ask whether the task is known completed.</summary>
    public BlockingWait? Of(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } property
            when KnownTypes.Same(property.Property.ContainingType, model.Types.TaskOfT) =>
            new BlockingWait(NameOf(property.Syntax), property, task),
        IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } task } wait
            when KnownTypes.Same(wait.TargetMethod.ContainingType, model.Types.Task) =>
            new BlockingWait(NameOf(wait.Syntax), wait, task),
        _ => null,
    };

    /// <summary>The name of the member that an expression reads or calls.</summary>
    public static SyntaxNode NameOf(SyntaxNode expression) => expression switch
    {
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => expression,
    };
}
