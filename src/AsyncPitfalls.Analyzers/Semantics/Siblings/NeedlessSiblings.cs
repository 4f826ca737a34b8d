using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Calls whose awaitable sibling is wrong or no gain, so that nobody should be told of it.</summary>
internal sealed class NeedlessSiblings(AsyncModel model)
{
    /// <summary>Whether the sibling of a call is wrong there, or gains nothing.</summary>
    public bool Are(IInvocationOperation call, CancellationToken cancellation) =>
        IsOfMember(call.TargetMethod)
        || model.Mocks.Declare(call.TargetMethod)
        || model.DeliberateDrops.IsToldToForget(call)
        || BlockingMembers.Harmless.In(call.Syntax.SyntaxTree, model, RuleCatalog.AP0028.Id).Holds(call.TargetMethod)
        || call.Arguments.Any(argument => model.BlockingMembers.IsTimeout(argument) && model.BlockingWaits.IsZero(argument.Value))
        || IsOnWhatNeverWaits(call, cancellation);

    /// <summary>
    /// Members whose siblings are for other purposes than not to block: Entity Framework's <c>AddAsync</c> is for generators of values that
    /// ask the database, a reader's getters read the row that is there, what a factory makes connects later.
    /// </summary>
    private bool IsOfMember(IMethodSymbol method)
    {
        var (type, types) = (method.ContainingType, model.Types);
        return method.Name switch
        {
            "Add" or "AddRange" when KnownTypes.SameOrBelow(type, types.DbContext) || KnownTypes.SameOrBelow(type, types.DbSetOfT) => true,
            "CreateDbContext" when KnownTypes.SameOrBelow(type, types.DbContextFactoryOfT) => true,
            "Find" when KnownTypes.SameOrBelow(type, types.MongoCollectionOfT) || KnownTypes.Same(type, types.MongoCollectionExtensions) => true,
            "IsDBNull" when KnownTypes.SameOrBelow(type, types.DbDataReader) => true,
            var name when name.StartsWith("Get", StringComparison.Ordinal) && KnownTypes.SameOrBelow(type, types.DbDataReader) => true,
            _ => KnownTypes.Same(type, types.CancellationTokenSource)
                || KnownTypes.Same(type, types.Console)
                || KnownTypes.SameOrBelow(type, types.Assertions)
                || KnownTypes.SameOrBelow(type, types.FluentValidation),
        };
    }

    private bool IsOnWhatNeverWaits(IInvocationOperation call, CancellationToken cancellation)
    {
        var worker = WorkerOf(call);
        if (worker?.Type is not { } type)
            return false;
        if (KnownTypes.SameOrBelow(type, model.Types.XmlReader) || KnownTypes.SameOrBelow(type, model.Types.XmlWriter))
            return !model.KnownOrigins.IsAsyncXml(worker, cancellation) || model.KnownOrigins.NeverWaits(worker, cancellation);
        return KnownTypes.SameOrBelow(type, model.Types.FluentValidation)
            || KnownTypes.SameOrBelow(type, model.Types.ReadersAndWriters) && model.KnownOrigins.NeverWaits(worker, cancellation)
            || model.KnownOrigins.IsSqlite(worker, cancellation)
            || KnownTypes.SameOrBelow(type, model.Types.QueryableOfT) && model.KnownOrigins.IsQueryOfCollection(worker, cancellation);
    }

    /// <summary>What does the work of a call: its receiver, the object that an extension method extends; for a static method the stream, reader or writer that it is given.</summary>
    private IOperation? WorkerOf(IInvocationOperation call) =>
        SiblingSignatures.ReceiverOf(call)
        ?? call.Arguments.FirstOrDefault(argument => KnownTypes.SameOrBelow(argument.Parameter?.Type, model.Types.ReadersAndWriters))?.Value;
}
