using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>In which ways a thread waits for a task: <c>Result</c>, <c>Wait</c>, <c>GetAwaiter().GetResult()</c> and the like.</summary>
internal sealed class BlockingWaits(AsyncModel model)
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    private readonly SpinLoops spins = new(model);

    /// <summary>The kinds of operations for which <see cref="Of"/> can have an answer.</summary>
    public static ImmutableArray<OperationKind> Kinds { get; } =
        ImmutableArray.Create(OperationKind.PropertyReference, OperationKind.Invocation, OperationKind.MethodReference);

    /// <summary>The names of the methods that wait.</summary>
    public static ImmutableArray<string> Names { get; } =
        ImmutableArray.Create("Wait", "WaitAll", "WaitAny", WellKnownMemberNames.GetResult, "WaitOne", "SpinUntil");

    /// <summary>The names of the properties that wait, those aside that a loop asks (<see cref="SpinLoops.Names"/>).</summary>
    public static ImmutableArray<string> ReadNames { get; } = ImmutableArray.Create("Result");

    /// <summary>The types whose objects have a member of one of these names that waits; empty where any awaiter may, and for static ones.</summary>
    public ImmutableArray<INamedTypeSymbol> DeclaringTypes(string name) => name switch
    {
        "Result" => KnownTypes.Known(model.Types.TaskOfT, model.Types.ValueTaskOfT),
        "Wait" => KnownTypes.Known(model.Types.Task),
        "WaitOne" => KnownTypes.Known(model.Types.WaitHandle),
        _ => ImmutableArray<INamedTypeSymbol>.Empty,
    };

    /// <summary>
    /// The wait that an operation is; null for all others. It asks neither whether the task is known completed nor whether
    /// the code runs where it stands (<see cref="UnexecutedCode"/>).
    /// </summary>
    public BlockingWait? Of(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property => OfProperty(property),
        IInvocationOperation call => OfCall(call.TargetMethod, call.Instance, call),
        IMethodReferenceOperation group => OfCall(group.Method, group.Instance, group),
        _ => null,
    };

    /// <summary>Whether a call only passes the time between two turns of a loop that is such a wait itself.</summary>
    public bool IsPauseOfLoop(IOperation operation) => operation is IInvocationOperation call && spins.IsPauseOfLoop(call);

    /// <summary>What is waited for, in the words of the code: the called method's name, else the expression.</summary>
    public string Describe(BlockingWait wait) =>
        wait.Tasks.IsEmpty ? wait.Name.ToString() : string.Join(", ", wait.Tasks.Select(Describe));

    private string Describe(IOperation task) => model.Awaitables.Behind(task) switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput, Type: { } type } => type.Name,
        var named => string.Join(" ", named.Syntax.ToString().Split(Blanks, StringSplitOptions.RemoveEmptyEntries)),
    };

    /// <summary>The name of the member that an expression reads or calls.</summary>
    public static SyntaxNode NameOf(SyntaxNode expression) => expression switch
    {
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        ParenthesizedExpressionSyntax parenthesized => NameOf(parenthesized.Expression),
        PostfixUnaryExpressionSyntax suppressed => NameOf(suppressed.Operand),
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        ConditionalAccessExpressionSyntax conditional => NameOf(conditional.WhenNotNull),
        _ => expression,
    };

    private BlockingWait? OfProperty(IPropertyReferenceOperation property)
    {
        if (property.Instance is not { } instance)
            return null;
        var type = property.Property.ContainingType;
        if (property.Property.Name == "Result"
            && (KnownTypes.Same(type, model.Types.TaskOfT) || KnownTypes.Same(type, model.Types.ValueTaskOfT)))
            return Make(BlockingForm.Result, property, instance);
        return spins.IsAskedBy(property) ? Make(BlockingForm.SpinLoop, property, instance) : null;
    }

    private BlockingWait? OfCall(IMethodSymbol method, IOperation? instance, IOperation operation)
    {
        switch (method.Name)
        {
            case "Wait" when instance is not null && KnownTypes.Same(method.ContainingType, model.Types.Task):
                return Make(BlockingForm.Wait, operation, instance);
            case "WaitAll" or "WaitAny" when method.IsStatic && KnownTypes.Same(method.ContainingType, model.Types.Task):
                return Make(method.Name == "WaitAll" ? BlockingForm.WaitAll : BlockingForm.WaitAny, operation, ListedTasks(operation));
            case WellKnownMemberNames.GetResult when instance is not null && method.Parameters.IsEmpty && model.Awaitables.IsAwaiter(instance.Type):
                return Make(BlockingForm.GetResult, operation, AwaitableOf(instance));
            case "WaitOne" or "WaitAll" or "WaitAny" when KnownTypes.SameOrBelow(method.ContainingType, model.Types.WaitHandle):
                var tasks = TasksBehindHandles(instance is null ? operation : instance);
                return tasks.IsEmpty ? null : Make(BlockingForm.WaitHandle, operation, tasks);
            case "SpinUntil" when KnownTypes.Same(method.ContainingType, model.Types.SpinWait):
                return spins.AskedUntil(operation) is { } asked ? Make(BlockingForm.SpinUntil, operation, asked) : null;
            default:
                return null;
        }
    }

    private BlockingWait Make(BlockingForm form, IOperation operation, IOperation awaited) =>
        Make(form, operation, ImmutableArray.Create(awaited));

    private BlockingWait Make(BlockingForm form, IOperation operation, ImmutableArray<IOperation> awaited)
    {
        var arguments = operation is IInvocationOperation call ? call.Arguments : ImmutableArray<IArgumentOperation>.Empty;
        var timeout = arguments.FirstOrDefault(IsTimeout)?.Value;
        return new BlockingWait(form, NameOf(operation.Syntax), operation, awaited)
        {
            Timeout = timeout,
            Token = arguments.FirstOrDefault(argument => KnownTypes.Same(argument.Parameter?.Type, model.Types.CancellationToken))?.Value,
            ReturnsAtOnce = timeout is not null && IsZero(timeout),
        };
    }

    private bool IsTimeout(IArgumentOperation argument) =>
        argument.Parameter?.Type.SpecialType == SpecialType.System_Int32 || KnownTypes.Same(argument.Parameter?.Type, model.Types.TimeSpan);

    /// <summary>Whether a time-out is zero for certain: <c>0</c>, <c>TimeSpan.Zero</c>, <c>default</c>, <c>TimeSpan.FromSeconds(0)</c>.</summary>
    public bool IsZero(IOperation timeout) => timeout switch
    {
        { ConstantValue: { HasValue: true, Value: 0 or 0L or 0d } } => true,
        IConversionOperation conversion => IsZero(conversion.Operand),
        IDefaultValueOperation => true,
        IFieldReferenceOperation field => field.Field.Name == "Zero" && KnownTypes.Same(field.Field.ContainingType, model.Types.TimeSpan),
        IObjectCreationOperation creation => creation.Arguments.All(argument => IsZero(argument.Value)),
        IInvocationOperation { Instance: null, Arguments.IsEmpty: false } made
            when KnownTypes.Same(made.TargetMethod.ContainingType, model.Types.TimeSpan) =>
            made.Arguments.All(argument => IsZero(argument.Value)),
        _ => false,
    };

    private static ImmutableArray<IOperation> ListedTasks(IOperation operation) =>
        operation is IInvocationOperation { Arguments: { IsEmpty: false } arguments }
            ? ListedElements.Of(arguments[0].Value) ?? ImmutableArray.Create(arguments[0].Value)
            : ImmutableArray<IOperation>.Empty;

    /// <summary>What <c>GetAwaiter</c> was called on; the awaiter itself where it comes from elsewhere.</summary>
    private static IOperation AwaitableOf(IOperation awaiter) => awaiter switch
    {
        IInvocationOperation { TargetMethod.Name: WellKnownMemberNames.GetAwaiter, Instance: { } instance } => instance,
        IInvocationOperation { TargetMethod: { Name: WellKnownMemberNames.GetAwaiter, IsExtensionMethod: true }, Arguments.IsEmpty: false } extension =>
            extension.Arguments[0].Value,
        _ => awaiter,
    };

    private ImmutableArray<IOperation> TasksBehindHandles(IOperation handles) =>
        handles.DescendantsAndSelf()
            .Select(operation => Initialized(operation) as IPropertyReferenceOperation)
            .Where(handle => handle?.Property.Name == "AsyncWaitHandle" && KnownTypes.Same(handle.Property.ContainingType, model.Types.AsyncResult))
            .Select(handle => TaskBehind(handle!.Instance))
            .OfType<IOperation>()
            .ToImmutableArray();

    private IOperation? TaskBehind(IOperation? result)
    {
        while (result is not null && !model.Awaitables.IsTask(result.Type))
        {
            var source = result is IConversionOperation conversion ? conversion.Operand : Initialized(result);
            result = source == result ? null : source;
        }

        return result;
    }

    /// <summary>What a local was declared with; the operation itself for all others.</summary>
    private IOperation Initialized(IOperation operation) =>
        operation is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: 1 } declarations }
        && declarations[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && model.Bodies.SemanticsOf(value.SyntaxTree).GetOperation(value) is { } initializer
            ? initializer
            : operation;
}
