using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncPitfalls.Semantics;

/// <summary>
/// Awaits that follow one another, as their number grows. It keeps what the calls use and what the statements write, so
/// that a further await is compared with all at once, and a thousand in a row take no longer than a thousand apart.
/// </summary>
internal sealed class SerialRun(SideBySideCalls calls, SemanticModel semantics)
{
    private readonly List<AwaitExpressionSyntax> awaits = [];
    private readonly List<SideBySideCall> members = [];
    private readonly HashSet<ISymbol> objects = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> used = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> written = new(SymbolEqualityComparer.Default);

    /// <summary>The awaits of the run; null while it has less than two.</summary>
    public SerialAwait? Found => awaits.Count > 1 ? new SerialAwait(awaits.ToImmutableArray(), members.ToImmutableArray()) : null;

    private AwaitExpressionSyntax Last => awaits[awaits.Count - 1];

    /// <summary>Whether an await that is the next neighbour of the last one follows with nothing between, and uses nothing that those of the run give or change. An empty run takes any.</summary>
    public bool Takes(AwaitExpressionSyntax next, SideBySideCall member) =>
        awaits.Count == 0
        || IsIndependent(member) && !ComesBetween(next, member) && !ReadsWhatIsWritten(next);

    /// <summary>Adds an await that the run takes.</summary>
    public void Add(AwaitExpressionSyntax next, SideBySideCall member)
    {
        awaits.Add(next);
        members.Add(member);
        used.UnionWith(calls.UsedBy(member));
        if (member is { Subject: CallSubject.Object, Root: { } root })
            objects.Add(root);
    }

    /// <summary>Whether a call has nothing in common with those of the run that one of them may change.</summary>
    private bool IsIndependent(SideBySideCall member) =>
        !(member.Root is { } root && objects.Contains(root)) && !calls.UsedBy(member).Overlaps(used);

    private bool ComesBetween(AwaitExpressionSyntax next, SideBySideCall member)
    {
        var (from, to) = (AdjacentAwaits.StatementOf(Last), AdjacentAwaits.StatementOf(next));
        return from == to
            ? HasEffectBetween((SyntaxNode?)from ?? Functions.Around(next)!, next, member)
            : from is ReturnStatementSyntax || HasEffectBetween(from!, next, member) || HasEffectBetween(to!, next, member);
    }

    /// <summary>Whether a part of the code does something after the last await that is not to come before the next, or with the last one's result.</summary>
    private bool HasEffectBetween(SyntaxNode part, AwaitExpressionSyntax next, SideBySideCall member)
    {
        var last = Last.Span;
        var between = TextSpan.FromBounds(last.End - 1, Math.Max(last.End, next.SpanStart));
        return part.DescendantNodes(between, node => node == part || !Functions.IsFunction(node)).Any(node =>
            node.Span.End > last.End && node.Span.End <= next.SpanStart && (HasEffect(node, member) || node is AwaitExpressionSyntax)
            || node.Span.End == last.End && node.SpanStart < last.Start && HasEffect(node, member));
    }

    private bool HasEffect(SyntaxNode node, SideBySideCall next) => node switch
    {
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ThrowExpressionSyntax or PostfixUnaryExpressionSyntax { OperatorToken.RawKind: not (int)SyntaxKind.ExclamationToken } => true,
        AssignmentExpressionSyntax assignment => assignment.Left is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } or DeclarationExpressionSyntax or TupleExpressionSyntax)
            || semantics.GetSymbolInfo(assignment.Left).Symbol switch
            {
                IPropertySymbol property => property.DeclaringSyntaxReferences.IsEmpty || next.Subject == CallSubject.Arguments || !IsAutomatic(property),
                IFieldSymbol => next.Subject == CallSubject.Arguments,
                _ => false,
            },
        _ => false,
    };

    private static bool IsAutomatic(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is PropertyDeclarationSyntax { AccessorList: { } accessors }
            && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }));

    /// <summary>Whether what an await awaits reads a variable or member that the statements of the run before it write.</summary>
    private bool ReadsWhatIsWritten(AwaitExpressionSyntax next)
    {
        // Of the statement in which the next one stands, only what comes before it.
        var statement = AdjacentAwaits.StatementOf(Last);
        var isSame = statement == AdjacentAwaits.StatementOf(next);
        if (!NoteWritten(isSame ? Last : statement!))
            return true;

        // In one statement a declarator before this one is written too: var a = await F(), b = await G(a).
        if (isSame && Last.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } declarator && semantics.GetDeclaredSymbol(declarator) is { } declared)
            written.Add(declared);
        return next.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => semantics.GetSymbolInfo(name).Symbol is { } read && written.Contains(read));
    }

    /// <summary>Notes what a statement or expression writes; false where nobody can tell.</summary>
    private bool NoteWritten(SyntaxNode part)
    {
        var flow = part is StatementSyntax whole ? semantics.AnalyzeDataFlow(whole) : semantics.AnalyzeDataFlow((ExpressionSyntax)part);
        if (flow is not { Succeeded: true })
            return false;
        written.UnionWith(flow.WrittenInside);
        written.UnionWith(part.DescendantNodes().OfType<AssignmentExpressionSyntax>().Select(assignment => semantics.GetSymbolInfo(assignment.Left).Symbol).OfType<ISymbol>());
        return true;
    }
}
