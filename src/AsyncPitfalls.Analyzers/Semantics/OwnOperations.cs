using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>The operations that a function itself runs.</summary>
internal static class OwnOperations
{
    /// <summary>The operations of a function or of any other operation, outermost first; nested functions are given, but not what is in them.</summary>
    public static IEnumerable<IOperation> Of(IOperation root)
    {
        yield return root;
        // Not by recursion: an expression may be some thousand operations deep.
        var open = new Stack<IOperation.OperationList.Enumerator>();
        open.Push(root.ChildOperations.GetEnumerator());
        while (open.Count > 0)
        {
            var children = open.Pop();
            if (!children.MoveNext())
                continue;
            var child = children.Current;
            open.Push(children);
            yield return child;
            if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
                open.Push(child.ChildOperations.GetEnumerator());
        }
    }

    /// <summary>The function whose body holds an operation: a lambda, a local function, else the root of the operation's tree.</summary>
    public static IOperation FunctionAround(IOperation operation)
    {
        while (operation.Parent is { } parent && operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            operation = parent;
        return operation;
    }

    /// <summary>What is around an operation within its function, the innermost first, each with the part of it that holds the operation.</summary>
    public static IEnumerable<(IOperation Outer, IOperation Inner)> Around(IOperation operation)
    {
        for (var (inner, outer) = (operation, operation.Parent); outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (inner, outer) = (outer, outer.Parent))
            yield return (outer, inner);
    }

    /// <summary>The root of an operation's tree: what a member, or an initializer, runs, with its nested functions.</summary>
    public static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }
}
