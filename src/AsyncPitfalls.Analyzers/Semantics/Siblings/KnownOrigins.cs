using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Where a value comes from, as far as the code shows it: a <c>Stream</c> that was made as a <c>MemoryStream</c> is one whatever its variable says.</summary>
internal sealed class KnownOrigins(AsyncModel model)
{
    private const int MostSteps = 8;

    /// <summary>
    /// Whether a stream, reader or writer never waits: it has everything in memory, is the console's, which is synchronous however it
    /// is called, or works on nothing but such a one.
    /// </summary>
    public bool NeverWaits(IOperation? value, CancellationToken cancellation) => NeverWaits(value, MostSteps, cancellation);

    /// <summary>Whether a stream is a file that is opened to be read only, or reads from such a one: closing it writes nothing.</summary>
    public bool OnlyReads(IOperation? value, CancellationToken cancellation) => OnlyReads(value, MostSteps, cancellation);

    /// <summary>Whether an object of ADO.NET is SQLite's, which does nothing asynchronously.</summary>
    public bool IsSqlite(IOperation? value, CancellationToken cancellation) =>
        !model.Types.Sqlite.IsEmpty && IsSqlite(value, MostSteps, cancellation);

    /// <summary>Whether a query goes over a collection, by <c>AsQueryable</c>, so that no database answers it.</summary>
    public bool IsQueryOfCollection(IOperation? query, CancellationToken cancellation) => IsQueryOfCollection(query, MostSteps, cancellation);

    /// <summary>Whether an XML reader or writer was made with settings that say <c>Async = true</c>, without which its awaitable methods throw.</summary>
    public bool IsAsyncXml(IOperation? value, CancellationToken cancellation) => IsAsyncXml(value, MostSteps, cancellation);

    /// <summary>Whether the code shows that a value is of one of several types, or of a type derived from one.</summary>
    public bool IsOf(IOperation? value, ImmutableArray<INamedTypeSymbol> types, CancellationToken cancellation) => IsOf(value, types, MostSteps, cancellation);

    private bool NeverWaits(IOperation? value, int steps, CancellationToken cancellation) => Bare(value) switch
    {
        null => false,
        { Type: var type } when KnownTypes.SameOrBelow(type, model.Types.InMemory) => true,
        IFieldReferenceOperation { Field: { IsStatic: true, Name: "Null" } field } => KnownTypes.SameOrBelow(field.ContainingType, model.Types.ReadersAndWriters),
        IPropertyReferenceOperation { Property: { IsStatic: true } property } => KnownTypes.Same(property.ContainingType, model.Types.Console),
        IInvocationOperation { TargetMethod: { ContainingType: var declaring } method } call =>
            KnownTypes.Same(declaring, model.Types.Console)
            || method.Name == "GetManifestResourceStream" && KnownTypes.Same(declaring, model.Types.Assembly)
            || call.Instance is null && IsReaderOrWriter(call.Type) && WrapsOne(call.Arguments, steps, cancellation),
        IObjectCreationOperation creation => IsReaderOrWriter(creation.Type) && WrapsOne(creation.Arguments, steps, cancellation),
        var other => All(other, steps, cancellation, NeverWaits),
    };

    /// <summary>Whether what a reader or writer is made of never waits.</summary>
    private bool WrapsOne(ImmutableArray<IArgumentOperation> arguments, int steps, CancellationToken cancellation) =>
        steps > 0 && arguments.Any(argument => IsReaderOrWriter(argument.Parameter?.Type) && NeverWaits(argument.Value, steps - 1, cancellation)
            || KnownTypes.SameOrBelow(Bare(argument.Value)?.Type, model.Types.InMemory));

    private bool OnlyReads(IOperation? value, int steps, CancellationToken cancellation) => Bare(value) switch
    {
        null => false,
        IInvocationOperation { TargetMethod: { Name: "OpenRead" or "Open", ContainingType: var declaring } method } call when IsFile(declaring) =>
            method.Name == "OpenRead" || IsToRead(call.Arguments),
        IObjectCreationOperation creation when KnownTypes.Same(creation.Type, model.Types.FileStream) => IsToRead(creation.Arguments),
        IObjectCreationOperation creation when IsReaderOrWriter(creation.Type) => steps > 0 && creation.Arguments.Any(argument =>
            IsReaderOrWriter(argument.Parameter?.Type) && OnlyReads(argument.Value, steps - 1, cancellation)),
        var other => All(other, steps, cancellation, OnlyReads),
    };

    private bool IsFile(ITypeSymbol type) => KnownTypes.Same(type, model.Types.File) || KnownTypes.Same(type, model.Types.FileInfo);

    private bool IsToRead(ImmutableArray<IArgumentOperation> arguments) => arguments.Any(argument =>
        KnownTypes.Same(argument.Value.Type, model.Types.FileAccess) && argument.Value.ConstantValue is { HasValue: true, Value: (int)FileAccess.Read });

    private bool IsReaderOrWriter(ITypeSymbol? type) => KnownTypes.SameOrBelow(type, model.Types.ReadersAndWriters);

