using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AsyncPitfalls.Semantics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Rewriting;

/// <summary>Whether a lock may be taken again by whoever holds it, which a semaphore never allows.</summary>
internal static class Reentrance
{
    /// <summary>Whether a function that takes the lock takes it twice without releasing it between, or calls a function of its type that takes it too.</summary>
    public static bool IsPossible(LockField field, CancellationToken cancellation)
    {
        var ofFunctions = field.Calls
            .Select(use => use.Call)
            .GroupBy(call => Functions.Around(call.Call.Syntax))
            .Where(calls => calls.Key is not null && calls.Any(call => call.Takes))
            .ToDictionary(calls => calls.Key!, calls => calls.OrderBy(call => call.Call.Syntax.SpanStart).ToList());
        return ofFunctions.Values.Any(TakesTwice) || ofFunctions.Keys.Any(function => Reaches(function, ofFunctions.Keys, field, cancellation));
    }

    private static bool TakesTwice(List<LockCall> calls) => calls.Zip(calls.Skip(1), (one, next) => one.Takes && next.Takes).Any(twice => twice);

    private static bool Reaches(SyntaxNode function, ICollection<SyntaxNode> taking, LockField field, CancellationToken cancellation)
    {
        var seen = new HashSet<SyntaxNode>();
        var open = new Stack<SyntaxNode>([function]);
        while (open.Count > 0)
        {
            foreach (var called in CalledBy(open.Pop(), field, cancellation))
            {
                if (taking.Any(other => called == other || called.Contains(other) && called != function))
                    return true;
                if (seen.Add(called))
                    open.Push(called);
            }
        }

        return false;
    }

    /// <summary>The functions of the lock's type that a function names, of whichever way it may come to call them.</summary>
    private static IEnumerable<SyntaxNode> CalledBy(SyntaxNode function, LockField field, CancellationToken cancellation) => function.DescendantNodes()
        .OfType<SimpleNameSyntax>()
        .Select(name => field.Declarator.Model.Bodies.SemanticsOf(function.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol)
        .SelectMany(symbol => symbol switch
        {
            IMethodSymbol method => method.OriginalDefinition.DeclaringSyntaxReferences,
            IPropertySymbol property => property.OriginalDefinition.DeclaringSyntaxReferences,
            _ => Enumerable.Empty<SyntaxReference>(),
        })
        .Where(reference => field.Field.ContainingType.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == reference.SyntaxTree))
        .Select(reference => reference.GetSyntax(cancellation));
}
