namespace AsyncPitfalls.Framework;

/// <summary>The families of rules; configuration can name one as <c>dotnet_analyzer_diagnostic.category-AsyncTasks.severity</c>.</summary>
internal static class Category
{
    /// <summary>How async functions are declared.</summary>
    public const string Functions = "AsyncFunctions";

    /// <summary>Synchronous work where asynchronous work belongs.</summary>
    public const string Blocking = "AsyncBlocking";

    /// <summary>Synchronization contexts, dispatchers and hosts: what runs continuations.</summary>
    public const string Loops = "AsyncLoops";

    /// <summary>What becomes of a task.</summary>
    public const string Tasks = "AsyncTasks";

    /// <summary>Work that runs side by side.</summary>
    public const string Concurrency = "AsyncConcurrency";

    /// <summary>How this package itself is set up.</summary>
    public const string Configuration = "AsyncConfiguration";
}