    private bool IsSqlite(IOperation? value, int steps, CancellationToken cancellation) => Bare(value) switch
    {
        null => false,
        { Type: var type } when KnownTypes.SameOrBelow(type, model.Types.Sqlite) => true,
        IInvocationOperation { Instance: { } maker } when KnownTypes.SameOrBelow(maker.Type, model.Types.AdoNet) => steps > 0 && IsSqlite(maker, steps - 1, cancellation),
        IAwaitOperation { Operation: IInvocationOperation { Instance: { } maker } } when KnownTypes.SameOrBelow(maker.Type, model.Types.AdoNet) => steps > 0 && IsSqlite(maker, steps - 1, cancellation),
        var other => All(other, steps, cancellation, IsSqlite),
    };

    private bool IsQueryOfCollection(IOperation? query, int steps, CancellationToken cancellation) => Bare(query) switch
    {
        IInvocationOperation { TargetMethod: { Name: "AsQueryable" } method } call when KnownTypes.Same(method.ContainingType, model.Types.Queryable) =>
            call.Arguments.Length > 0 && !KnownTypes.SameOrBelow(Bare(call.Arguments[0].Value)?.Type, model.Types.QueryableOfT),
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { IsEmpty: false } arguments } call when KnownTypes.SameOrBelow(call.Type, model.Types.QueryableOfT) =>
            steps > 0 && IsQueryOfCollection(arguments[0].Value, steps - 1, cancellation),
        ITranslatedQueryOperation translated => steps > 0 && IsQueryOfCollection(translated.Operation, steps - 1, cancellation),
        null => false,
        var other => All(other, steps, cancellation, IsQueryOfCollection),
    };

    private bool IsAsyncXml(IOperation? value, int steps, CancellationToken cancellation) => Bare(value) switch
    {
        null => false,
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Create" } } call => call.Arguments.Any(argument => IsSettings(argument.Value.Type) && SaysAsync(argument.Value, steps, cancellation)),
        var other => All(other, steps, cancellation, IsAsyncXml),
    };

    private bool IsSettings(ITypeSymbol? type) => KnownTypes.Same(type, model.Types.XmlReaderSettings) || KnownTypes.Same(type, model.Types.XmlWriterSettings);

    /// <summary>Whether settings are made with <c>Async = true</c>, or given it later.</summary>
    private bool SaysAsync(IOperation? settings, int steps, CancellationToken cancellation)
    {
        var bare = Bare(settings);
        if (bare is IObjectCreationOperation { Initializer: { } initializer } && initializer.Initializers.Any(item => item is ISimpleAssignmentOperation assignment && SetsAsync(assignment)))
            return true;
        if (bare is not (ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation))
            return false;
        var variable = Variables.SymbolOf(bare);
        return All(bare, steps, cancellation, SaysAsync)
            || OwnOperations.RootOf(bare).Descendants().OfType<ISimpleAssignmentOperation>().Any(assignment =>
                SetsAsync(assignment)
                && assignment.Target is IPropertyReferenceOperation { Instance: { } set }
                && SymbolEqualityComparer.Default.Equals(Variables.SymbolOf(set), variable));
    }

    private static bool SetsAsync(ISimpleAssignmentOperation assignment) =>
        assignment is { Target: IPropertyReferenceOperation { Property.Name: "Async" }, Value.ConstantValue: { HasValue: true, Value: true } };

    private bool IsOf(IOperation? value, ImmutableArray<INamedTypeSymbol> types, int steps, CancellationToken cancellation) => Bare(value) switch
    {
        null => false,
        { Type: var type } when KnownTypes.SameOrBelow(type, types) => true,
        var other => All(other, steps, cancellation, (part, left, token) => IsOf(part, types, left, token)),
    };

    /// <summary>Whether something holds for whatever a value may be: both branches of a choice, each value that a variable is given.</summary>
    private bool All(IOperation value, int steps, CancellationToken cancellation, OriginQuestion holds)
    {
        if (steps == 0)
            return false;
        return value switch
        {
            IConditionalOperation choice => holds(choice.WhenTrue, steps - 1, cancellation) && holds(choice.WhenFalse, steps - 1, cancellation),
            ICoalesceOperation coalesce => holds(coalesce.Value, steps - 1, cancellation) && holds(coalesce.WhenNull, steps - 1, cancellation),
            ISimpleAssignmentOperation assignment => holds(assignment.Value, steps - 1, cancellation),
            _ => model.AssignedValues.Of(value, cancellation) is { Count: > 0 } given && given.All(part => holds(part, steps - 1, cancellation)),
        };
    }

    /// <summary>A value without conversions and parentheses, and what stands before a <c>?.</c>.</summary>
    private static IOperation? Bare(IOperation? value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                case IConditionalAccessInstanceOperation when ConditionalAccesses.Receiver(value) is var receiver && receiver != value:
                    value = receiver;
                    break;
                default:
                    return value;
            }
        }
    }

    private delegate bool OriginQuestion(IOperation? value, int steps, CancellationToken cancellation);
}
