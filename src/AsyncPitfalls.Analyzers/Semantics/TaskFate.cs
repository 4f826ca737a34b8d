using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncPitfalls.Semantics;

/// <summary>In which way the path of a task ends.</summary>
internal enum TaskEnd
{
    /// <summary>It is awaited.</summary>
    Awaited,

    /// <summary>A thread waits for it.</summary>
    WaitedFor,

    /// <summary>The function returns it.</summary>
    Returned,

    /// <summary>It is an argument, or receiver, of a call that gets it as a task: <c>WhenAll</c>, <c>ContinueWith</c>, a method of the user's.</summary>
    PassedOn,

    /// <summary>It is put into a field, property, collection, or variable of another function.</summary>
    Stored,

    /// <summary>A nested function reads the variable that holds it.</summary>
    Captured,

    /// <summary>It is compared, type-tested or put in a string, as if it were its result.</summary>
    Inspected,

    /// <summary>A variable holds it, and no path from there ends.</summary>
    Held,

    /// <summary>It is an expression statement.</summary>
    Dropped,

    /// <summary>It is assigned to a discard.</summary>
    Discarded,

    /// <summary>It is in a variable that no path observes.</summary>
    Unread,

    /// <summary>It is in a variable that some path observes, and another leaves or overwrites.</summary>
    LostOnPath,

    /// <summary>It is in a variable that every path observes, unless an await before that throws.</summary>
    LostToException,
}

/// <summary>What becomes of a task: <see cref="TaskFates"/> tells.</summary>
/// <param name="End">In which way its path ends.</param>
/// <param name="Place">The expression or statement that decides it: what observes the task, the statement that drops it, the variable's declarator or assignment.</param>
/// <param name="Variable">The local or parameter that holds it; null where none does.</param>
/// <param name="Loss">Where a path loses it: a <c>return</c>, <c>throw</c>, assignment or <c>await</c>; null where that is no single place.</param>
/// <param name="IsInspected">Whether a path asks the task for its state (<c>IsCompleted</c>, <c>Status</c>, <c>Exception</c>), which alone observes nothing.</param>
internal sealed record TaskFate(TaskEnd End, SyntaxNode Place, ISymbol? Variable = null, SyntaxNode? Loss = null, bool IsInspected = false)
{
    /// <summary>Every use that observes it on some path, in source order; empty where that is not known.</summary>
    public ImmutableArray<TaskDestination> Observers { get; init; } = ImmutableArray<TaskDestination>.Empty;

    /// <summary>Whether each path that loses it, but for an exception of something else, ends with a <c>throw</c>.</summary>
    public bool IsOnlyThrown { get; init; }

    /// <summary>Whether a path without an exception leaves the task with nobody to look at it.</summary>
    public bool IsLost => End is TaskEnd.Dropped or TaskEnd.Discarded or TaskEnd.Unread or TaskEnd.LostOnPath;
}
