using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncPitfalls.Semantics;

/// <summary>Blocking collections that take only so many elements, so that adding one waits for room.</summary>
internal sealed class BoundedCollections(AsyncModel model)
{
    /// <summary>Whether all that a receiver can stand for, where that is in sight, is made with a capacity.</summary>
    public bool Holds(IOperation? collection, CancellationToken cancellation) =>
        ConditionalAccesses.Receiver(collection) switch
        {
            null => false,
            IObjectCreationOperation creation => HasCapacity(creation),
            IConversionOperation conversion => Holds(conversion.Operand, cancellation),
            var read => model.AssignedValues.Of(read, cancellation) is { } values && values.All(value => IsMadeWithCapacity(value)),
        };

    private bool IsMadeWithCapacity(IOperation value) => value switch
    {
        IConversionOperation conversion => IsMadeWithCapacity(conversion.Operand),
        IObjectCreationOperation creation => HasCapacity(creation),
        _ => false,
    };

    private bool HasCapacity(IObjectCreationOperation creation) =>
        KnownTypes.SameOrBelow(creation.Type, model.Types.BlockingCollectionOfT)
        && creation.Arguments.Any(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Int32);
}
