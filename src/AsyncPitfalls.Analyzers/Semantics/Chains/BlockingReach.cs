using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncPitfalls.Semantics;

/// <summary>Which bodies of the compilation come to block, before they are read: too many, never too few.</summary>
/// <param name="model">The compilation.</param>
/// <param name="holds">Whether something blocks in a member itself, without what it runs.</param>
internal sealed class BlockingReach(AsyncModel model, Func<IMethodSymbol, CancellationToken, bool> holds)
{
    private readonly FoundOnce<ConfirmedReach> reach = new(cancellation => new ConfirmedReach(Find(model, cancellation), (body, token) => IsHeld(body, model, holds, token)));

    /// <summary>Whether a call or read of a name may block.</summary>
    public bool Has(string name, CancellationToken cancellation) => reach.Get(cancellation).HasName(name);

    /// <summary>Whether a member of this compilation may block when it is run.</summary>
    public bool Has(IMethodSymbol member, CancellationToken cancellation) =>
        reach.Get(cancellation) is var found
        && (Bodies.SyntaxOf(member, cancellation) is { } body && found.HasBody(body, cancellation)
            || member.MethodKind == MethodKind.Constructor
                && member.ContainingType.DeclaringSyntaxReferences.Any(reference => found.HasBody(reference.GetSyntax(cancellation), cancellation)));

    private static NameReach Find(AsyncModel model, CancellationToken cancellation)
    {
        // Who calls an async function, or another that returns a task, does not wait for what it does.
        var found = new NameReach(model.NamedFiles, counts: body => !body.IsAsync && !ReturnsTask(body.Node, model), passesOn: _ => true, leads: (_, _) => true);
        var receivers = new ReceiverTypes(model);
        foreach (var named in BlockingNames.Of(model, cancellation).GroupBy(name => name.Name))
        {
            foreach (var file in model.NamedFiles.Using(named.Key, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                var here = named.Where(name => name.MayBeIn(file)).ToList();
                foreach (var use in here.Count == 0 ? [] : file.UsesOf(named.Key))
                {
                    if (here.Any(name => name.Fits(use) && (name.DeclaredBy.IsEmpty || receivers.MayBe(use, file, name.DeclaredBy, cancellation))))
                        found.Add(use.Body);
                }
            }
        }

        return found.Close(cancellation);
    }

    /// <summary>Whether a body is a method that says so: what it returns is bound, its body is not, and only where the type is called like a task.</summary>
    private static bool ReturnsTask(SyntaxNode body, AsyncModel model) =>
        body is MethodDeclarationSyntax { ReturnType: var type }
        && DeclaredTypes.NameOf(type) is { } name
        && (name == model.Types.Task?.Name || name == model.Types.ValueTask?.Name || name == model.Types.AsyncEnumerableOfT?.Name)
        && Functions.SymbolOf(body, model.Bodies.SemanticsOf(body.SyntaxTree)) is { } method
        && MemberRuns.IsAwaited(method.ReturnType, model);

    private static bool IsHeld(SyntaxNode body, AsyncModel model, Func<IMethodSymbol, CancellationToken, bool> holds, CancellationToken cancellation) =>
        model.Bodies.SemanticsOf(body.SyntaxTree) is var semantics
        && body is TypeDeclarationSyntax type
            ? semantics.GetDeclaredSymbol(type, cancellation) is not { } declared || declared.InstanceConstructors.Any(constructor => holds(constructor, cancellation))
            : Functions.SymbolOf(body, semantics) is not { } member || holds(member, cancellation);
}
