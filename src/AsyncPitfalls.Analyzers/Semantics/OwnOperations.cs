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
        foreach (var child in root.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                yield return child;
                continue;
            }

            foreach (var operation in Of(child))
                yield return operation;
        }
    }
}
