using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>In which way code can come to run a body that it names.</summary>
internal enum NamedBodyKind
{
    /// <summary>By a call, or through a delegate: methods and local functions.</summary>
    Method,

    /// <summary>By a read or write: accessors of properties.</summary>
    Property,

    /// <summary>By an element access: accessors of indexers.</summary>
    Indexer,

    /// <summary>By <c>new</c>: constructors, and what initializes the fields of a type.</summary>
    Constructor,

    /// <summary>By nothing that is followed: operators, accessors of events, what is static or stands beside all types.</summary>
    None,
}

/// <summary>A body, as far as syntax tells which code may run it.</summary>
/// <param name="Node">The function as <see cref="Functions"/> has it; the type's declaration for what initializes its fields.</param>
/// <param name="Kind">In which way it is named.</param>
/// <param name="Name">The name of the method, the property, the type; <c>this[]</c> for indexers.</param>
/// <param name="Fewest">How many arguments it needs.</param>
/// <param name="Most">How many arguments it can take.</param>
/// <param name="Type">The name of the type whose member it is; null where it can be named without an object of that type: local functions and extension methods.</param>
/// <param name="IsStatic">Whether it is a static member of that type, which is named on the type and on no object.</param>
/// <param name="IsAsync">Whether it is async, so that who calls it does not wait for what it does.</param>
internal sealed record NamedBody(SyntaxNode Node, NamedBodyKind Kind, string Name, int Fewest, int Most, string? Type, bool IsStatic, bool IsAsync)
{
    /// <summary>The body without its place: the same uses fit those whose signatures are equal.</summary>
    public NamedBodySignature Signature => new(Kind, Name, Fewest, Most, Type, IsStatic, IsAsync);

    /// <summary>Whether a use of the same name may run this body.</summary>
    public bool Fits(NameUse use) => Kind switch
    {
        NamedBodyKind.Method => use.Kind == NameUseKind.Read || use.Kind == NameUseKind.Call && Takes(use.Arguments),
        NamedBodyKind.Property => use.Kind is NameUseKind.Read or NameUseKind.Call,
        NamedBodyKind.Indexer => use.Kind == NameUseKind.Element,
        NamedBodyKind.None => false,
        _ => use.Kind == NameUseKind.Creation && Takes(use.Arguments),
    };

    private bool Takes(int arguments) => arguments < 0 || arguments >= Fewest && arguments <= Most;
}

/// <summary>What of a body tells which uses of names fit it.</summary>
internal readonly record struct NamedBodySignature(NamedBodyKind Kind, string Name, int Fewest, int Most, string? Type, bool IsStatic, bool IsAsync);

/// <summary>What a body does with a name.</summary>
internal enum NameUseKind
{
    /// <summary>It calls it.</summary>
    Call,

    /// <summary>It reads it, writes it, or makes a delegate of it.</summary>
    Read,

    /// <summary>It makes an object of the type of that name.</summary>
    Creation,

    /// <summary>It accesses an element; the name is <c>this[]</c>.</summary>
    Element,
}

/// <summary>A use of a name in a body.</summary>
/// <param name="Body">The body that it is in.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Kind">What is done with the name.</param>
/// <param name="Receiver">The last name of what stands before the dot; null where there is none, empty where that is no name.</param>
/// <param name="On">The name of the type whose member it is used as, where the file declares that; null where it does not tell.</param>
/// <param name="Arguments">How many arguments are passed; less than zero where that is not known.</param>
/// <param name="IsInLoop">Whether it is in a loop.</param>
/// <param name="PassesThis">Whether the first argument is <c>this</c>, as where an event is raised.</param>
/// <param name="PassesZero">Whether an argument is the number zero or <c>TimeSpan.Zero</c>.</param>
/// <param name="IsThrownAway">Whether the value of a call goes to nobody, or into a field.</param>
/// <param name="IsLeftToPool">Whether it is part of work that the pool is given, for which the body does not wait.</param>
internal sealed record NameUse(
    NamedBody Body, SyntaxNode Place, NameUseKind Kind, string? Receiver, string? On, int Arguments, bool IsInLoop, bool PassesThis, bool PassesZero, bool IsThrownAway, bool IsLeftToPool);
