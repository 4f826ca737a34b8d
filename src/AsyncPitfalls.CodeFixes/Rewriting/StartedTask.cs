using System.Collections.Generic;
using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncPitfalls.Rewriting;

/// <summary>
/// Makes and starts a task in one step, where a constructor only made it: <c>Task.Run</c>, or <c>Task.Factory.StartNew</c> where
/// state, options or a token are given.
/// </summary>
/// <param name="Edit">The edit of the object creation.</param>
/// <param name="Method">The name of the method, <c>Task.Run</c> or <c>Task.Factory.StartNew</c>.</param>
internal sealed record StartedTask(NodeEdit Edit, string Method)
{
    private const string Run = "Run";
    private const string StartNew = "StartNew";

    /// <summary>The started task; null for types derived from the framework's, and for delegates that no method starts in the same way.</summary>
    /// <param name="site">The finding.</param>
    /// <param name="creation">The constructor's call.</param>
    /// <param name="keepsInner">Whether a task of a task stays one, since the inner one is used; else the two become one.</param>
    public static StartedTask? Of(FixSite site, IObjectCreationOperation creation, bool keepsInner)
    {
        if (creation is not { Initializer: null, Syntax: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments } syntax, Type: INamedTypeSymbol type }
            || !KnownTypes.Same(type, site.Model.Types.Task) && !KnownTypes.Same(type, site.Model.Types.TaskOfT)
            || OffloadedLogging.OnlyLogs(creation.Arguments[0].Value, site.Model)
            || InnerOf(creation, type, site.Model) is not { } inner)
            return null;
        var given = creation.Arguments.Skip(1).Select(argument => argument.Parameter!.Type).ToList();
        var onlyToken = given.Count == 1 && KnownTypes.Same(given[0], site.Model.Types.CancellationToken);
        var method = given.Count == 0 && !(inner == Inner.Declared && keepsInner) || onlyToken && inner != Inner.None && !keepsInner ? Run : StartNew;
        var needsScheduler = given.Count > 1 && KnownTypes.Same(given[given.Count - 2], site.Model.Types.CancellationToken);
        var unwraps = method == StartNew && inner != Inner.None && !keepsInner;
        var result = TypeArgument(site, creation, type, method, inner, needsScheduler);
        var maker = method == Run && inner == Inner.None && given.Count == 0 && result is null ? MakerFor(site, syntax) : null;
        var edit = maker is not null ? GiveWork(site, maker) : new NodeEdit(site.Document.Id, syntax, "start the task", (current, generator) =>
        {
            var list = Arguments(((BaseObjectCreationExpressionSyntax)current).ArgumentList!);
            if (needsScheduler)
                list = list.AddArguments(Argument(DefaultScheduler(site.Model.Types, generator)).WithLeadingTrivia(Space));
            ExpressionSyntax started = InvocationExpression(Called(method, result, site.Model.Types, generator), list);
            if (unwraps)
                started = InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, started, IdentifierName("Unwrap")));
            return started.WithTriviaFrom(current);
        });
        return arguments.Count == creation.Arguments.Length ? new StartedTask(edit, method == Run ? "Task.Run" : "Task.Factory.StartNew") : null;
    }

    /// <summary>The lambda that does nothing but make the task, for a <c>Task.Run</c> that runs it: that can do the work itself; null where there is none.</summary>
    private static LambdaExpressionSyntax? MakerFor(FixSite site, BaseObjectCreationExpressionSyntax creation) =>
        (creation.Parent is ReturnStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, ContainsDirectives: false } block } ? block : (SyntaxNode)creation).Parent is
            ParenthesizedLambdaExpressionSyntax { AsyncKeyword.RawKind: 0, ParameterList.Parameters.Count: 0 } lambda
        && lambda.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax call } }
        && site.Semantics.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: Run } method
        && KnownTypes.Same(method.ContainingType, site.Model.Types.Task)
        && site.Model.Awaitables.ResultOf(site.Model.Awaitables.ResultOf(method.ReturnType)) is null
            ? lambda
            : null;

    private static NodeEdit GiveWork(FixSite site, LambdaExpressionSyntax maker) => new(site.Document.Id, maker, "give the work", (current, _) =>
        current.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().First().ArgumentList!.Arguments[0].Expression.WithTriviaFrom(current));

    /// <summary>Whether what the delegate does is a task in its turn.</summary>
    private enum Inner
    {
        None,

        /// <summary>The delegate begins asynchronous work, which its type does not tell.</summary>
        Begun,

        /// <summary>The type of the task says so.</summary>
        Declared,
    }

    /// <summary>What the delegate does; null where the methods that start a task would treat it otherwise.</summary>
    private static Inner? InnerOf(IObjectCreationOperation creation, INamedTypeSymbol type, AsyncModel model)
    {
        if (type.TypeArguments.FirstOrDefault() is { } result)
            return model.Awaitables.ResultOf(result) is null ? Inner.None : model.Awaitables.IsTask(result) ? Inner.Declared : null;
        var work = creation.Arguments[0].Value;
        while (work is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation)
            work = work.ChildOperations.First();
        if (work is IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } })
            return null;
        if (work is not IAnonymousFunctionOperation { Symbol: var lambda, Body: var body })
            return Inner.None;
        if (lambda.IsAsync)
            return Inner.Begun;
        var value = work.Syntax is LambdaExpressionSyntax { ExpressionBody: not null } && body.Operations.FirstOrDefault() is IExpressionStatementOperation { Operation: var begun } ? begun.Type : null;
        return model.Awaitables.ResultOf(value) is null ? Inner.None : model.Awaitables.IsTask(value) ? Inner.Begun : null;
    }

    /// <summary>The result type that has to be written, since the compiler would infer another one; null where it need not be.</summary>
    private static ITypeSymbol? TypeArgument(
        FixSite site, IObjectCreationOperation creation, INamedTypeSymbol type, string method, Inner inner, bool needsScheduler)
    {
        if (type.TypeArguments.FirstOrDefault() is not { } result || method == Run && inner == Inner.Declared)
            return null;
        var arguments = Arguments(((BaseObjectCreationExpressionSyntax)creation.Syntax).ArgumentList!);
        if (needsScheduler)
            arguments = arguments.AddArguments(Argument(ParseExpression("global::System.Threading.Tasks.TaskScheduler.Default")));
        var called = ParseExpression(method == Run ? "global::System.Threading.Tasks.Task.Run" : "global::System.Threading.Tasks.Task.Factory.StartNew");
        var inferred = site.Semantics.GetSpeculativeTypeInfo(creation.Syntax.SpanStart, InvocationExpression(called, arguments), SpeculativeBindingOption.BindAsExpression);
        return SymbolEqualityComparer.Default.Equals(inferred.Type, type) ? null : result;
    }

    /// <summary>The arguments without their names, which differ between the constructors and the methods; both have the same order.</summary>
    private static ArgumentListSyntax Arguments(ArgumentListSyntax arguments) =>
        arguments.ReplaceNodes(
            arguments.Arguments.Where(argument => argument.NameColon is not null),
            (_, current) => current.WithNameColon(null).WithLeadingTrivia(current.GetLeadingTrivia()));

    private static ExpressionSyntax Called(string method, ITypeSymbol? result, KnownTypes types, SyntaxGenerator generator)
    {
        SimpleNameSyntax name = result is null
            ? IdentifierName(method)
            : GenericName(Identifier(method), TypeArgumentList(SingletonSeparatedList(Written(result, generator))));
        ExpressionSyntax owner = TaskTypes.Plain(types, generator);
        if (method == StartNew)
            owner = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, owner, IdentifierName("Factory"));
        return MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, owner, name);
    }

    private static ExpressionSyntax DefaultScheduler(KnownTypes types, SyntaxGenerator generator) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Written(types.TaskScheduler!, generator), IdentifierName("Default"));

    private static TypeSyntax Written(ITypeSymbol type, SyntaxGenerator generator) =>
        (TypeSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
}
