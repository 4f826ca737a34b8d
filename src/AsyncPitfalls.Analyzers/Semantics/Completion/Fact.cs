namespace AsyncPitfalls.Semantics;

/// <summary>What can be known of a value.</summary>
internal enum FactKind
{
    /// <summary>The task, or the task of the awaiter, has completed.</summary>
    Completed,

    /// <summary>The task has completed without an exception, so that it was no time-out that ended it.</summary>
    Succeeded,

    /// <summary>The task was asked whether it has failed, and has not.</summary>
    NotFaulted,

    /// <summary>The task was asked whether it was canceled, and was not.</summary>
    NotCanceled,

    /// <summary>The task's result is itself a task that has completed: it is that of <c>Task.WhenAny</c>.</summary>
    YieldsCompleted,

    /// <summary>The sequence holds its elements and does not make them anew.</summary>
    Materialized,

    /// <summary>The enumerator has so far given only tasks that have completed since.</summary>
    Visited,

    /// <summary>The value is true.</summary>
    True,

    /// <summary>The value is false.</summary>
    False,

    /// <summary>The value is not null.</summary>
    NotNull,

    /// <summary>The <c>TaskStatus</c> is one that no task leaves again.</summary>
    Final,

    /// <summary>The value is the constant that the fact holds.</summary>
    Constant,

    /// <summary>The value is not the one that the fact's path names.</summary>
    IsOther,
}

/// <summary>Something that is known of the value that a path names.</summary>
internal sealed record Fact(FactKind Kind, ValuePath Path, object? Value = null)
{
    /// <summary>Whether the fact may no longer hold once a path is assigned.</summary>
    public bool DependsOn(ValuePath changed) => Path.DependsOn(changed) || (Value is ValuePath other && other.DependsOn(changed));
}
