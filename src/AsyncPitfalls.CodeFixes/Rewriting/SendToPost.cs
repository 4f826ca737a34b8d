using System.Linq;
using AsyncPitfalls.Framework;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Rewriting;

/// <summary><c>Post</c> in the place of <c>Send</c>, where nothing that follows needs the delegate to have run.</summary>
internal static class SendToPost
{
    private const string Purpose = "post";

    /// <summary>The edit; null where something may need the delegate's completion: its exceptions, what it writes, or what is disposed after it.</summary>
    public static NodeEdit? Of(FixSite site, IInvocationOperation send)
    {
        if (send.Syntax is not InvocationExpressionSyntax call || !IsStatement(call) || IsInTry(call))
            return null;
        var handedOver = call.ArgumentList.Arguments.Select(argument => GivenDelegates.Target(argument.Expression)).OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault();
        return handedOver is null || !IsNeeded(handedOver, call, site.Semantics)
            ? new NodeEdit(site.Document.Id, call, Purpose, (current, _) => RenamedCalls.To((InvocationExpressionSyntax)current, "Post"))
            : null;
    }

    private static bool IsStatement(InvocationExpressionSyntax call) =>
        call.Parent is ExpressionStatementSyntax
        || call.Parent is ConditionalAccessExpressionSyntax { Parent: ExpressionStatementSyntax } access && access.WhenNotNull == call;

    /// <summary>Whether an exception of the delegate would be caught, or something done after it in any case.</summary>
    private static bool IsInTry(SyntaxNode call)
    {
        var function = Functions.Around(call);
        return call.Ancestors().TakeWhile(ancestor => ancestor != function).Any(ancestor =>
            ancestor is UsingStatementSyntax or LockStatementSyntax || ancestor is TryStatementSyntax attempt && attempt.Block.Span.Contains(call.Span));
    }

    private static bool IsNeeded(AnonymousFunctionExpressionSyntax handedOver, SyntaxNode call, SemanticModel semantics)
    {
        if (semantics.AnalyzeDataFlow(handedOver) is not { Succeeded: true } flow
            || flow.WrittenInside.Any(written => !flow.VariablesDeclared.Contains(written))
            || flow.ReadInside.Any(read => IsDisposedAtEnd(read)))
            return true;
        var members = handedOver.DescendantNodes()
            .OfType<AssignmentExpressionSyntax>()
            .Select(assignment => semantics.GetSymbolInfo(assignment.Left).Symbol)
            .Where(symbol => symbol is IFieldSymbol or IPropertySymbol)
            .ToList();
        return members.Count > 0 && Functions.Around(call) is { } function && Functions.OwnNodes(function)
            .Where(node => node.SpanStart > call.Span.End)
            .OfType<SimpleNameSyntax>()
            .Any(name => members.Contains(semantics.GetSymbolInfo(name).Symbol, SymbolEqualityComparer.Default));
    }

    private static bool IsDisposedAtEnd(ISymbol variable) =>
        variable is ILocalSymbol { IsUsing: true };
}
