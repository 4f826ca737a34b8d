using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>The ways to make a plain task where a task of a task is made. Each is null where it is not right there.</summary>
internal sealed class FlatTask(FixSite site, NestedTask found)
{
    private const string Purpose = "flatten the task";

    /// <summary>The mark of the call that makes the plain task.</summary>
    private static readonly SyntaxAnnotation Flat = new("AsyncPitfalls.FlatTask");

    private readonly KnownTypes types = site.Model.Types;

    private ExpressionSyntax Maker => (ExpressionSyntax)found.Maker.Syntax;

    private bool InnerIsTask => site.Model.Awaitables.IsTask(found.Inner);

    /// <summary><c>Task.Run(work)</c> in place of <c>Task.Factory.StartNew(work)</c>, with its token; where nothing else is given to it.</summary>
    public IReadOnlyList<NodeEdit>? Run() => InnerIsTask && IsPlainStart() ? [MakeRun()] : null;

    /// <summary><c>.Unwrap()</c> behind the call, or behind the <c>Task</c> of a dispatcher's operation.</summary>
    public IReadOnlyList<NodeEdit>? Unwrap()
    {
        if (!InnerIsTask || found.Maker is not IInvocationOperation)
            return null;
        var place = Maker.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Task" } property ? property : Maker;
        var unwrapped = (ITypeSymbol?)site.Semantics.GetTypeInfo(place).Type;
        var throughTask = !site.Model.Awaitables.IsTask(unwrapped);
        if (throughTask && unwrapped?.GetMembers("Task").OfType<IPropertySymbol>().FirstOrDefault()?.Type is { } own)
            unwrapped = own;
        if (throughTask && found.Use.End == TaskEnd.Awaited || !KnownTypes.Same(unwrapped, types.TaskOfT) || !IsUnwrapInScope(unwrapped!))
            return null;
        return [Edit(place, (current, _) =>
        {
            var task = ((ExpressionSyntax)current).WithoutTrivia();
            return Call(throughTask ? Member(task, "Task") : task, "Unwrap").WithTriviaFrom(current);
        })];
    }

    /// <summary>The task that the work gives, awaited inside the work, so that the one around it is plain: <c>Task.Run(async () => await F())</c>.</summary>
    public IReadOnlyList<NodeEdit>? AwaitInside()
    {
        if (WorkArgument() is not { } argument || !IsRun() && !IsPlainStart())
            return null;
        var edits = GivenDelegates.Target(argument.Expression) is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } lambda
            ? AwaitReturns(lambda)
            : InnerIsTask || found.Use.End == TaskEnd.Awaited ? null : AwaitWork(argument);
        return edits is null ? null : [.. edits, IsRun() ? Edit((current, _) => current) : MakeRun()];
    }

    /// <summary>Whether an await of the plain task would take a thread only to start what is asynchronous already, so that <see cref="Direct"/> is the one way.</summary>
    public bool IsNeedless => IsNeedlessIfAwaited && Direct() is not null;

    private bool IsNeedlessIfAwaited => found.Maker is IInvocationOperation call && site.Model.NeedlessThreads.WhenAwaited(call, CancellationToken.None) is not null;

    /// <summary>The work itself where it is nothing but one task, without the call around it.</summary>
    public (IReadOnlyList<NodeEdit> Edits, string Name)? Direct()
    {
        if (WorkArgument() is not { } argument
            || ((InvocationExpressionSyntax)Maker).ArgumentList.Arguments.Count != 1 && !IsNeedlessIfAwaited
            || !IsRun() && !IsPlainStart()
            || !SymbolEqualityComparer.Default.Equals((site.Semantics.GetTypeInfo(argument.Expression).ConvertedType as INamedTypeSymbol)?.DelegateInvokeMethod?.ReturnType, found.Inner)
            || !GivenDelegates.IsOneTask(argument.Expression, site.Semantics))
            return null;
        var index = ((InvocationExpressionSyntax)Maker).ArgumentList.Arguments.IndexOf(argument);
        var work = Edit((current, _) => GivenDelegates.TaskOf(((InvocationExpressionSyntax)current).ArgumentList.Arguments[index].Expression).WithTriviaFrom(current));
        return ([work], CalledNames.TextOf(GivenDelegates.TaskOf(argument.Expression)));
    }

    /// <summary>Whether the call that a fix makes has a defect for which another rule speaks, where the task of a task was the one that was said before.</summary>
    public static async Task<bool> HasDefectAsync(Document document, Fix fix, CancellationToken cancellation)
    {
        var result = (await FixSession.ApplyAsync(document.Project.Solution, [fix], cancellation).ConfigureAwait(false)).GetDocument(document.Id)!;
        var semantics = (await result.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var model = AsyncModel.For(semantics.Compilation, result.Project.AnalyzerOptions);
        return (await semantics.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false)).GetAnnotatedNodes(Flat)
            .Select(node => semantics.GetOperation(node, cancellation))
            .Any(operation => operation is not null && model.TaskDefects.HasBefore(operation, TaskDefect.Unobserved, cancellation));
    }

    private NodeEdit Edit(System.Func<SyntaxNode, SyntaxGenerator, SyntaxNode> change) => Edit(Maker, change);

    private NodeEdit Edit(SyntaxNode place, System.Func<SyntaxNode, SyntaxGenerator, SyntaxNode> change) =>
        new(site.Document.Id, place, Purpose, (current, generator) => change(current, generator).WithAdditionalAnnotations(Flat));

    private NodeEdit MakeRun() => Edit((current, generator) => Run((InvocationExpressionSyntax)current, generator));

    private bool IsRun() =>
        found.Maker is IInvocationOperation { TargetMethod: { Name: "Run" } method } && KnownTypes.Same(method.ContainingType, types.Task);

    private ArgumentSyntax? WorkArgument() =>
        found.Maker is IInvocationOperation call && Maker is InvocationExpressionSyntax
            ? call.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0, Type.TypeKind: TypeKind.Delegate })?.Syntax as ArgumentSyntax
            : null;

    /// <summary>Whether a call is <c>StartNew</c> with no more than <c>Task.Run</c> takes too, on a factory without defaults of its own.</summary>
    private bool IsPlainStart() =>
        found.Maker is IInvocationOperation { TargetMethod.Name: "StartNew" } call
        && Maker is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax }
        && IsPlainFactory(call.Instance)
        && call.Arguments.All(argument => argument.Parameter is { Ordinal: 0 } || KnownTypes.Same(argument.Parameter?.Type, types.CancellationToken));

    private bool IsPlainFactory(IOperation? factory) => factory switch
    {
        IPropertyReferenceOperation { Property: { Name: "Factory", IsStatic: true } property } => site.Model.Awaitables.IsTask(property.ContainingType),
        IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } => true,
        _ => false,
    };

    private InvocationExpressionSyntax Run(InvocationExpressionSyntax current, SyntaxGenerator generator)
    {
        var access = (MemberAccessExpressionSyntax)current.Expression;
        var original = (MemberAccessExpressionSyntax)((InvocationExpressionSyntax)Maker).Expression;
        var task = original.Expression is MemberAccessExpressionSyntax factory && KnownTypes.Same(site.Semantics.GetSymbolInfo(factory.Expression).Symbol as ITypeSymbol, types.Task)
            ? ((MemberAccessExpressionSyntax)access.Expression).Expression.WithoutTrailingTrivia()
            : TaskTypes.Plain(types, generator);
        var dot = HasComments(access) ? access.OperatorToken : Token(SyntaxKind.DotToken);
        return current.WithExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, dot, IdentifierName("Run"))
            .WithLeadingTrivia(access.GetLeadingTrivia()).WithTrailingTrivia(access.GetTrailingTrivia()));
    }

    private static bool HasComments(MemberAccessExpressionSyntax access) => access.DescendantTrivia().Any(trivia =>
        trivia.SpanStart >= access.SpanStart && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)));

    private bool IsUnwrapInScope(ITypeSymbol task) => site.Semantics
        .LookupSymbols(Maker.SpanStart, task, "Unwrap", includeReducedExtensionMethods: true)
        .Any(method => KnownTypes.Same(method.ContainingType, types.TaskExtensions));

    private IReadOnlyList<NodeEdit>? AwaitReturns(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Body is ExpressionSyntax value)
            return value is ThrowExpressionSyntax ? null : [Await(value)];
        var returns = Functions.OwnNodes(lambda).OfType<ReturnStatementSyntax>().ToList();
        if (returns.Any(statement => statement.Expression is null))
            return null;
        if (site.Model.Awaitables.ResultOf(found.Inner) is not { SpecialType: SpecialType.System_Void })
            return returns.Select(statement => Await(statement.Expression!)).ToList();
        return returns.Count == 1 && lambda.Body is BlockSyntax { Statements: var statements } && statements.LastOrDefault() == returns[0]
            ? [Await(returns[0].Expression!), new NodeEdit(site.Document.Id, returns[0], "await in place of return", (current, _) =>
                ExpressionStatement(((ReturnStatementSyntax)current).Expression!.WithoutLeadingTrivia(), ((ReturnStatementSyntax)current).SemicolonToken)
                    .WithLeadingTrivia(current.GetLeadingTrivia()))]
            : null;
    }

    private NodeEdit Await(ExpressionSyntax value) =>
        new(site.Document.Id, value, Awaiting.Purpose, (current, _) => Awaiting.Await((ExpressionSyntax)current, value));

    /// <summary>An async lambda that awaits, in place of a lambda with one expression or of the method itself.</summary>
    private IReadOnlyList<NodeEdit>? AwaitWork(ArgumentSyntax argument)
    {
        var work = GivenDelegates.Target(argument.Expression);
        if (work is LambdaExpressionSyntax and not ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } and not ThrowExpressionSyntax, ParameterList.Parameters.Count: 0 }
            or AnonymousMethodExpressionSyntax || !GivenDelegates.IsOneTask(argument.Expression, site.Semantics))
            return null;
        return [new NodeEdit(site.Document.Id, argument.Expression, "await in the work", (current, _) =>
            ParenthesizedLambdaExpression(
                TokenList(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space)),
                ParameterList().WithTrailingTrivia(Space),
                Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(Space),
                null,
                Awaiting.Await(GivenDelegates.TaskOf((ExpressionSyntax)current), argument).WithoutTrivia())
            .WithTriviaFrom(current))];
    }

    private static ExpressionSyntax Member(ExpressionSyntax owner, string name) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, owner, IdentifierName(name));

    private static ExpressionSyntax Call(ExpressionSyntax owner, string name) => InvocationExpression(Member(owner, name));
}
